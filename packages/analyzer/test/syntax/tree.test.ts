import { describe, expect, test } from "vitest";
import { realParser } from "../../../../test-corpus/runner/analysis.ts";
import {
  childByField,
  childOfKind,
  children,
  childrenOfKind,
  F,
  type FlatTree,
  firstChild,
  K,
  kind,
  kindName,
  type Node,
  nextSibling,
  text,
} from "../../src/syntax/index.ts";

const parser = await realParser();

function parse(source: string) {
  return parser.parse("a.go", new TextEncoder().encode(source));
}

/** A tree as nested names, tokens as they are written. */
function shapeOf(tree: FlatTree, node: Node = 0): string {
  const below = children(tree, node).map((child) => shapeOf(tree, child));
  if (below.length > 0) return `(${kindName(kind(tree, node))} ${below.join(" ")})`;
  return text(tree, node);
}

/** All nodes but the root with their parents. */
function parentsOf(tree: FlatTree): Map<Node, Node> {
  const parents = new Map<Node, Node>();
  const pending: Node[] = [0];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    for (const child of children(tree, node)) {
      parents.set(child, node);
      pending.push(child);
    }
  }
  return parents;
}

describe("the flat tree", () => {
  test("has every token, in order", () => {
    const { value, diagnostics } = parse("package m\n\nvar a = f(1, x.y)\n");
    expect(diagnostics).toEqual([]);
    expect(shapeOf(value)).toBe(
      "(source_file (package_clause package m) (var_declaration var (var_spec a = " +
        "(expression_list (call_expression f (argument_list ( 1 , (selector_expression x . y) )))))))",
    );
  });

  test("gives children by role and by kind, and -1 where there is none", () => {
    const { value: tree } = parse("package m\n\nfunc (t T) F(a, b int) {}\n");
    const method = childOfKind(tree, 0, K.method_declaration);
    expect(text(tree, childByField(tree, method, F.name))).toBe("F");
    expect(text(tree, childByField(tree, method, F.receiver))).toBe("(t T)");
    expect(childByField(tree, method, F.result)).toBe(-1);
    expect(childOfKind(tree, method, K.call_expression)).toBe(-1);
    const parameters = childByField(tree, method, F.parameters);
    const list = childrenOfKind(tree, parameters, K.parameter_declaration);
    expect(list.map((node) => text(tree, node))).toEqual(["a, b int"]);
    expect(firstChild(tree, -1)).toBe(-1);
    expect(nextSibling(tree, 0)).toBe(-1);
  });

  test("grows beyond its first room", () => {
    const { value: tree } = parse(`package m\n\nvar a = []int{${"1,".repeat(5000)}}\n`);
    const parents = parentsOf(tree);
    expect(parents.size).toBe(tree.count - 1);
    expect([...tree.kinds].filter((of) => of === K.int_literal).length).toBe(5000);
    expect(tree.kinds.length).toBe(tree.count);
  });
});

/** Children lie inside their parents and one behind the other, also in parts that were repaired. */
function expectNested(tree: FlatTree): void {
  for (const [child, parent] of parentsOf(tree)) {
    expect(tree.starts[child]).toBeGreaterThanOrEqual(tree.starts[parent] ?? 0);
    expect(tree.ends[child]).toBeLessThanOrEqual(tree.ends[parent] ?? 0);
    const next = nextSibling(tree, child);
    if (next >= 0) expect(tree.starts[next]).toBeGreaterThanOrEqual(tree.ends[child] ?? 0);
  }
}

describe("newer syntax is repaired in place", () => {
  test("a method's type parameters stand where they are written", () => {
    const source = "package m\n\nfunc (l List[E]) Map[To, X any](f func(E) To) {}\n\nfunc (T) F() {}\n";
    const { value: tree, diagnostics } = parse(source);
    expect(diagnostics).toEqual([]);
    const [map, plain] = childrenOfKind(tree, 0, K.method_declaration) as [Node, Node];
    const list = childByField(tree, map, F.type_parameters);
    expect(text(tree, list)).toBe("[To, X any]");
    expect(nextSibling(tree, childByField(tree, map, F.name))).toBe(list);
    expect(nextSibling(tree, list)).toBe(childByField(tree, map, F.parameters));
    expect(childByField(tree, plain, F.type_parameters)).toBe(-1);
    expect(text(tree, childByField(tree, map, F.parameters))).toBe("(f func(E) To)");
    expectNested(tree);
  });

  test("several methods on one line, with comments, strings and brackets around them", () => {
    const source =
      'package m\n\nvar s = "func (a) B[T]("; func (T) A[X any](x X) {}; func (T) B[Y, Z any](y Y) {} // func (T) C[Q]()\n' +
      "var c = 'x'; var r = `func (T) D[Q](`; func (T) E[W interface{ ~[]int }](w W) {}\n" +
      "func (T) plain() { _ = [3]int{} }\nfunc f[P any](p P) {}\n";
    const { value: tree, diagnostics } = parse(source);
    expect(diagnostics).toEqual([]);
    const lists = childrenOfKind(tree, 0, K.method_declaration).map((node) =>
      text(tree, childByField(tree, node, F.type_parameters)),
    );
    expect(lists).toEqual(["[X any]", "[Y, Z any]", "[W interface{ ~[]int }]", ""]);
    expectNested(tree);
  });

  test.each([
    ["new(1)", "new(1)"],
    ['new("a" + b)', 'new("a" + b)'],
    ["new(f(x))", "new(f(x))"],
    ["new(x.y[1])", "new(x.y[1])"],
    ["new(new(2))", "new(new(2))"],
    ["new(struct{}{})", "new(struct{}{})"],
    ["new(-1,)", "new(-1,)"],
  ])("%s is a call", (expression, written) => {
    const source = `package m\n\nvar a = ${expression}\n`;
    const { value: tree, diagnostics } = parse(source);
    expect(diagnostics).toEqual([]);
    expect(tree.source.text).toBe(source);
    const calls = [...tree.kinds].flatMap((of, node) => (of === K.call_expression ? [node] : []));
    expect(text(tree, calls[0] ?? -1)).toBe(written);
    expectNested(tree);
  });

  test("an error beside it is told where it is", () => {
    const { value: tree, diagnostics } = parse(
      "package m\n\nvar a = new(1)\n\nfunc (T) F[X any]() {}\n\nvar b = )\n",
    );
    expect(diagnostics).toMatchObject([{ code: "syntax-error", range: { line: 7 } }]);
    const method = childOfKind(tree, 0, K.method_declaration);
    expect(text(tree, childByField(tree, method, F.type_parameters))).toBe("[X any]");
  });
});

describe("what does not parse", () => {
  test("is told with its range and its text", () => {
    const { diagnostics } = parse("package m\n\nfunc A() {\n\tx := := 1\n}\n");
    expect(diagnostics).toEqual([
      {
        code: "syntax-error",
        severity: "error",
        message: "syntax error: cannot parse `:=`; the rest of the file still counts",
        incomplete: true,
        range: { file: "a.go", line: 4, column: 7, endLine: 4, endColumn: 9 },
      },
    ]);
  });

  test("a token that is missing is named", () => {
    const { diagnostics } = parse('package m\n\nfunc A() {\n\tf("x"\n}\n');
    expect(diagnostics).toEqual([
      {
        code: "syntax-error",
        severity: "error",
        message: "syntax error: ) expected",
        incomplete: true,
        range: { file: "a.go", line: 4, column: 7, endLine: 4, endColumn: 7 },
      },
    ]);
  });

  test("long text is cut, and no text is called so", () => {
    const { diagnostics } = parse(`package m\n\n${"?".repeat(100)}\n`);
    expect(diagnostics[0]?.message).toBe(
      `syntax error: cannot parse \`${"?".repeat(60)}\`; the rest of the file still counts`,
    );
  });

  test("beyond twenty it is counted", () => {
    const body = Array.from({ length: 25 }, () => "\tx := := 1\n").join("");
    const { diagnostics } = parse(`package m\n\nfunc A() {\n${body}}\n`);
    expect(diagnostics.length).toBe(21);
    expect(diagnostics[20]).toMatchObject({
      message: "5 more syntax errors in this file",
      range: { line: 24 },
    });
  });

  test("exactly twenty are told one by one", () => {
    const body = Array.from({ length: 20 }, () => "\tx := := 1\n").join("");
    expect(parse(`package m\n\nfunc A() {\n${body}}\n`).diagnostics.length).toBe(20);
  });

  test("empty strings, empty bodies and empty files are no errors", () => {
    expect(parse("").diagnostics).toEqual([]);
    expect(parse('package m\n\nvar a, b = "", ``\n\nfunc A() {}\n\ntype T struct{}\n').diagnostics).toEqual(
      [],
    );
  });
});

test("kinds and fields that the grammar lacks are unknown", () => {
  expect(kindName(1)).toBe("unknown");
  expect(kindName(9999)).toBe("unknown");
});

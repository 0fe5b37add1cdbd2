/** Statements as code. */
import { expressions, specNames, varSpecs } from "../../declare/lists.ts";
import type { Expression, Statement, Target } from "../../model/code-facts.ts";
import {
  childByField,
  childOfKind,
  children,
  F,
  K,
  type Kind,
  kind,
  type Node,
  text,
} from "../../syntax/index.ts";
import { type CodeWalk, leavesOut } from "./code-walk.ts";
import { notTold, typeAt, unknownOf } from "./forms.ts";
import { codeType } from "./types.ts";

type Write = (walk: CodeWalk, node: Node) => readonly Statement[];

const writes: ReadonlyMap<Kind, Write> = new Map<Kind, Write>([
  [K.block, each],
  [K.statement_list, each],
  [K.ERROR, each],
  [K.labeled_statement, each],
  [K.expression_statement, done],
  [K.assignment_statement, assigned],
  [K.short_var_declaration, assigned],
  [K.receive_statement, assigned],
  [K.var_declaration, declared],
  [K.inc_statement, counted],
  [K.dec_statement, counted],
  [K.if_statement, ifStatement],
  [K.for_statement, loop],
  [K.expression_switch_statement, switchStatement],
  [K.type_switch_statement, choice],
  [K.select_statement, choice],
  [K.return_statement, returned],
  [K.break_statement, (walk, node) => [jump(walk, node, ["break"])]],
  [K.continue_statement, (walk, node) => [jump(walk, node, ["continue"])]],
  [K.goto_statement, () => [["jump"]]],
  [K.go_statement, (walk, node) => calledLater(walk, node, "go")],
  [K.defer_statement, (walk, node) => calledLater(walk, node, "defer")],
  [K.const_declaration, () => []],
  [K.type_declaration, () => []],
  [K.comment, () => []],
  [K.label_name, () => []],
  [K.empty_statement, () => []],
  [K.fallthrough_statement, () => []],
]);

/** A statement, or several in a block; -1 is none. */
export function block(walk: CodeWalk, node: Node): Statement[] {
  if (node < 0 || leavesOut(walk)) return [];
  const write = writes.get(kind(walk.tree, node));
  walk.size++;
  walk.depth++;
  const written = write === undefined ? done(walk, node) : write(walk, node);
  walk.depth--;
  return [...written];
}

function each(walk: CodeWalk, node: Node): Statement[] {
  return children(walk.tree, node).flatMap((child) => (isToken(walk, child) ? [] : block(walk, child)));
}

/** Named kinds come before the tokens. */
function isToken({ tree }: CodeWalk, node: Node): boolean {
  return kind(tree, node) >= K["!"];
}

/** An expression that stands as a statement. */
function done(walk: CodeWalk, node: Node): Statement[] {
  const { tree } = walk;
  const inner = kind(tree, node) === K.expression_statement ? children(tree, node) : [node];
  const forms = inner.filter((child) => !isToken(walk, child)).map((child) => walk.expression(walk, child));
  return forms.filter((form) => unknownOf([form]) !== notTold).map((form) => ["do", form]);
}

function values(walk: CodeWalk, list: Node): Expression[] {
  return list < 0 ? [] : expressions(walk.tree, list).map((node) => walk.expression(walk, node));
}

/** `a, b = x, y`, `a, b := f()`, `s += x` and `v, ok := <-c`. */
function assigned(walk: CodeWalk, node: Node): Statement[] {
  const { tree } = walk;
  const [left, right] = [childByField(tree, node, F.left), childByField(tree, node, F.right)];
  const given = values(walk, right);
  const operator = text(tree, childByField(tree, node, F.operator));
  const [first] = given;
  if (operator.length > 1 && operator !== ":=" && first !== undefined) {
    const [only = -1] = left < 0 ? [] : expressions(tree, left);
    return [["op", operator.slice(0, -1), walk.expression(walk, only), first, typeAt(walk, only)]];
  }
  const targets = left < 0 ? [] : expressions(tree, left).map((one) => walk.target(walk, one));
  return targets.length === 0 ? given.map((form) => ["do", form]) : [["=", targets, given]];
}

function declared(walk: CodeWalk, node: Node): Statement[] {
  const { tree, meanings } = walk;
  return varSpecs(tree, node).flatMap((spec): Statement[] => {
    const names = specNames(tree, spec);
    const targets = names.map((name): Target => walk.target(walk, name));
    const list = childByField(tree, spec, F.value);
    if (list >= 0) return [["=", targets, values(walk, list)]];
    return names.flatMap((name, index): Statement[] => {
      const [variable, to] = [meanings.locals.get(name), targets[index]];
      if (variable === undefined || to === undefined) return [];
      return [["=", [to], [["zero", codeType(walk, variable.type)]]]];
    });
  });
}

function counted(walk: CodeWalk, node: Node): Statement[] {
  const { tree } = walk;
  const [operand = -1] = children(tree, node).filter((child) => !isToken(walk, child));
  const operator = kind(tree, node) === K.inc_statement ? "+" : "-";
  return [["op", operator, walk.expression(walk, operand), ["n", 1], typeAt(walk, operand)]];
}

/** Alternatives are followed in a loop: generated code has long chains of them. */
function ifStatement(walk: CodeWalk, node: Node): Statement[] {
  const { tree } = walk;
  const arms: { readonly before: Statement[]; readonly condition: Expression; readonly body: Statement[] }[] =
    [];
  let last: Statement[] = [];
  for (let at = node; at >= 0; at = childByField(tree, at, F.alternative)) {
    if (kind(tree, at) !== K.if_statement) {
      last = block(walk, at);
      break;
    }
    arms.push({
      before: block(walk, childByField(tree, at, F.initializer)),
      condition: walk.expression(walk, childByField(tree, at, F.condition)),
      body: block(walk, childByField(tree, at, F.consequence)),
    });
  }
  const nested = arms.slice(0, chainLimit);
  // Further on, each may run: they would nest too deep.
  const others = arms
    .slice(chainLimit)
    .flatMap(({ before, condition, body }): Statement[] => [...before, ["if", ["?", [condition]], body, []]]);
  const rest =
    arms.length > chainLimit && last.length > 0
      ? [...others, ["if", notTold, last, []] as const]
      : [...others, ...last];
  return nested.reduceRight(
    (after, { before, condition, body }): Statement[] => [...before, ["if", condition, body, after]],
    rest,
  );
}

/** Alternatives that are told to exclude each other. */
const chainLimit = 60;

function loop(walk: CodeWalk, node: Node): Statement[] {
  const { tree } = walk;
  const body = childByField(tree, node, F.body);
  const range = childOfKind(tree, node, K.range_clause);
  if (range >= 0) return ranged(walk, range, body);
  const clause = childOfKind(tree, node, K.for_clause);
  const at = clause >= 0 ? clause : node;
  const [only = -1] = children(tree, node).filter(
    (child) => child !== body && !isToken(walk, child) && kind(tree, child) !== K.comment,
  );
  const condition = clause >= 0 ? childByField(tree, clause, F.condition) : only;
  return [
    ...block(walk, childByField(tree, at, F.initializer)),
    [
      "for",
      condition < 0 ? null : walk.expression(walk, condition),
      block(walk, childByField(tree, at, F.update)),
      block(walk, body),
    ],
  ];
}

function ranged(walk: CodeWalk, range: Node, body: Node): Statement[] {
  const { tree } = walk;
  const over = walk.expression(walk, childByField(tree, range, F.right));
  const left = childByField(tree, range, F.left);
  const targets = left < 0 ? [] : expressions(tree, left).map((node) => walk.target(walk, node));
  const [key = ["_"], value = ["_"]] = targets;
  return [["range", over, key, value, block(walk, body)]];
}

function switchStatement(walk: CodeWalk, node: Node): Statement[] {
  const { tree } = walk;
  const value = childByField(tree, node, F.value);
  const cases = children(tree, node)
    .filter((child) => [K.expression_case, K.default_case].includes(kind(tree, child)))
    .map((child) => {
      const list =
        kind(tree, child) === K.default_case ? null : values(walk, childByField(tree, child, F.value));
      return { list, body: caseBody(walk, child), falls: fallsThrough(walk, child) };
    });
  // From the last one on, so that a case that falls through has the statements of the next.
  cases.reduceRight<readonly Statement[]>((next, one) => {
    if (one.falls) one.body = [...one.body, ...next];
    return one.body;
  }, []);
  return [
    ...block(walk, childByField(tree, node, F.initializer)),
    ["switch", value < 0 ? null : walk.expression(walk, value), cases.map(({ list, body }) => [list, body])],
  ];
}

function caseBody(walk: CodeWalk, node: Node): Statement[] {
  const { tree } = walk;
  return children(tree, node).flatMap((child) =>
    isToken(walk, child) || isCaseHead(walk, child) ? [] : block(walk, child),
  );
}

/** What a case compares with, or the types that it is for. */
function isCaseHead({ tree }: CodeWalk, node: Node): boolean {
  const field = tree.fields[node];
  return field === F.value || field === F.type;
}

function fallsThrough({ tree }: CodeWalk, node: Node): boolean {
  const list = childOfKind(tree, node, K.statement_list);
  return children(tree, list < 0 ? node : list).some(
    (child) => kind(tree, child) === K.fallthrough_statement,
  );
}

/** Of a switch over types, or a select: one of the cases. */
function choice(walk: CodeWalk, node: Node): Statement[] {
  const { tree } = walk;
  const value = childByField(tree, node, F.value);
  const cases = children(tree, node).filter((child) =>
    [K.type_case, K.default_case, K.communication_case].includes(kind(tree, child)),
  );
  return [
    ...block(walk, childByField(tree, node, F.initializer)),
    ...chosenBy(walk, value, childByField(tree, node, F.alias)),
    ["either", [[], ...cases.map((child) => caseBody(walk, child))]],
  ];
}

/** What a switch over types looks at, which may get a name: the same variable in all cases. */
function chosenBy(walk: CodeWalk, value: Node, alias: Node): Statement[] {
  if (value < 0) return [];
  return alias < 0 ? done(walk, value) : [["=", [["new", alias]], [walk.expression(walk, value)]]];
}

function returned(walk: CodeWalk, node: Node): Statement[] {
  return [["return", values(walk, childOfKind(walk.tree, node, K.expression_list))]];
}

function jump({ tree }: CodeWalk, node: Node, form: Statement): Statement {
  return childOfKind(tree, node, K.label_name) >= 0 ? ["jump"] : form;
}

function calledLater(walk: CodeWalk, node: Node, word: "go" | "defer"): Statement[] {
  return children(walk.tree, node)
    .filter((child) => !isToken(walk, child))
    .map((child) => [word, walk.expression(walk, child)]);
}

/** Imports of files whose code moves. */
import { stringValue } from "../../../packages/analyzer/src/declare/strings.ts";
import { compareText } from "../../../packages/analyzer/src/model/position.ts";
import {
  childByField,
  childOfKind,
  childrenOfKind,
  end,
  F,
  K,
  kind,
  type Node,
  start,
  text,
} from "../../../packages/analyzer/src/syntax/index.ts";
import { type CodeFile, nodesIn } from "./code-file.ts";

/** The names of imports that the nodes use. */
function importsUsed(file: CodeFile, roots: readonly Node[]): Set<string> {
  const { tree, imports } = file;
  const used = new Set<string>();
  for (const root of roots) {
    for (const node of nodesIn(file, root)) {
      const of = kind(tree, node);
      const qualifier =
        of === K.selector_expression
          ? childByField(tree, node, F.operand)
          : of === K.qualified_type
            ? childByField(tree, node, F.package)
            : -1;
      if (qualifier >= 0 && imports.has(text(tree, qualifier))) used.add(text(tree, qualifier));
    }
  }
  return used;
}

/** The imports that the nodes use, as the file writes them. */
export function importLines(file: CodeFile, nodes: readonly Node[]): string[] {
  const used = importsUsed(file, nodes);
  return specsOf(file).flatMap(({ name, spec }) => (used.has(name) ? [text(file.tree, spec)] : []));
}

/** Declares them, each once; empty for none. */
export function importDeclaration(lines: readonly string[]): string {
  const sorted = [...new Set(lines)].sort(compareText);
  return sorted.length === 0 ? "" : `import (\n${sorted.map((line) => `\t${line}\n`).join("")})\n`;
}

/** The ranges of the imports that only the given code uses, with their lines. */
export function importsLeft(
  file: CodeFile,
  moved: readonly Node[],
): { readonly start: number; readonly end: number }[] {
  const gone = new Set(moved);
  const others = childrenBeside(file, gone);
  const [before, after] = [importsUsed(file, [0]), importsUsed(file, others)];
  const unused = specsOf(file).filter(({ name }) => before.has(name) && !after.has(name));
  return unused.map(({ spec }) => lineAround(file, alone(file, spec) ? file.parent(spec) : spec));
}

/** All declarations but those. */
function childrenBeside(file: CodeFile, gone: ReadonlySet<Node>): Node[] {
  const nodes: Node[] = [];
  for (let child = file.tree.firstChild[0] ?? -1; child >= 0; child = file.tree.nextSibling[child] ?? -1)
    if (!gone.has(child)) nodes.push(child);
  return nodes;
}

interface Spec {
  readonly spec: Node;
  /** The name that the file uses for it; empty for dot and blank imports. */
  readonly name: string;
}

function specsOf({ tree, imports }: CodeFile): Spec[] {
  return childrenOfKind(tree, 0, K.import_declaration).flatMap((declaration) => {
    const list = childOfKind(tree, declaration, K.import_spec_list);
    return childrenOfKind(tree, list < 0 ? declaration : list, K.import_spec).map((spec) => {
      const path = stringValue(text(tree, childByField(tree, spec, F.path)));
      const alias = childByField(tree, spec, F.name);
      const written = alias < 0 ? undefined : text(tree, alias);
      const name = written ?? [...imports].find(([, of]) => of === path)?.[0] ?? "";
      return { spec, name: name === "_" || name === "." ? "" : name };
    });
  });
}

/** Whether it is the only one of its declaration. */
function alone(file: CodeFile, spec: Node): boolean {
  return kind(file.tree, file.parent(spec)) === K.import_declaration;
}

/** A node with the white space before it and the end of its line. */
export function lineAround({ tree }: CodeFile, node: Node): { readonly start: number; readonly end: number } {
  const { text: whole } = tree.source;
  let from = start(tree, node);
  while (from > 0 && "\t ".includes(whole[from - 1] ?? "")) from--;
  const rest = /^[\t ;]*(?:\/\/[^\n]*)?\n?/.exec(whole.slice(end(tree, node)))?.[0] ?? "";
  return { start: from, end: end(tree, node) + rest.length };
}

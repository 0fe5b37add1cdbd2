/** Declarations that leave their file for another one. */
import {
  childByField,
  children,
  end,
  F,
  K,
  kind,
  type Node,
  start,
  text,
} from "../../../packages/analyzer/src/syntax/index.ts";
import type { Code } from "./code.ts";
import type { CodeFile } from "./code-file.ts";
import type { Edits } from "./edits.ts";
import { importDeclaration, importsLeft } from "./imports.ts";
import type { Unit } from "./units.ts";

/** The functions that a mutation may move: those that are new or, without any, those that changed. Or why there are none. */
export function movableFunctions(code: Code): { readonly units: readonly Unit[] } | { readonly why: string } {
  if (code.files.length === 0) return { why: "no Go code" };
  const fresh = code.units.filter((unit) => unit.kind === "function" && unit.isFresh && isMovable(unit));
  const fully = fresh.filter(({ isNew }) => isNew);
  if (fresh.length === 0) return { why: "no function is new or changed" };
  return { units: fully.length > 0 ? fully : fresh };
}

/** With a body, in Go alone, and without a directive, which would say something of its file. */
function isMovable({ file, node }: Unit): boolean {
  return (
    !file.cgo &&
    childByField(file.tree, node, F.body) >= 0 &&
    !/^\/\/(?:go:|export )/m.test(commentAbove(file, node))
  );
}

/** The comments right above a declaration. */
function commentAbove(file: CodeFile, node: Node): string {
  return file.tree.source.text.slice(startWithComment(file, node), start(file.tree, node));
}

/** Where the comments right above a declaration start: each ends on the line before the next. */
export function startWithComment({ tree }: CodeFile, node: Node): number {
  const { text: whole } = tree.source;
  const before = children(tree, 0)
    .filter((child) => child < node)
    .reverse();
  let at = start(tree, node);
  for (const one of before) {
    if (kind(tree, one) !== K.comment) {
      // Tokens that end lines are nodes too.
      if (text(tree, one).trim() === "") continue;
      break;
    }
    if (!/^[ \t]*\n[ \t]*$/.test(whole.slice(end(tree, one), at))) break;
    const line = whole.slice(whole.lastIndexOf("\n", start(tree, one) - 1) + 1, start(tree, one));
    if (line.trim() !== "") break;
    at = start(tree, one);
  }
  return at;
}

/** Takes the declarations out of their file, and the imports that nothing else there uses. */
export function takeOut(edits: Edits, file: CodeFile, units: readonly Unit[]): void {
  const { text: whole } = file.tree.source;
  const nodes = units.map(({ node }) => node);
  for (const node of nodes) {
    const rest = /^[^\n]*\n?/.exec(whole.slice(end(file.tree, node)))?.[0] ?? "";
    const until = rest.trim() === "" ? end(file.tree, node) + rest.length : end(file.tree, node);
    const from = startWithComment(file, node);
    const isApart = whole.slice(0, from).endsWith("\n\n");
    edits.replace(file.name, { start: isApart ? from - 1 : from, end: until }, "");
  }
  for (const range of importsLeft(file, nodes)) edits.replace(file.name, range, "");
}

/** Declarations as they are written in a file, with the comments above them. */
export function textsOf(file: CodeFile, nodes: readonly Node[]): string[] {
  const { text: whole } = file.tree.source;
  return nodes.map((node) => whole.slice(startWithComment(file, node), end(file.tree, node)));
}

/** A new file of the package of a file. */
export function fileOf(
  { packageName }: CodeFile,
  {
    header,
    imports,
    texts,
  }: { readonly header: string; readonly imports: readonly string[]; readonly texts: readonly string[] },
): string {
  const parts = [
    `${header}package ${packageName}\n`,
    importDeclaration(imports),
    ...texts.map((one) => `${one}\n`),
  ];
  return parts.filter((part) => part !== "").join("\n");
}

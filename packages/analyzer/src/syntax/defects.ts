import type { Diagnostic } from "../model/diagnostic.ts";
import { K, kindName } from "./kinds.ts";
import { rangeOf } from "./source.ts";
import { type FlatTree, firstChild, type Node, nextSibling } from "./tree.ts";

/** At most so many syntax errors of a file are told one by one; the rest are counted. */
const limit = 20;

const mayBeEmpty = new Set([
  "source_file",
  "unknown",
  "interpreted_string_literal_content",
  "raw_string_literal_content",
]);

/** A part of the tree that did not parse: an ERROR node, or a token that the parser made up. */
export interface Defect {
  readonly node: Node;
  readonly missing: boolean;
}

/** The topmost defects in source order. Linear in the tree, without recursion. */
export function findDefects(tree: FlatTree): Defect[] {
  const defects: Defect[] = [];
  const pending: Node[] = [0];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    const next = nextSibling(tree, node);
    if (next >= 0) pending.push(next);
    if (tree.kinds[node] === K.ERROR) {
      defects.push({ node, missing: false });
      continue;
    }
    const child = firstChild(tree, node);
    if (child >= 0) pending.push(child);
    else if (isMissing(tree, node)) defects.push({ node, missing: true });
  }
  return defects;
}

function isMissing(tree: FlatTree, node: Node): boolean {
  return tree.starts[node] === tree.ends[node] && !mayBeEmpty.has(kindName(tree.kinds[node] ?? 1));
}

/** One diagnostic a defect, and one that counts those over the limit. */
export function describeDefects(tree: FlatTree, defects: readonly Defect[]): Diagnostic[] {
  const told = defects.slice(0, limit).map((defect) => syntaxError(tree, defect, messageFor(tree, defect)));
  const rest = defects[limit];
  if (rest === undefined) return told;
  return [...told, syntaxError(tree, rest, `${defects.length - limit} more syntax errors in this file`)];
}

function messageFor(tree: FlatTree, { node, missing }: Defect): string {
  if (missing) return `syntax error: ${kindName(tree.kinds[node] ?? 1)} expected`;
  const lines = tree.source.text.slice(tree.starts[node], tree.ends[node]).split("\n");
  const shown = (lines[0] ?? "").trim().slice(0, 60);
  return `syntax error: cannot parse ${shown === "" ? "this part" : `\`${shown}\``}; the rest of the file still counts`;
}

function syntaxError(tree: FlatTree, { node }: Defect, message: string): Diagnostic {
  return {
    code: "syntax-error",
    severity: "error",
    message,
    incomplete: true,
    range: rangeOf(tree.source, tree.starts[node] ?? 0, tree.ends[node] ?? 0),
  };
}

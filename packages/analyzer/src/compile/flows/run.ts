/** Expressions whose values go nowhere: only the calls and function literals in them matter. */
import { children, F, K, type Kind, kind, type Node } from "../../syntax/index.ts";
import { callResult } from "./calls.ts";
import { closure } from "./closures.ts";
import { compositeLiteral } from "./literals.ts";
import { depthLimit, type Walk } from "./walk.ts";

const types: ReadonlySet<Kind> = new Set<Kind>([
  K.slice_type,
  K.array_type,
  K.implicit_length_array_type,
  K.map_type,
  K.channel_type,
  K.function_type,
  K.struct_type,
  K.interface_type,
  K.comment,
  K.identifier,
]);

/** Records what runs in an expression. */
export function run(walk: Walk, node: Node): void {
  if (node < 0) return;
  const { tree } = walk;
  // Long sums lean to the left: only what stands to their right is deeper.
  let at = node;
  while (at >= 0) {
    const of = kind(tree, at);
    if (of !== K.binary_expression) {
      runOne(walk, at, of);
      return;
    }
    let left: Node = -1;
    for (const child of children(tree, at)) {
      if (tree.fields[child] === F.left) left = child;
      else runDeeper(walk, child);
    }
    at = left;
  }
}

function runOne(walk: Walk, node: Node, of: Kind): void {
  if (types.has(of)) return;
  switch (of) {
    case K.call_expression:
    case K.type_conversion_expression:
      callResult(walk, node, -1);
      return;
    case K.func_literal:
      closure(walk, node);
      return;
    case K.composite_literal:
      compositeLiteral(walk, node);
      return;
    default:
      for (const child of children(walk.tree, node)) runDeeper(walk, child);
  }
}

function runDeeper(walk: Walk, node: Node): void {
  if (walk.depth > depthLimit) return;
  walk.depth++;
  walk.run(walk, node);
  walk.depth--;
}

/** Parentheses, which mean nothing but what stands in them. */
import { children, type FlatTree, K, kind, type Node, text } from "../syntax/index.ts";

/** What stands in the parentheses, of which there may be none or many; -1 if nothing does. */
export function unparenthesised(tree: FlatTree, node: Node): Node {
  let inner = node;
  while (inner >= 0 && [K.parenthesized_expression, K.parenthesized_type].includes(kind(tree, inner))) {
    inner =
      children(tree, inner).find(
        (child) => kind(tree, child) !== K.comment && !["(", ")"].includes(text(tree, child)),
      ) ?? -1;
  }
  return inner;
}

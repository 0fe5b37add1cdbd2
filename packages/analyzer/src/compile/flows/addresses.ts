/** Addresses of variables, fields and elements. */
import { childByField, F, K, kind, type Node } from "../../syntax/index.ts";
import { memberName, pointed, type Slot } from "./moving.ts";
import { content, field, type Place } from "./place.ts";
import { memberOf, selectedFrom, typeOf, unparenthesised, type Walk } from "./walk.ts";

/** A pointer is where what it points to is; of a field or element both ways, as either may change. */
export function addressOf(walk: Walk, operand: Node): Place {
  const pointer = walk.checker.types.pointer(typeOf(walk, operand));
  const slot = walk.knowledge.aliases(pointer) ? slotOf(walk, operand) : undefined;
  return slot === undefined ? walk.value(walk, operand) : pointed(walk, slot);
}

/** The shared place of `x.f` or `x[i]`. */
function slotOf(walk: Walk, operand: Node): Slot | undefined {
  const { tree, meanings, knowledge } = walk;
  const node = unparenthesised(tree, operand);
  switch (kind(tree, node)) {
    case K.selector_expression: {
      const selection = meanings.selections.get(memberOf(tree, node));
      if (selection?.kind !== "field") return undefined;
      const { holder, field: found } = selection;
      const at = field(holder, memberName(found.name, found.package));
      return { at, base: walk.value(walk, selectedFrom(tree, node)) };
    }
    case K.index_expression: {
      const type = typeOf(walk, node);
      if (knowledge.contents(type) !== "all") return undefined;
      walk.run(walk, childByField(tree, node, F.index));
      return { at: content("element", type), base: walk.value(walk, childByField(tree, node, F.operand)) };
    }
    default:
      return undefined;
  }
}

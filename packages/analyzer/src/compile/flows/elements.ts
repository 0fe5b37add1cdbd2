/** Elements of containers, by an index or a key. */
import type { Node } from "../../syntax/index.ts";
import { assign, contained, elementKind } from "./moving.ts";
import { local, nothing, type Place, unknown } from "./place.ts";
import { typeOf, type Walk } from "./walk.ts";

export function element(walk: Walk, containerNode: Node, indices: readonly Node[]): Place {
  const type = typeOf(walk, containerNode);
  const place = walk.value(walk, containerNode);
  for (const index of indices) walk.run(walk, index);
  if (type.kind === "unknown") return unknownPart(walk, containerNode, place);
  return contained(walk, { kind: elementKind(walk, type), place, type });
}

/** What is selected of something that is not known: nobody knows what, but what held it may matter. */
export function unknownPart(walk: Walk, node: Node, whole: Place): Place {
  if (whole === nothing || whole === unknown) return unknown;
  const part = local(`t${node}`);
  assign(walk, part, whole);
  assign(walk, part, unknown);
  return part;
}

/** Ranges: over containers, and over functions. */
import { expressions } from "../../declare/lists.ts";
import { childByField, F, type Node, nextSibling } from "../../syntax/index.ts";
import { coreBytesOrString, coreType, type SignatureType, type Type } from "../../types/index.ts";
import { assignTo } from "./assignments.ts";
import { contained, contentType } from "./moving.ts";
import { type ContentKind, local, nothing, type Place } from "./place.ts";
import { type Held, typeOf, type Walk } from "./walk.ts";

/** `for k, v = range x`, also where it declares k and v. */
export function rangeClause(walk: Walk, node: Node): void {
  const { tree } = walk;
  const right = childByField(tree, node, F.right);
  const over: Held = { place: walk.value(walk, right), type: typeOf(walk, right) };
  const left = childByField(tree, node, F.left);
  const targets = left < 0 ? [] : expressions(tree, left);
  const core = coreBytesOrString(walk.checker.types, over.type);
  const held = core?.kind === "signature" ? yielded(walk, node, { core, over }) : parts(walk, over, core);
  targets.forEach((target, index) => {
    const one = held[index];
    if (one !== undefined) assignTo(walk, target, one);
  });
}

function parts(walk: Walk, over: Held, core: Type | undefined): Held[] {
  const none: Held = { place: nothing, type: walk.checker.universe.int };
  const part = (kind: ContentKind): Held => {
    const container = { ...over, kind };
    return { place: contained(walk, container), type: contentType(walk, container) ?? over.type };
  };
  switch (core?.kind) {
    case "map":
      return [part("key"), part("value")];
    case "channel":
      return [part("message")];
    case "slice":
    case "array":
    case "pointer":
      return [none, part("element")];
    case "basic":
      return [none, { place: over.place, type: walk.checker.universe.rune }];
    case "unknown":
      return [over, over];
    default:
      return [];
  }
}

/** The function is called with one that sets the variables. */
function yielded(
  walk: Walk,
  node: Node,
  { core, over }: { readonly core: SignatureType; readonly over: Held },
): Held[] {
  const given = core.parameters[0] && coreType(walk.checker.types, core.parameters[0].type);
  if (given?.kind !== "signature") return [];
  const held = given.parameters.map(({ type }, index): Held => {
    const idle = walk.knowledge.contents(type) === "nothing";
    const place: Place = idle ? nothing : local(`y${node}.${index}`);
    return { place, type };
  });
  walk.recorder.add({
    kind: "yields",
    clause: node,
    block: bodyAfter(walk, node),
    type: core.canonical,
    from: over.place,
    places: held.map(({ place }) => place),
  });
  return held;
}

/** The body of the loop that a range clause is of; the clause itself where there is none. */
function bodyAfter({ tree }: Walk, clause: Node): Node {
  for (let next = nextSibling(tree, clause); next >= 0; next = nextSibling(tree, next))
    if (tree.fields[next] === F.body) return next;
  return clause;
}

/** Builtin functions and those of package unsafe. */
import type { Node } from "../../syntax/index.ts";
import { K, kind } from "../../syntax/index.ts";
import { coreBytesOrString, type Type } from "../../types/index.ts";
import { assign, contain, contained, converted, joined, move } from "./moving.ts";
import { local, nothing, type Place, panicked } from "./place.ts";
import { type Held, operandOf, typeOf, unparenthesised, type Walk } from "./walk.ts";

interface BuiltinCall {
  readonly name: string;
  readonly node: Node;
  readonly nodes: readonly Node[];
}

/** A call of a builtin function: where its result may be. */
export function builtinCall(walk: Walk, { name, node, nodes }: BuiltinCall): Place {
  const [first = -1, second = -1] = nodes;
  switch (name) {
    case "append":
      return appended(walk, node, nodes);
    case "copy":
      copied(walk, first, second);
      return nothing;
    case "panic":
      move(walk, { place: panicked, type: walk.checker.universe.emptyInterface }, heldAt(walk, first));
      return nothing;
    case "recover":
      return panicked;
    case "min":
    case "max":
      return joined(
        walk,
        node,
        nodes.map((one) => walk.value(walk, one)).filter((place) => place !== nothing),
      );
    case "new":
      return newValue(walk, node, first);
    default:
      for (const one of nodes) walk.run(walk, one);
      return nothing;
  }
}

function heldAt(walk: Walk, node: Node): Held {
  return { place: node < 0 ? nothing : walk.value(walk, node), type: typeOf(walk, node) };
}

/** The result is where the first argument is: they may share what they contain. */
function appended(walk: Walk, node: Node, [list = -1, ...added]: readonly Node[]): Place {
  const { tree } = walk;
  const type = typeOf(walk, node);
  const before = heldAt(walk, list).place;
  const place = before === nothing ? local(`t${node}`) : before;
  for (const one of added) {
    const held = heldAt(walk, one);
    if (kind(tree, one) === K.variadic_argument) spreadInto(walk, { place, type }, held);
    else contain(walk, { kind: "element", place, type }, held);
  }
  return place;
}

/** All that is in one container gets into another. */
function spreadInto(walk: Walk, to: Held, from: Held): void {
  if (from.place === nothing) return;
  const element = elementType(walk, from.type);
  if (element === undefined) {
    assign(walk, to.place, from.place);
    return;
  }
  const place = contained(walk, { kind: "element", ...from });
  contain(walk, { kind: "element", ...to }, { place, type: element });
}

/** Undefined of a string. */
function elementType({ checker: { types } }: Walk, type: Type): Type | undefined {
  const core = coreBytesOrString(types, type);
  return core?.kind === "slice" || core?.kind === "array" ? core.element : undefined;
}

function copied(walk: Walk, to: Node, from: Node): void {
  spreadInto(walk, heldAt(walk, to), heldAt(walk, from));
}

/** `new(expression)` points to a copy of a value; of a type there is nothing in it yet. */
function newValue(walk: Walk, node: Node, operand: Node): Place {
  if (operandOf(walk, operand)?.mode !== "value") return local(`t${node}`);
  const to = local(`t${node}`);
  assign(walk, to, converted(walk, heldAt(walk, operand), typeOf(walk, unparenthesised(walk.tree, operand))));
  return to;
}

/** What unsafe makes of a pointer or a string is where that is. */
export function unsafeCall(walk: Walk, name: string, nodes: readonly Node[]): Place {
  const [first = -1, ...others] = nodes;
  if (unevaluated.has(name)) return nothing;
  const place = heldAt(walk, first).place;
  for (const other of others) walk.run(walk, other);
  return place;
}

/** Functions that look at types only. */
const unevaluated: ReadonlySet<string> = new Set(["Alignof", "Offsetof", "Sizeof"]);

/** What is assigned to. */
import { childByField, F, K, kind, type Node, text } from "../../syntax/index.ts";
import { callResults } from "./calls.ts";
import { contain, elementKind, memberName, move, storeField } from "./moving.ts";
import { nothing, packageVariable } from "./place.ts";
import {
  type Held,
  memberOf,
  onlyChild,
  selectedFrom,
  typeOf,
  unparenthesised,
  variablePlace,
  type Walk,
} from "./walk.ts";

/** Values for so many variables: one each, several results of a call, or a value with a truth value. */
export function valuesOf(walk: Walk, nodes: readonly Node[], count: number): readonly Held[] {
  const [only] = nodes;
  if (nodes.length === 1 && count > 1 && only !== undefined) {
    const held = callResults(walk, only);
    return held.length > 1 ? held : [...held, ...nothings(walk, count - 1)];
  }
  return nodes.map((node) => ({ place: walk.value(walk, node), type: typeOf(walk, node) }));
}

function nothings({ checker }: Walk, count: number): Held[] {
  return Array.from({ length: count }, () => ({ place: nothing, type: checker.universe.bool }));
}

/** `target = held`, also where it declares the target. */
export function assignTo(walk: Walk, written: Node, held: Held): void {
  const { tree, meanings } = walk;
  const target = unparenthesised(tree, written);
  const variable = meanings.locals.get(target);
  if (variable !== undefined) {
    move(walk, { place: variablePlace(walk, target, variable), type: variable.type }, held);
    return;
  }
  switch (kind(tree, target)) {
    case K.identifier:
      assignToName(walk, target, { member: target, held });
      return;
    case K.selector_expression:
      assignToName(walk, target, { member: memberOf(tree, target), held });
      return;
    case K.index_expression:
      assignToElement(walk, target, held);
      return;
    case K.unary_expression:
      assignToPointed(walk, { target, pointer: childByField(tree, target, F.operand), held });
      return;
    case K.pointer_type:
      assignToPointed(walk, { target, pointer: onlyChild(tree, target), held });
      return;
    default:
      // `*(*T)(p)`, which the parser takes for a conversion to `*(*T)`, among others.
      assignToPointed(walk, { target, pointer: target, held });
  }
}

interface Named {
  /** The identifier. */
  readonly member: Node;
  readonly held: Held;
}

function assignToName(walk: Walk, target: Node, { member, held }: Named): void {
  const { tree, meanings } = walk;
  if (text(tree, target) === "_") return;
  const callable = meanings.uses.get(member);
  if (callable?.kind === "variable") {
    const place = packageVariable(callable.package, callable.name);
    move(walk, { place, type: typeOf(walk, target) }, held);
    return;
  }
  if (member === target) return;
  const base = walk.value(walk, selectedFrom(tree, target));
  const selection = meanings.selections.get(member);
  if (selection?.kind !== "field") {
    move(walk, { place: base, type: walk.checker.types.unknown("invalid") }, held);
    return;
  }
  const { holder, field } = selection;
  const name = memberName(field.name, field.package);
  storeField(walk, base, { holder, name, type: field.type }, held);
}

function assignToElement(walk: Walk, target: Node, held: Held): void {
  const { tree } = walk;
  const node = childByField(tree, target, F.operand);
  const index = childByField(tree, target, F.index);
  const container: Held = { place: walk.value(walk, node), type: typeOf(walk, node) };
  const kindOfElement = elementKind(walk, container.type);
  const key: Held = { place: walk.value(walk, index), type: typeOf(walk, index) };
  if (kindOfElement === "value") contain(walk, { ...container, kind: "key" }, key);
  contain(walk, { ...container, kind: kindOfElement }, held);
}

interface Pointed {
  readonly target: Node;
  readonly pointer: Node;
  readonly held: Held;
}

/** What a pointer points to is where the pointer is. */
function assignToPointed(walk: Walk, { target, pointer, held }: Pointed): void {
  move(walk, { place: walk.value(walk, pointer), type: typeOf(walk, target) }, held);
}

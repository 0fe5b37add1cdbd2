/** Values on their way from place to place: conversions, fields and contents of containers. */
import type { Node } from "../../syntax/index.ts";
import { coreBytesOrString, coreType, type Type, unalias, underlying } from "../../types/index.ts";
import { mayMove } from "./field-budget.ts";
import { type ContentKind, content, field, local, nothing, type Place, unknown } from "./place.ts";
import type { Held, Walk } from "./walk.ts";

/** Has a value flow to a place of that type. */
export function move(walk: Walk, to: Held, held: Held): void {
  const { recorder, knowledge } = walk;
  if (to.place === nothing) return;
  if (enters(walk, held.type, to.type)) {
    recorder.add({ kind: "convert", to: to.place, from: held.place, type: held.type.canonical });
    return;
  }
  if (isIdle(walk, to.type, held.place)) return;
  assign(walk, to.place, held.place);
  if (knowledge.aliases(to.type)) assign(walk, held.place, to.place);
  moveFields(walk, to, held);
}

/** One place for a value that is in one of several. */
export function joined(walk: Walk, node: Node, places: readonly Place[]): Place {
  const [first = nothing] = places;
  if (places.every(({ key }) => key === first.key)) return first;
  const to = local(`t${node}`);
  for (const place of places) assign(walk, to, place);
  return to;
}

/** The value as one of another type: where it is then. */
export function converted(walk: Walk, held: Held, type: Type): Place {
  if (enters(walk, held.type, type)) {
    const { canonical } = held.type;
    const to = local(`i${held.place.key} ${canonical.id}`);
    walk.recorder.add({ kind: "convert", to, from: held.place, type: canonical });
    return to;
  }
  if (isIdle(walk, type, held.place)) return nothing;
  if (isOtherStruct(walk, held.type, type)) {
    const to = local(`s${held.place.key} ${type.canonical.id}`);
    move(walk, { place: to, type }, held);
    return to;
  }
  return held.place;
}

export function assign({ recorder }: Walk, to: Place, from: Place): void {
  if (to.key === from.key || to === nothing || from === nothing) return;
  recorder.add({ kind: "assign", to, from });
}

function isIdle({ knowledge }: Walk, type: Type, place: Place): boolean {
  return place === nothing || knowledge.contents(type) === "nothing";
}

/** Whether a value becomes one of an interface, of a type of its own. */
function enters({ knowledge }: Walk, from: Type, to: Type): boolean {
  if (from.canonical === to.canonical || from.kind === "unknown" || to.kind === "unknown") return false;
  return knowledge.isInterface(to) && !knowledge.isInterface(from) && knowledge.dispatches(from);
}

/** A struct, or a pointer to one, as one of another type: its fields are then places of both. */
function isOtherStruct(walk: Walk, from: Type, to: Type): boolean {
  return from.canonical !== to.canonical && structs(walk, from, to) !== undefined;
}

function structs({ checker: { types } }: Walk, from: Type, to: Type): readonly [Type, Type] | undefined {
  const [a, b] = [unalias(from), unalias(to)];
  const [one, other] =
    a.kind === "pointer" && b.kind === "pointer" ? [unalias(a.element), unalias(b.element)] : [a, b];
  const mayBe = ({ kind }: Type) => kind === "named" || kind === "struct";
  if (one.canonical === other.canonical || !mayBe(one) || !mayBe(other)) return undefined;
  if (underlying(types, one).kind !== "struct" || underlying(types, other).kind !== "struct")
    return undefined;
  return [one, other];
}

/** Beyond the budget of fields it is not known what gets into them. */
function moveFields(walk: Walk, to: Held, held: Held): void {
  if (to.type.canonical === held.type.canonical) return;
  const pair = structs(walk, held.type, to.type);
  if (pair === undefined) return;
  const struct = underlying(walk.checker.types, pair[0]);
  if (struct.kind !== "struct") return;
  if (!mayMove(walk.budget, struct.fields.length)) {
    assign(walk, to.place, unknown);
    assign(walk, unknown, held.place);
    return;
  }
  const isPointer = unalias(held.type).kind === "pointer";
  for (const { name, package: path, type } of struct.fields) {
    const [from, into] = pair.map((holder) => ({ holder, name: memberName(name, path) }));
    if (from === undefined || into === undefined) continue;
    store(walk, { at: fieldAt(into), base: to.place, type }, loaded(walk, fieldAt(from), held.place));
    if (isPointer)
      store(walk, { at: fieldAt(from), base: held.place, type }, loaded(walk, fieldAt(into), to.place));
  }
}

function fieldAt({ holder, name }: { readonly holder: Type; readonly name: string }): Place {
  return field(holder, name);
}

/** The name of a field or method, with its package where it is not exported. */
export function memberName(name: string, path: string): string {
  return path === "" ? name : `${path}.${name}`;
}

/** The value at a shared place, as it is in a base. */
export function loaded({ recorder }: Walk, from: Place, base: Place): Place {
  const to = local(`l${from.key} ${base.key}`);
  recorder.add({ kind: "load", to, from, base });
  return to;
}

/** A shared place, and the value in which it is. */
export interface Slot {
  readonly at: Place;
  readonly base: Place;
}

/** Where a pointer to what is in a slot is: what is there gets into the slot. */
export function pointed(walk: Walk, { at, base }: Slot): Place {
  const place = loaded(walk, at, base);
  walk.recorder.add({ kind: "store", to: at, from: place, base });
  return place;
}

/** The value in a slot. Of a pointer what is put where it leads gets to all who have that pointer from there. */
export function takenFrom(walk: Walk, { at, base, type }: TypedSlot): Place {
  return walk.knowledge.leadsBack(type) ? pointed(walk, { at, base }) : loaded(walk, at, base);
}

interface TypedSlot extends Slot {
  readonly type: Type;
}

/** Whether there is anything to store. */
function store(walk: Walk, { at, base, type }: TypedSlot, from: Place): boolean {
  if (isIdle(walk, type, from)) return false;
  walk.recorder.add({ kind: "store", to: at, from, base });
  if (walk.knowledge.leadsBack(type)) assign(walk, from, loaded(walk, at, base));
  return true;
}

/** Of an empty literal nothing but its type gets into an interface, and nothing at all anywhere else. */
function withoutEmpty(held: Held): Held {
  return held.place.kind === "local" && held.place.empty === true ? { ...held, place: nothing } : held;
}

/** `base.field = held`. Says whether anything of interest is. */
export function storeField(
  walk: Walk,
  base: Place,
  { holder, name, type }: { readonly holder: Type; readonly name: string; readonly type: Type },
  held: Held,
): boolean {
  return store(walk, { at: field(holder, name), base, type }, converted(walk, withoutEmpty(held), type));
}

/** Something that contains others. */
export interface Container extends Held {
  readonly kind: ContentKind;
}

/** The type of what a container holds; undefined if it holds nothing of that kind. */
export function contentType({ checker: { types } }: Walk, { type, kind }: Container): Type | undefined {
  const core = coreBytesOrString(types, type);
  switch (core?.kind) {
    case "map":
      return kind === "key" ? core.key : kind === "value" ? core.element : undefined;
    case "channel":
      return kind === "message" ? core.element : undefined;
    case "slice":
    case "array":
      return kind === "element" ? core.element : undefined;
    case "pointer": {
      const array = coreType(types, core.element);
      return kind === "element" && array?.kind === "array" ? array.element : undefined;
    }
    default:
      return undefined;
  }
}

/** Which of its contents `x[i]` is, of a container of that type. */
export function elementKind({ checker: { types } }: Walk, type: Type): "element" | "value" {
  return coreType(types, type)?.kind === "map" ? "value" : "element";
}

/** What is in a container: of data in the container's own place. */
export function contained(walk: Walk, container: Container): Place {
  const type = contentType(walk, container);
  if (type === undefined) return container.place;
  const contents = walk.knowledge.contents(type);
  if (contents === "nothing") return nothing;
  if (contents === "data") return container.place;
  return takenFrom(walk, { at: content(container.kind, type), base: container.place, type });
}

/** Puts a value into a container. Says whether anything of interest is. */
export function contain(walk: Walk, container: Container, written: Held): boolean {
  const type = contentType(walk, container);
  const held = withoutEmpty(written);
  if (type === undefined || walk.knowledge.contents(type) === "data") {
    move(walk, { place: container.place, type: type ?? container.type }, held);
    return held.place !== nothing;
  }
  const { kind, place: base } = container;
  return store(walk, { at: content(kind, type), base, type }, converted(walk, held, type));
}

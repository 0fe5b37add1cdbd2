/** Where values are: variables, fields, items, what pointers point to. */
import type { CodeType, Expression } from "../model/code-facts.ts";
import { cellAt, noteChange, ownEntries, ownItems } from "./layers.ts";
import { type Machine, newCell, step } from "./machine.ts";
import { fieldOfUnknown, ofField } from "./marks.ts";
import {
  alternatives,
  type Frame,
  type Known,
  keyOf,
  type List,
  type Pointer,
  pointerTo,
  type Struct,
  type Unknown,
  unknown,
  unknownOf,
  type Value,
  within,
} from "./values.ts";
import { zeroOf } from "./zero.ts";

/** What is in a cell or a part of it, of which the type is told. */
export function load(machine: Machine, { at, path }: Pointer, type: CodeType = "?"): Value {
  if (machine.state === undefined) return unknown;
  const cell = cellAt(machine.state, at);
  if (cell.kind === "items") {
    const first = path[0];
    return typeof first === "number"
      ? part(machine, cell.items[first] ?? unknown, path.slice(1), type)
      : unknown;
  }
  if (cell.kind === "entries") return unknown;
  return path.length === 0 ? cell : part(machine, cell, path, type);
}

/** What is in a cell; not known if that is items or entries. */
export function loadAll({ state }: Machine, at: number): Value {
  const cell = state === undefined ? unknown : cellAt(state, at);
  return cell.kind === "items" || cell.kind === "entries" ? unknown : cell;
}

function part(machine: Machine, whole: Value, path: Pointer["path"], type: CodeType): Value {
  let value = whole;
  path.forEach((key, index) => {
    const last = index === path.length - 1;
    if (value.kind === "struct" && typeof key === "string") {
      const { named } = value;
      value = value.fields.get(key) ?? (last ? zeroOf(machine, type) : emptyStruct);
      if (machine.origins !== undefined) value = ofField(machine, value, { type: named, name: key });
    } else if (value.kind === "array" && typeof key === "number") value = value.items[key] ?? unknown;
    else if (value.kind === "unknown" && value.from !== undefined && typeof key === "string")
      value = fieldOfUnknown(machine, value, key);
    else value = unknownOf([value]);
  });
  return value;
}

/** What a struct in a struct is that was never set. */
const emptyStruct: Struct = { kind: "struct", named: "", fields: new Map() };

/** Puts a value into a cell or a part of it. */
export function store(machine: Machine, { at, path }: Pointer, value: Value): void {
  const { state } = machine;
  if (state === undefined) return;
  if (isOfPackage(at)) machine.set.add(at);
  noteChange(state, at, [value]);
  const cell = cellAt(state, at);
  if (cell.kind === "items") {
    const first = path[0];
    const items = typeof first === "number" ? ownItems(state, at) : undefined;
    if (items !== undefined && typeof first === "number" && first < items.length)
      items[first] = changed(machine, items[first] ?? unknown, path.slice(1), value);
    return;
  }
  if (cell.kind !== "entries") state.cells.set(at, changed(machine, cell, path, value));
}

/** Whether a cell is that of a package variable; those that functions make are counted from 0. */
function isOfPackage(at: number): boolean {
  return at < 0;
}

/** The whole with another value in a part. */
function changed(machine: Machine, whole: Value, path: Pointer["path"], value: Value): Value {
  const key = path[0];
  if (key === undefined) return value;
  const rest = path.slice(1);
  if (whole.kind === "struct" && typeof key === "string") {
    const fields = new Map(whole.fields);
    step(machine, fields.size >> 3);
    fields.set(key, changed(machine, whole.fields.get(key) ?? emptyStruct, rest, value));
    return { kind: "struct", named: whole.named, fields };
  }
  if (whole.kind === "array" && typeof key === "number" && key < whole.items.length) {
    step(machine, whole.items.length >> 4);
    const items = [...whole.items];
    items[key] = changed(machine, items[key] ?? unknown, rest, value);
    return { ...whole, items };
  }
  if (whole.kind === "unknown" && whole.struct !== undefined && typeof key === "string")
    return changedUnknown(machine, whole, path, value);
  return unknown;
}

/** A struct that is not known after something was put into a field, or into a field of that: others may be the same one. */
function changedUnknown(
  machine: Machine,
  whole: Unknown,
  [key, ...rest]: Pointer["path"],
  value: Value,
): Unknown {
  const before = machine.changes++;
  const set = new Map(whole.set);
  step(machine, set.size >> 3);
  for (const [name, one] of set)
    if (one.since === before) set.set(name, { value: one.value, since: machine.changes });
  const held = set.get(String(key));
  // What is in a field of a field is not kept where that is not known.
  if (rest.length === 0) set.set(String(key), { value, since: machine.changes });
  else if (held !== undefined) {
    const inner = changed(machine, held.value, rest, value);
    if (inner.kind === "unknown") set.delete(String(key));
    else set.set(String(key), { ...held, value: inner });
  }
  return { ...whole, set };
}

/** What is not known of the items of a slice of which none is. */
export function unknownItems(machine: Machine, list: List): Unknown {
  const cell = machine.state && cellAt(machine.state, list.at);
  return cell?.kind === "unknown" ? cell : unknown;
}

/** The items of a slice; undefined if they are not known. */
export function itemsOf(machine: Machine, list: List): readonly Value[] | undefined {
  const cell = machine.state && cellAt(machine.state, list.at);
  return cell?.kind === "items" ? cell.items.slice(list.from, list.from + list.length) : undefined;
}

/** The items of all slices that share them with a list, of which some will be others; undefined if they are not known. */
export function itemsToChange(
  { state }: Machine,
  { at }: List,
  others: readonly Value[] = [],
): Value[] | undefined {
  if (state !== undefined) noteChange(state, at, others);
  return state && ownItems(state, at);
}

/** Puts items at the beginning of a list, as many as fit. Says how many; undefined if the list is not known. */
export function copyInto(
  machine: Machine,
  to: Value,
  from: readonly Value[] | undefined,
): number | undefined {
  if (to.kind !== "list" || from === undefined) return undefined;
  const items = itemsToChange(machine, to, from);
  if (items === undefined) return undefined;
  const count = Math.min(to.length, from.length);
  step(machine, count >> 3);
  for (let index = 0; index < count; index++) items[to.from + index] = from[index] ?? unknown;
  return count;
}

/** Where an expression's value is; undefined if that is not known, or it is nowhere. */
export function placeOf(machine: Machine, frame: Frame, form: Expression): Pointer | undefined {
  switch (form[0]) {
    case "var": {
      const at = frame.variables.get(form[1]);
      return at === undefined ? undefined : pointerTo(at);
    }
    case "global":
      return pointerTo(machine.variableAt(machine, form[1] || frame.pkg.path, form[2], form[3]));
    case ".": {
      const base = pointedOr(machine, frame, form[1]);
      return base && within(base, form[2]);
    }
    case "index":
      return itemPlace(machine, frame, form);
    case "*":
      return only(machine.evaluate(machine, frame, form[1]), "pointer");
    case "struct":
    case "list":
    case "zero":
      return pointerTo(newCell(machine, machine.evaluate(machine, frame, form)));
    default: {
      const value = machine.evaluate(machine, frame, form);
      return value.kind === "pointer" ? value : undefined;
    }
  }
}

/** Where a struct or array is, of which the expression is a pointer or which it is itself; undefined if it is one of several pointers. */
function pointedOr(machine: Machine, frame: Frame, form: Expression): Pointer | undefined {
  const place = placeOf(machine, frame, form);
  if (place === undefined) return undefined;
  const value = load(machine, place);
  if (value.kind === "pointer") return value;
  return alternatives(value).some((one) => one.kind === "pointer") ? undefined : place;
}

function itemPlace(
  machine: Machine,
  frame: Frame,
  [, container, index]: Extract<Expression, readonly ["index", ...unknown[]]>,
): Pointer | undefined {
  const at = machine.evaluate(machine, frame, index);
  const number = at.kind === "int" ? Number(at.int) : -1;
  if (number < 0) return undefined;
  const place = pointedOr(machine, frame, container);
  const held = place === undefined ? machine.evaluate(machine, frame, container) : load(machine, place);
  if (held.kind === "list") return itemIn(held, number);
  return held.kind === "array" && place !== undefined ? within(place, number) : undefined;
}

/** Where an item of a list is; undefined if it has no such item. */
export function itemIn({ at, from, length }: List, index: number): Pointer | undefined {
  return index >= 0 && index < length ? { kind: "pointer", at, path: [from + index] } : undefined;
}

/** The value if it is of that kind. */
export function only<K extends Known["kind"]>(
  value: Value,
  kind: K,
): Extract<Known, { kind: K }> | undefined {
  // Values are told apart by their kind.
  return value.kind === kind ? (value as Extract<Known, { kind: K }>) : undefined;
}

/** What is in a map under a key; undefined if that is not known, null if nothing is. */
export function entryAt(machine: Machine, at: number, key: Value): Value | null | undefined {
  const cell = machine.state && cellAt(machine.state, at);
  const found = key.kind === "unknown" || key.kind === "either" ? undefined : keyOf(key);
  if (cell?.kind !== "entries" || found === undefined) return undefined;
  return cell.entries.get(found)?.[1] ?? null;
}

/** `m[key] = value`; under a key that is not known anything may change. */
export function storeEntry(machine: Machine, at: number, key: Value, value: Value): void {
  const { state } = machine;
  if (state === undefined) return;
  const found = key.kind === "unknown" || key.kind === "either" ? undefined : keyOf(key);
  const entries = found === undefined ? undefined : ownEntries(state, at);
  noteChange(state, at, [key, value]);
  if (entries === undefined || found === undefined) state.cells.set(at, unknown);
  else if (entries.size < machine.limits.size || entries.has(found))
    entries.set(found, [key as Known, value]);
}

/** Nothing is known any more of what can be got at through a value. */
export function forgetWithin(machine: Machine, value: Value, fresh: Unknown = unknown): void {
  const { state } = machine;
  if (state === undefined) return;
  if (value.kind === "unknown") return;
  for (const one of alternatives(value)) {
    if (one.kind === "list" || one.kind === "map") {
      state.cells.set(one.at, fresh);
      noteChange(state, one.at, []);
    } else if (one.kind === "pointer") forgetPointed(machine, one, fresh);
  }
}

function forgetPointed(machine: Machine, pointer: Pointer, fresh: Unknown): void {
  const held = load(machine, pointer);
  if (held.kind === "struct") machine.origins?.forgotten(held.named);
  if (held.kind === "list" || held.kind === "map") forgetWithin(machine, held, fresh);
  store(machine, pointer, fresh);
}

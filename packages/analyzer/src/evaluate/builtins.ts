/** Builtin functions (Go spec, Built-in functions). */
import type { CodeType, Expression } from "../model/code-facts.ts";
import { listOf, textOf } from "./conversions.ts";
import { noteChange, ownEntries } from "./layers.ts";
import { panicking } from "./leaving.ts";
import { lifted } from "./lifted.ts";
import { type Machine, newMap, step } from "./machine.ts";
import { apart, beginningWith } from "./marks.ts";
import { binary } from "./operators.ts";
import { copyInto, forgetWithin, itemsOf, itemsToChange, load } from "./places.ts";
import { changeSliced, read } from "./slices.ts";
import {
  alternatives,
  by,
  cut,
  either,
  type Frame,
  inLoop,
  int,
  type Known,
  keyOf,
  type List,
  unknown,
  unknownOf,
  type Value,
} from "./values.ts";
import { zeroOf } from "./zero.ts";

interface BuiltinCall {
  readonly type: CodeType;
  readonly spread: boolean;
  /** Operations to note. */
  readonly also: number;
}

export function builtin(
  machine: Machine,
  frame: Frame,
  [, name, forms, type, spread]: Extract<Expression, readonly ["builtin", ...unknown[]]>,
): Value {
  const given = forms.map((form, index) =>
    reads(name, index) ? read(machine, frame, form) : machine.evaluate(machine, frame, form),
  );
  const [first = unknown, second = unknown] = given;
  switch (name) {
    case "len":
    case "cap":
      return lifted([first], (one) => lengthOf(machine, one, name));
    case "append":
      return append(machine, given, { type, spread, also: inLoop(frame) });
    case "copy": {
      const count = copy(machine, first, second);
      const [target] = forms;
      if (target?.[0] === "slice") changeSliced(machine, frame, { form: target, slice: first });
      return count;
    }
    case "make":
      return make(machine, given, type);
    case "min":
    case "max":
      return given.reduce((best, one) => smaller(best, one, { name, type }));
    case "delete":
      return remove(machine, first, second);
    case "clear":
      forgetWithin(machine, first);
      return unknown;
    case "unsafe.String":
      return lifted([first, second], (from, count) => stringAt(machine, from, count));
    case "panic":
      panicking(machine, frame);
      return unknown;
    default:
      return unknown;
  }
}

/** Whether an argument is only read. What is copied into is changed here, and nowhere else. */
function reads(name: string, index: number): boolean {
  return name === "len" || name === "cap" || name === "copy" || (name === "append" && index > 0);
}

/** The string of so many bytes from that one on. */
function stringAt(machine: Machine, from: Known, count: Known): Value {
  const at = from.kind === "pointer" ? from.path.at(-1) : undefined;
  if (from.kind !== "pointer" || from.path.length !== 1 || typeof at !== "number" || count.kind !== "int")
    return unknown;
  const length = Number(count.int);
  return textOf(machine, { kind: "list", at: from.at, from: at, length, capacity: length, type: "u8" });
}

function lengthOf(machine: Machine, one: Known, name: string): Value {
  switch (one.kind) {
    case "text":
      return int(one.text.length);
    case "list":
      return int(name === "len" ? one.length : one.capacity);
    case "array":
      return int(one.items.length);
    case "nil":
      return int(0);
    case "pointer": {
      const held = load(machine, one);
      return held.kind === "array" ? int(held.items.length) : unknown;
    }
    case "map": {
      const entries = machine.state && ownEntries(machine.state, one.at);
      return entries === undefined ? unknown : int(entries.size);
    }
    default:
      return unknown;
  }
}

function smaller(
  a: Value,
  b: Value,
  { name, type }: { readonly name: string; readonly type: CodeType },
): Value {
  return lifted([binary("<", a, b, type), a, b], (isLess, one, other) =>
    isLess.kind === "bool" ? (isLess.bool === (name === "min") ? one : other) : unknown,
  );
}

function append(machine: Machine, given: readonly Value[], call: BuiltinCall): Value {
  const [base = unknown, ...rest] = given;
  if (machine.origins === undefined) return appendTo(machine, base, rest, call);
  const appendAll = (known: Value) =>
    either(alternatives(known).map((one) => appendTo(machine, one, rest, call)));
  return apart(base, appendAll, beginningWith);
}

function appendTo(
  machine: Machine,
  base: Value,
  rest: readonly Value[],
  { type, spread, also }: BuiltinCall,
): Value {
  if (base.kind === "either") return appendToEach(machine, base, rest, { type, spread, also });
  const element = typeof type !== "string" && type[0] === "[]" ? type[1] : "?";
  const added = spread ? spreadItems(machine, rest[0] ?? unknown) : rest;
  if (added === undefined || (base.kind !== "list" && base.kind !== "nil")) {
    forgetWithin(machine, base);
    return unknown;
  }
  const noted = also === 0 ? added : added.map((one) => by(one, also));
  if (base.kind === "nil") return listOf(machine, [...noted], element);
  return appended(machine, base, noted);
}

/** To one of several lists: to a copy of each, for others may share the room behind their items. */
function appendToEach(
  machine: Machine,
  base: Extract<Value, { readonly kind: "either" }>,
  rest: readonly Value[],
  call: BuiltinCall,
): Value {
  const all = base.of.map((one) =>
    appendTo(machine, one.kind === "list" ? { ...one, capacity: one.length } : one, rest, call),
  );
  return either(base.rest === undefined ? all : [...all, unknownOf([base])]);
}

/** The items of a list, or the bytes of a string. */
function spreadItems(machine: Machine, value: Value): readonly Value[] | undefined {
  if (value.kind === "list") return itemsOf(machine, value);
  if (value.kind === "nil") return [];
  if (value.kind !== "text") return undefined;
  return Array.from(value.text, (byte) => int(byte.charCodeAt(0), value.origin));
}

/** Where there is room, in place. */
function appended(machine: Machine, base: List, added: readonly Value[]): Value {
  const { state } = machine;
  const length = base.length + added.length;
  if (state === undefined) return unknown;
  if (length > machine.limits.size || !step(machine, added.length >> 3)) return cut;
  if (length <= base.capacity) {
    const items = itemsToChange(machine, base, added);
    if (items === undefined) return unknown;
    added.forEach((one, index) => {
      items[base.from + base.length + index] = one;
    });
    return { ...base, length };
  }
  const items = itemsOf(machine, base);
  if (items === undefined) return unknown;
  const capacity = Math.max(length, 2 * base.length);
  const first = zeroOf(machine, base.type);
  const room = Array.from({ length: capacity - length }, () => first);
  const made = listOf(machine, [...items, ...added, ...room], base.type);
  return made.kind === "list" ? { ...made, length } : made;
}

function copy(machine: Machine, to: Value, from: Value): Value {
  const count = copyInto(machine, to, spreadItems(machine, from));
  if (count !== undefined) return int(count);
  forgetWithin(machine, to);
  return unknown;
}

function make(machine: Machine, [length, capacity = length]: readonly Value[], type: CodeType): Value {
  if (typeof type === "string") return unknown;
  if (type[0] === "map") return { kind: "map", at: newMap(machine), type };
  if (length?.kind !== "int" || capacity?.kind !== "int" || type[0] !== "[]") return unknown;
  const [count, room] = [Number(length.int), Number(capacity.int)];
  // A large buffer is read into: nobody looks for a constant in it.
  if (count < 0 || count > machine.limits.size) return unknown;
  if (!step(machine, count >> 4)) return cut;
  const reserved = Math.min(Math.max(room, count), Math.max(count, reserveLimit));
  const first = zeroOf(machine, type[1]);
  const made = listOf(
    machine,
    Array.from({ length: reserved }, () => first),
    type[1],
  );
  return made.kind === "list" ? { ...made, length: count } : made;
}

/** Items that are made before they are there. */
const reserveLimit = 1024;

function remove(machine: Machine, from: Value, key: Value): Value {
  const { state } = machine;
  const found = key.kind === "unknown" || key.kind === "either" ? undefined : keyOf(key);
  if (from.kind === "map" && found !== undefined && state !== undefined) {
    ownEntries(state, from.at)?.delete(found);
    noteChange(state, from.at, []);
  } else forgetWithin(machine, from);
  return unknown;
}

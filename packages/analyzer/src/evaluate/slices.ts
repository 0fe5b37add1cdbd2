/** Slices of strings, slices and arrays. Those of arrays are copies here, whose changes are put back, or leave the array unknown. */
import { rootOf } from "../model/code-changes.ts";
import type { Expression } from "../model/code-facts.ts";
import { listOf } from "./conversions.ts";
import { lifted } from "./lifted.ts";
import { type Machine, step } from "./machine.ts";
import { forgetWithin, itemsOf, load, placeOf, store } from "./places.ts";
import { alternatives, type Frame, int, type Known, type Pointer, unknown, type Value } from "./values.ts";

type SliceForm = Extract<Expression, readonly ["slice", ...unknown[]]>;

/** The value of a slice, through which an array may be changed. */
export function sliceOf(machine: Machine, frame: Frame, form: SliceForm): Value {
  const value = sliced(machine, frame, form);
  forgetSliced(machine, frame, form[1]);
  return value;
}

function sliced(machine: Machine, frame: Frame, [, whole, low, high]: SliceForm): Value {
  const held = machine.evaluate(machine, frame, whole);
  const bounds = [low, high].map((bound) =>
    bound === null ? undefined : machine.evaluate(machine, frame, bound),
  );
  const given = bounds.filter((bound) => bound !== undefined);
  return lifted([held, ...given], (one, ...known) => {
    const [from, to] = bounds.map((bound) => {
      const at = bound === undefined ? undefined : known.shift();
      return at === undefined ? undefined : at.kind === "int" ? Number(at.int) : Number.NaN;
    });
    return slice(machine, one, from ?? 0, to);
  });
}

/** What is only read, as that which it is converted from: a slice of an array leaves the array as it is. */
export function read(machine: Machine, frame: Frame, form: Expression): Value {
  if (form[0] !== "slice") return machine.evaluate(machine, frame, form);
  step(machine);
  return sliced(machine, frame, form);
}

/** Slices of arrays are copies here: what becomes of the items through one is not seen in the array, so these are not known any more. */
function forgetSliced(machine: Machine, frame: Frame, whole: Expression): void {
  const at = rootOf(whole) === undefined ? undefined : arrayAt(machine, frame, whole);
  const array = at && load(machine, at);
  if (at === undefined || array?.kind !== "array") forgetPointedArrays(machine, array);
  else store(machine, at, { ...array, items: [...array.items].fill(unknown) });
}

/** The arrays of which a value is one of several pointers. */
function forgetPointedArrays(machine: Machine, value: Value = unknown): void {
  for (const one of alternatives(value)) if (one.kind === "pointer") forgetWithin(machine, one);
}

interface Sliced {
  readonly form: SliceForm;
  /** What it gave. */
  readonly slice: Value;
}

/** Puts the items of a slice of an array, which is a copy here, back into the array. */
export function changeSliced(
  machine: Machine,
  frame: Frame,
  { form: [, whole, low], slice: made }: Sliced,
): void {
  const at = rootOf(whole) === undefined ? undefined : arrayAt(machine, frame, whole);
  const array = at && load(machine, at);
  if (at === undefined || array?.kind !== "array") {
    forgetPointedArrays(machine, array);
    return;
  }
  const from = low === null ? int(0) : machine.evaluate(machine, frame, low);
  const items = made.kind === "list" ? itemsOf(machine, made) : undefined;
  const first = from.kind === "int" ? Number(from.int) : -1;
  const isKnown = first >= 0 && items !== undefined;
  const left = array.items.map((one, index) => {
    const changed = isKnown ? items[index - first] : unknown;
    return changed ?? one;
  });
  store(machine, at, { ...array, items: left });
}

/** Where the array is that is sliced, itself or by a pointer. */
function arrayAt(machine: Machine, frame: Frame, whole: Expression): Pointer | undefined {
  const place = placeOf(machine, frame, whole);
  const held = place && load(machine, place);
  return held?.kind === "pointer" ? held : place;
}

function slice(machine: Machine, one: Known, from: number, to: number | undefined): Value {
  const fits = (length: number, limit: number) =>
    from >= 0 && from <= (to ?? length) && (to ?? length) <= limit;
  switch (one.kind) {
    case "text": {
      const { length } = one.text;
      return fits(length, length) ? { ...one, text: one.text.slice(from, to) } : unknown;
    }
    case "list": {
      if (!fits(one.length, one.capacity)) return unknown;
      const end = to ?? one.length;
      return { ...one, from: one.from + from, length: end - from, capacity: one.capacity - from };
    }
    case "array":
      // A copy: what becomes of the items of the array is not seen by the slice, nor the other way round.
      return fits(one.items.length, one.items.length)
        ? listOf(machine, one.items.slice(from, to), one.type)
        : unknown;
    case "nil":
      return from === 0 && (to ?? 0) === 0 ? one : unknown;
    default:
      return unknown;
  }
}

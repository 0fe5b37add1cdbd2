/**
 * What calls do that are made again: found by what their arguments hold, and done again without running the function.
 * Cells that the arguments lead to count by their order, so that the same call is found whatever their numbers are. Only
 * of functions that took many steps, since telling what arguments hold takes time too. As of all results that are
 * remembered, what package variables lead to is taken to be what it was.
 */
import type { LinkedFunction } from "../link/edge.ts";
import { cellAt, isPlain } from "./layers.ts";
import { type Effect, type Machine, step } from "./machine.ts";
import { cellsIn, copied, insides, movedCell, movedValue } from "./moved.ts";
import { type Cell, keyOf, type Layer, type Value } from "./values.ts";

/** A call by what its arguments hold. */
export interface Described {
  readonly key: string;
  /** Cells that the arguments lead to, in the order in which they are met. */
  readonly cells: readonly number[];
}

/** Steps from which what a function does is worth remembering. */
const leastSteps = 200;

/** Parts that a call may be told by, and that it may have changed; 16 characters of a text are one. */
const partLimit = 1_000;
const nestingLimit = 12;
const effectLimit = 500;

/** Whether a function took many steps before. */
export function isCostly({ costs }: Machine, fn: LinkedFunction): boolean {
  return (costs.get(fn) ?? 0) >= leastSteps;
}

/** Undefined if it cannot be told, or is too much: closures that are given know that they were called. */
export function described(
  machine: Machine,
  fn: LinkedFunction,
  given: readonly Value[],
): Described | undefined {
  const { state } = machine;
  if (state === undefined) return undefined;
  const places = new Map<number, number>();
  const keys = [`${identity(machine, fn)}`];
  const waiting: number[] = [];
  let parts = 0;

  const place = (at: number): string => {
    let known = places.get(at);
    if (known === undefined) {
      places.set(at, (known = places.size));
      waiting.push(at);
    }
    return `${known}`;
  };

  const tell = (value: Value, nesting: number): boolean => {
    parts += "text" in value ? 1 + (value.text.length >> 4) : 1;
    if (parts > partLimit || nesting > nestingLimit) return false;
    switch (value.kind) {
      case "list":
        keys.push("l", place(value.at), `${value.from},${value.length},${value.capacity}`);
        return true;
      case "map":
        keys.push("m", place(value.at));
        return true;
      case "pointer":
        keys.push("p", place(value.at), value.path.join());
        return true;
      case "array":
      case "tuple":
        keys.push(value.kind, `${value.items.length}`);
        return value.items.every((item) => tell(item, nesting + 1));
      case "struct":
        keys.push("s", value.named, `${value.fields.size}`);
        return [...value.fields].every(([name, field]) => keys.push(name) > 0 && tell(field, nesting + 1));
      case "either":
        keys.push("e", `${value.of.length}`, value.rest === undefined ? "" : (keyOf(value.rest) ?? ""));
        return value.of.every((one) => tell(one, nesting + 1));
      case "function":
        if (!("named" in value)) return false;
        keys.push("f", `${identity(machine, value.named)}.${identity(machine, value.frame.uses)}`);
        return value.receiver === undefined || tell(value.receiver, nesting + 1);
      case "text":
      case "int":
      case "bool":
      case "partial":
        keys.push(keyOf(value) ?? "", `${value.origin.by}.${value.origin.pieces}`);
        return true;
      default:
        keys.push(keyOf(value) ?? "");
        return true;
    }
  };

  const tellCell = (cell: Cell): boolean => {
    if (cell.kind === "items") {
      keys.push("i", `${cell.items.length}`);
      return cell.items.every((item) => tell(item, 0));
    }
    if (cell.kind !== "entries") return tell(cell, 0);
    keys.push("k", `${cell.entries.size}`);
    return [...cell.entries.values()].every(([key, value]) => tell(key, 0) && tell(value, 0));
  };

  let isTold = given.every((value) => tell(value, 0));
  // The list grows while it is walked.
  for (const at of waiting) isTold &&= tellCell(cellAt(state, at));
  step(machine, parts >> 4);
  return isTold ? { key: keys.join(" "), cells: [...places.keys()] } : undefined;
}

/** A number for an object, the same each time. */
function identity({ identities }: Machine, of: object): number {
  const known = identities.get(of);
  if (known !== undefined) return known;
  const fresh = identities.size;
  identities.set(of, fresh);
  return fresh;
}

interface Done extends Pick<Effect, "value" | "handedOn" | "fresh" | "depth"> {
  readonly changed: ReadonlyMap<number, Cell>;
}

/**
 * Remembers what a call did, if it can be done again: what is in cells that its arguments do not lead to cannot, nor maps
 * by what is in cells.
 */
export function rememberEffect(machine: Machine, { key, cells }: Described, done: Done): void {
  const { effects, next, base } = machine;
  if (effects.size >= effectLimit || done.changed.size > partLimit) return;
  const places = new Map(cells.map((at, index) => [at, index]));
  let parts = 0;
  const isKnown = (at: number): boolean => {
    parts++;
    return places.has(at) || isFixed(base, at) || at >= done.fresh;
  };
  const isTold = (value: Value, nesting: number): boolean => {
    if (++parts > partLimit || nesting > nestingLimit) return false;
    return insides(value).every((one) => isTold(one, nesting + 1)) && cellsIn(value).every(isKnown);
  };
  const changed: [number, Cell][] = [];
  for (const [at, cell] of done.changed) {
    if (!isKnown(at) || !insides(cell).every((one) => isTold(one, 0)) || !cellsIn(cell).every(isKnown))
      return;
    if (cell.kind === "entries" && [...cell.entries.values()].some(([key]) => !isPlain(key))) return;
    changed.push([at, copied(cell)]);
  }
  if (!isTold(done.value, 0)) return;
  effects.set(key, { ...done, changed, places, made: next - done.fresh });
}

/** Has a call's effect once more. */
export function repeat(machine: Machine, effect: Effect, cells: readonly number[]): Value {
  const { state, base, next } = machine;
  const { places, fresh, changed } = effect;
  machine.next += effect.made;
  step(machine, changed.length >> 3);
  const moved = (at: number): number => {
    const place = places.get(at);
    if (place !== undefined) return cells[place] ?? at;
    return isFixed(base, at) ? at : at - fresh + next;
  };
  for (const [at, cell] of changed) state?.cells.set(moved(at), movedCell(cell, state, moved));
  for (const one of effect.handedOn) machine.handedOn.add(one);
  return movedValue(effect.value, moved);
}

/** Cells of package variables, and of what these had at first. */
function isFixed(base: Layer, at: number): boolean {
  return at < 0 || base.cells.has(at);
}

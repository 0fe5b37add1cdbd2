/**
 * What others may have changed since all began, though no function assigns it by the name of a package variable: what is behind a
 * pointer, in a slice or a map that package variables hold, and exported variables. A function is run once with what was left there,
 * so that what is worked out from it is told; and again where that may be something else, so that ways are seen which it would not take.
 */
import { cellAt } from "./layers.ts";
import type { Machine } from "./machine.ts";
import { load, loadAll } from "./places.ts";
import { either, type Known, type Pointer, unknown, type Value } from "./values.ts";

/** What a package variable holds. */
export function loadGlobal(machine: Machine, at: number): Value {
  return orChanged(machine, at, loadAll(machine, at));
}

/** What was read in a cell; or something else too, one of these texts for one, if others may have changed it. */
export function orChanged(
  machine: Machine,
  at: number,
  value: Value,
  texts: () => readonly Known[] = () => [],
): Value {
  return isShared(machine, at) ? changedToo(machine, value, texts) : value;
}

/** A value that was read where others may have changed it. */
export function changedToo(machine: Machine, value: Value, texts: () => readonly Known[]): Value {
  switch (value.kind) {
    case "text":
    case "int":
    case "bool":
    case "nil":
    case "either":
      machine.hasLookedAtShared = true;
      return machine.isLater ? either([value, ...(value.kind === "text" ? texts() : []), unknown]) : value;
    case "struct":
      machine.hasLookedAtShared = true;
      return machine.isLater ? { ...value, isShared: true } : value;
    default:
      return value;
  }
}

/** The texts that are assigned to a field of what a pointer points to. */
export function fieldTextsIn(machine: Machine, pointer: Pointer, field: string): readonly Known[] {
  const held = load(machine, pointer);
  return held.kind === "struct" ? machine.fieldTexts(machine, held.named, field, false) : [];
}

/** Whether others may have changed what is in a cell, and nobody has in this evaluation. */
function isShared({ state, isEarly, origins, isForOthers }: Machine, at: number): boolean {
  if (state === undefined || isEarly || origins !== undefined || (at < 0 && !isForOthers(at))) return false;
  const cell = state.bottom?.cells.get(at);
  return cell !== undefined && cellAt(state, at) === cell;
}

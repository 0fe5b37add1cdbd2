/** What is no longer known. */

import { type Changes, rootOf } from "../model/code-changes.ts";
import type { Expression } from "../model/code-facts.ts";
import type { Machine } from "./machine.ts";
import { forgetWithin, load, store } from "./places.ts";
import { type Frame, type Pointer, unknown } from "./values.ts";

/** All that statements may change. */
export function forgetChanges(machine: Machine, frame: Frame, { assigned, within }: Changes): void {
  for (const variable of within) forgetVariable(machine, frame, variable);
  for (const variable of assigned) {
    const at = frame.variables.get(variable);
    if (at !== undefined) store(machine, { kind: "pointer", at, path: [] }, unknown);
  }
}

function forgetVariable(machine: Machine, frame: Frame, variable: number): void {
  const at = frame.variables.get(variable);
  if (at === undefined) return;
  const place: Pointer = { kind: "pointer", at, path: [] };
  const held = load(machine, place);
  if (held.kind === "list" || held.kind === "map" || held.kind === "pointer") forgetWithin(machine, held);
  else store(machine, place, unknown);
}

/** Something in, or behind, a target may be anything now. */
export function forgetTargets(machine: Machine, frame: Frame, target: Expression): void {
  const root = rootOf(target);
  if (root?.[0] === "var") forgetVariable(machine, frame, root[1]);
}

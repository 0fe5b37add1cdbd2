/** What is no longer known. */

import { type Changes, rootOf } from "../model/code-changes.ts";
import type { Expression } from "../model/code-facts.ts";
import { isCoarse, type Machine } from "./machine.ts";
import { forgetWithin, load, store } from "./places.ts";
import { cut, type Frame, type Pointer, type Unknown, unknown } from "./values.ts";

/** All that statements may change, which are not run to the end if steps have. */
export function forgetChanges(machine: Machine, frame: Frame, { assigned, within }: Changes): void {
  const fresh = isCoarse(machine) ? cut : unknown;
  for (const variable of within) forgetVariable(machine, frame, variable, fresh);
  for (const variable of assigned) {
    const at = frame.variables.get(variable);
    if (at !== undefined) store(machine, { kind: "pointer", at, path: [] }, fresh);
  }
}

function forgetVariable(machine: Machine, frame: Frame, variable: number, fresh: Unknown): void {
  const at = frame.variables.get(variable);
  if (at === undefined) return;
  const place: Pointer = { kind: "pointer", at, path: [] };
  const held = load(machine, place);
  if (held.kind === "list" || held.kind === "map" || held.kind === "pointer")
    forgetWithin(machine, held, fresh);
  else store(machine, place, fresh);
}

/** Something in, or behind, a target may be anything now. */
export function forgetTargets(machine: Machine, frame: Frame, target: Expression): void {
  const root = rootOf(target);
  if (root?.[0] === "var") forgetVariable(machine, frame, root[1], unknown);
}

/** What is no longer known. */

import { type Changes, rootOf } from "../model/code-changes.ts";
import type { Expression } from "../model/code-facts.ts";
import { isCoarse, type Machine } from "./machine.ts";
import { forgetWithin, load, store } from "./places.ts";
import { alternatives, cut, type Frame, type Known, pointerTo, type Unknown, unknown } from "./values.ts";

/** All that statements may change, which are not run to the end if steps have. */
export function forgetChanges(machine: Machine, frame: Frame, { assigned, within, globals }: Changes): void {
  const fresh = isCoarse(machine) ? cut : unknown;
  const { path } = frame.pkg;
  machine.forgetVariables(
    machine,
    [...globals].map((key) => (key.startsWith(".") ? `${path}${key}` : key)),
    fresh,
  );
  for (const variable of within) forgetVariable(machine, frame.variables.get(variable), fresh);
  for (const variable of assigned) {
    const at = frame.variables.get(variable);
    if (at !== undefined) store(machine, pointerTo(at), fresh);
  }
}

/** What is in a cell or, of what is shared with others, behind it. */
function forgetVariable(machine: Machine, at: number | undefined, fresh: Unknown): void {
  if (at === undefined) return;
  const place = pointerTo(at);
  const held = load(machine, place);
  if (held.kind === "unknown" && held.struct !== undefined) {
    // Of which type it is does not change.
    machine.changes++;
    const { from: _, ...rest } = held;
    store(machine, place, { ...rest, cut: held.cut || fresh.cut });
  } else if (alternatives(held).some(isShared)) forgetWithin(machine, held, fresh);
  else store(machine, place, fresh);
}

function isShared({ kind }: Known): boolean {
  return kind === "list" || kind === "map" || kind === "pointer";
}

/** Something in, or behind, a target may be anything now. */
export function forgetTargets(machine: Machine, frame: Frame, target: Expression): void {
  const root = rootOf(target);
  if (root?.[0] === "var") forgetVariable(machine, frame.variables.get(root[1]), unknown);
  if (root?.[0] === "global")
    forgetVariable(
      machine,
      machine.variableAt(machine, root[1] || frame.pkg.path, root[2], root[3]),
      unknown,
    );
}

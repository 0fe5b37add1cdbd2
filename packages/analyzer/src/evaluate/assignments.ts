/** What is assigned to. */
import type { Target } from "../model/code-facts.ts";
import { forgetTargets } from "./forget.ts";
import { type Machine, newCell } from "./machine.ts";
import { placeOf, store, storeEntry } from "./places.ts";
import { type Frame, unknown, type Value } from "./values.ts";

/** `target = value`, also where it declares the target. */
export function assignTo(machine: Machine, frame: Frame, target: Target, value: Value): void {
  const held = value.kind === "tuple" ? unknown : value;
  switch (target[0]) {
    case "_":
      return;
    case "new":
      frame.variables.set(target[1], newCell(machine, held));
      return;
    case "index": {
      const container = machine.evaluate(machine, frame, target[1]);
      if (container.kind === "map") {
        storeEntry(machine, container.at, machine.evaluate(machine, frame, target[2]), held);
        return;
      }
      break;
    }
    default:
  }
  const place = placeOf(machine, frame, target);
  if (place === undefined) forgetTargets(machine, frame, target);
  else store(machine, place, held);
}

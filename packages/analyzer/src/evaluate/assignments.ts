/** What is assigned to. */
import type { Target } from "../model/code-facts.ts";
import { forgetTargets } from "./forget.ts";
import { type Machine, newCell } from "./machine.ts";
import { load, placeOf, store, storeEntry } from "./places.ts";
import { type Frame, type Pointer, unknown, type Value } from "./values.ts";

function noteField(machine: Machine, place: Pointer | undefined, name: string, value: Value): void {
  const whole = place && load(machine, { ...place, path: place.path.slice(0, -1) });
  machine.origins?.stored(machine, whole?.kind === "struct" ? whole.named : "", name, value);
}

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
  if (machine.origins !== undefined && target[0] === ".") noteField(machine, place, target[2], held);
  if (place === undefined) forgetTargets(machine, frame, target);
  else store(machine, place, held);
}

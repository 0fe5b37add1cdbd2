/** What is assigned to. */
import type { Target } from "../model/code-facts.ts";
import { forgetTargets } from "./forget.ts";
import { type Machine, newCell } from "./machine.ts";
import { entryAt, forgetWithin, itemIn, load, placeOf, store, storeEntry } from "./places.ts";
import { alternatives, type Frame, joined, type Pointer, unknown, type Value, within } from "./values.ts";

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
  if (place !== undefined) store(machine, place, held);
  else if (!storeInEach(machine, frame, target, held)) forgetTargets(machine, frame, target);
}

/** What one of several pointers points to, or lists and maps hold, may have the value then. False if it is no such target. */
function storeInEach(machine: Machine, frame: Frame, target: Target, value: Value): boolean {
  if (target[0] === "index") return storeInContainers(machine, frame, target, value);
  if (target[0] !== "*" && target[0] !== ".") return false;
  const [kind, base, name] = target;
  const pointers = alternatives(machine.evaluate(machine, frame, base)).filter(
    (one) => one.kind === "pointer",
  );
  for (const one of pointers) storeMaybe(machine, kind === "." ? within(one, name) : one, value);
  return pointers.length > 0;
}

function storeMaybe(machine: Machine, place: Pointer, value: Value): void {
  store(machine, place, joined(load(machine, place), value));
}

/** What one of several containers holds at an index, or under a key, may be the value then. */
function storeInContainers(
  machine: Machine,
  frame: Frame,
  [, base, index]: Extract<Target, readonly ["index", ...unknown[]]>,
  value: Value,
): boolean {
  const container = machine.evaluate(machine, frame, base);
  if (container.kind !== "either") return false;
  const key = machine.evaluate(machine, frame, index);
  for (const one of container.of) {
    const place = one.kind === "list" && key.kind === "int" ? itemIn(one, Number(key.int)) : undefined;
    if (place !== undefined) storeMaybe(machine, place, value);
    else if (one.kind === "map")
      storeEntry(machine, one.at, key, joined(entryAt(machine, one.at, key) ?? unknown, value));
    else forgetWithin(machine, one);
  }
  return true;
}

/** What variables have at first. */
import { type CodeType, isPointerType } from "../model/code-facts.ts";
import { type Machine, step } from "./machine.ts";
import { bool, int, nil, type Origin, type Struct, text, unknown, type Value } from "./values.ts";

/** Of no constant. */
const none: Origin = { by: 0, pieces: 0 };

const noFields: Struct["fields"] = new Map();
const [emptyText, zero, no] = [text("", none), int(0, none), bool(false, none)];

export function zeroOf(machine: Machine, type: CodeType): Value {
  if (typeof type !== "string") {
    if (type[0] !== "array") return nil;
    const [, length, element] = type;
    if (length > machine.limits.size || !step(machine, length >> 3)) return unknown;
    const known = machine.zeros.get(type);
    if (known !== undefined) {
      // As if it were made, whoever made it.
      step(machine, known.steps);
      return known.value;
    }
    const before = machine.steps;
    const first = zeroOf(machine, element);
    const value: Value = { kind: "array", items: Array.from({ length }, () => first), type: element };
    machine.zeros.set(type, { value, steps: machine.steps - before });
    return value;
  }
  switch (type) {
    case "s":
      return emptyText;
    case "b":
      return no;
    case "n":
    case "E":
      return nil;
    default:
      if (isPointerType(type)) return nil;
      if (type.startsWith("S")) return { kind: "struct", named: type.slice(2), fields: noFields };
      return /^[iu]\d/.test(type) ? zero : unknown;
  }
}

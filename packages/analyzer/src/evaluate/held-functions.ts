/** Functions in maps that a call is given: whoever has the map may call them by their names. */
import type { Target } from "../model/facts.ts";
import { functionId } from "../model/function-id.ts";
import { cellAt } from "./layers.ts";
import type { Machine } from "./machine.ts";
import { alternatives, type Known, type Value } from "./values.ts";

/** Functions of one map that are told. */
const functionLimit = 500;

/** Their ids, in the order of the map's keys as they were put there; none of what is not known. */
export function functionsIn(machine: Machine, value: Value): readonly string[] {
  const held = alternatives(value).flatMap((one) => entriesOf(machine, one));
  return held.flatMap(alternatives).flatMap(idOf).slice(0, functionLimit);
}

function entriesOf(machine: Machine, one: Known): readonly Value[] {
  if (one.kind !== "map" || machine.state === undefined) return [];
  const cell = cellAt(machine.state, one.at);
  return cell.kind === "entries" ? [...cell.entries.values()].map(([, value]) => value) : [];
}

function idOf(one: Known): readonly string[] {
  if (one.kind !== "function") return [];
  const target: Target | undefined = "named" in one ? one.named.target : one.use?.target;
  if (target?.kind === "function") return [target.id];
  return target?.kind === "qualified" ? [functionId(target.package, target.name)] : [];
}

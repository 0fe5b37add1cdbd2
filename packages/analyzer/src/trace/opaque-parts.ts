/**
 * Fields whose values have parts without a place of their own: values of types whose code is not followed, such as
 * `*http.Request`. What is put into a part of one is in what the field holds, wherever that is.
 */
import type { Program } from "../link/program.ts";
import { type FlowLists, firstShared, nothing, type PlaceNumber } from "../model/flow-facts.ts";
import { packageOf } from "../model/function-id.ts";
import { holderName, type Places } from "./places.ts";

/** Those from which a function takes a value, or to which it gives one, of which it reads or sets a field. Linear in the facts. */
export function fieldsWithOpaqueParts(
  { functions, packageByPath }: Pick<Program, "functions" | "packageByPath">,
  places: Places,
): ReadonlySet<number> {
  const found = new Set<number>();
  for (const { facts, pkg } of functions) {
    if (facts.flows === undefined) continue;
    const isField = (place: PlaceNumber) => pkg.places[firstShared - place]?.[0] === "field";
    const isOpaque = (place: PlaceNumber) => {
      const shared = pkg.places[firstShared - place];
      return shared?.[0] === "field" && !packageByPath.has(packageOf(holderName(pkg, shared[1])));
    };
    const held = withParts(facts.flows, isOpaque);
    if (held.size === 0) continue;
    const note = (value: PlaceNumber = nothing, shared: PlaceNumber = nothing) => {
      if (held.has(value) && isField(shared) && !isOpaque(shared)) found.add(places.of(pkg, 0, shared));
    };
    const { load = [], store = [] } = facts.flows;
    for (let at = 0; at < load.length; at += 3) note(load[at], load[at + 1]);
    for (let at = 0; at < store.length; at += 3) note(store[at + 1], store[at]);
  }
  return found;
}

/** The places in a function of which a field is read or set that says, and what these were assigned from. */
function withParts(
  { load = [], store = [], assign = [] }: FlowLists,
  isOpaque: (place: PlaceNumber) => boolean,
): ReadonlySet<PlaceNumber> {
  const held = new Set<PlaceNumber>();
  for (let at = 0; at < load.length; at += 3)
    if (isOpaque(load[at + 1] ?? nothing)) held.add(load[at + 2] ?? nothing);
  for (let at = 0; at < store.length; at += 3)
    if (isOpaque(store[at] ?? nothing)) held.add(store[at + 2] ?? nothing);
  if (held.size === 0) return held;
  const given = new Map<PlaceNumber, PlaceNumber[]>();
  for (let at = 0; at < assign.length; at += 2) {
    const [to, from] = [assign[at] ?? nothing, assign[at + 1] ?? nothing];
    const known = given.get(to);
    if (known === undefined) given.set(to, [from]);
    else known.push(from);
  }
  // A set that grows is gone through to its end.
  for (const place of held) for (const from of given.get(place) ?? []) held.add(from);
  return held;
}

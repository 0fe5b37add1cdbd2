/**
 * Which places of a function, its closures included, something may be put into by the function itself: what has the
 * address of one elsewhere then finds it there. Linear in the flows of a function, once for each that is asked about.
 */
import { type CallFacts, type FlowLists, listsOf, type PlaceNumber } from "../../model/flow-facts.ts";
import type { DeclaredFunction } from "../declarations.ts";

export function changedPlaces(functions: readonly DeclaredFunction[]): ReadonlySet<PlaceNumber> {
  const changed = new Set<PlaceNumber>();
  for (const { facts, ranges } of functions) {
    for (const { yields } of ranges) addAll(changed, yields.slice(1));
    addAll(changed, facts.flows?.results);
    for (const lists of listsOf(facts.flows)) addLists(changed, lists);
  }
  return changed;
}

/** What is converted to an interface, kept in a shared place or passed on may be changed by whoever finds it there. */
function addLists(changed: Set<PlaceNumber>, lists: FlowLists): void {
  addEach(changed, lists.assign, 2, [0]);
  addEach(changed, lists.load, 3, [0]);
  addEach(changed, lists.store, 3, [1]);
  addEach(changed, lists.convert, 3, [0, 1]);
  addEach(changed, lists.assert, 3, [0]);
  addEach(changed, lists.functions, 3, [0, 2]);
  for (const places of lists.yields ?? noYields) addAll(changed, places.slice(1));
  for (const [, , , callee, given, results, details] of lists.calls ?? noCalls) {
    // A function value, or what is in an interface: not what has its address.
    if (details?.type === undefined) changed.add(callee);
    addAll(changed, given);
    addAll(changed, results);
  }
}

const noYields: NonNullable<FlowLists["yields"]> = [];
const noCalls: readonly CallFacts[] = [];

function addAll(changed: Set<PlaceNumber>, places: readonly PlaceNumber[] = []): void {
  for (const place of places) changed.add(place);
}

/** Of a list of so many numbers at a time those that are at some places among them. */
function addEach(
  changed: Set<PlaceNumber>,
  list: readonly number[] | undefined,
  size: number,
  which: readonly number[],
): void {
  if (list === undefined) return;
  for (let at = 0; at < list.length; at += size) for (const one of which) changed.add(list[at + one] ?? -1);
}

/**
 * Ranges over functions of the program: what the function yields is in the variables of the range. Which function that
 * is, is followed through assignments, results of calls, and what callers give. Missed: functions from fields and containers.
 */
import type { BuildSet } from "../constraints/index.ts";
import { append } from "../link/declarations.ts";
import type { Program } from "../link/program.ts";
import { nothing, type PlaceNumber } from "../model/flow-facts.ts";
import { doubtLimit } from "./links.ts";
import { listsOf, type Unit, type Units } from "./units.ts";

/** A range over a function. */
export interface Ranger {
  /** Numbers of the function that has the range, and of that which is ranged over. */
  readonly fn: number;
  readonly over: number;
  /** How many functions calls may run on the way to it. */
  readonly doubt: number;
  readonly builds: BuildSet;
  /** What a call yields, by its place among those of the unit of `over`, and where it gets in that of `fn`. */
  readonly moves: readonly (readonly [from: PlaceNumber, to: PlaceNumber])[];
}

/** By the units that are ranged over. Linear in the program, and in ranges times what leads to what they range over. */
export function rangersOf(program: Program, units: Units): ReadonlyMap<Unit, readonly Ranger[]> {
  const found = new Map<Unit, Ranger[]>();
  const search: Search = { program, units, sources: new Map(), known: new Map() };
  for (const unit of units.all)
    for (const fn of unit.functions) {
      const { facts, builds } = units.functionAt(fn);
      for (const lists of listsOf(facts.flows))
        for (const [, from, ...places] of lists.yields ?? [])
          for (const { fn: over, doubt } of functionsAt(search, { fn, place: from }, 0)) {
            const other = units.unitOf(over);
            if (other === undefined) continue;
            const moves = yieldedBy(units, other, over).flatMap((given) =>
              given.flatMap((one, index): [PlaceNumber, PlaceNumber][] => {
                const to = places[index] ?? nothing;
                return one === nothing || to === nothing ? [] : [[one, to]];
              }),
            );
            const both = program.builds.and(builds, units.functionAt(over).builds);
            if (moves.length > 0 && !program.builds.isEmpty(both))
              append(found, other, { fn, over, doubt, builds: both, moves });
          }
    }
  return found;
}

/** What the calls of what a function is given first are given. */
function yieldedBy(units: Units, unit: Unit, fn: number): readonly (readonly PlaceNumber[])[] {
  const { facts } = units.functionAt(fn);
  const body = facts.flows?.parameters?.[facts.kind === "method" ? 1 : 0] ?? nothing;
  if (body < 0) return [];
  return unit.functions.flatMap((one) =>
    listsOf(units.functionAt(one).facts.flows).flatMap(({ calls = [] }) =>
      calls.flatMap(([, , , callee, given]) => (callee === body ? [given] : [])),
    ),
  );
}

interface Search {
  readonly program: Program;
  readonly units: Units;
  /** Of units, what gets to a place at once. */
  readonly sources: Map<Unit, ReadonlyMap<PlaceNumber, readonly Source[]>>;
  /** Of units, by place and calls: what was found. */
  readonly known: Map<Unit, Map<number, readonly Reached[]>>;
}

type Source =
  | { readonly kind: "place"; readonly place: PlaceNumber }
  | { readonly kind: "function"; readonly id: string }
  | { readonly kind: "parameter"; readonly fn: number; readonly index: number }
  | { readonly kind: "result"; readonly fn: number; readonly use: number; readonly index: number };

interface Held {
  readonly fn: number;
  readonly place: PlaceNumber;
}

interface Reached {
  readonly fn: number;
  readonly doubt: number;
}

/** Calls one behind the other whose results, or arguments, are looked at. */
const callLimit = 3;

/** The functions that a value may be. Each place is looked at once for each number of calls. */
function functionsAt(search: Search, { fn, place }: Held, calls: number): readonly Reached[] {
  const unit = search.units.unitOf(fn);
  if (unit === undefined || place < 0) return [];
  let known = search.known.get(unit);
  if (known === undefined) search.known.set(unit, (known = new Map()));
  const key = place * (callLimit + 1) + calls;
  let found = known.get(key);
  if (found === undefined) known.set(key, (found = searchFrom(search, unit, { place, calls })));
  return found;
}

interface From {
  readonly place: PlaceNumber;
  readonly calls: number;
}

function searchFrom(search: Search, unit: Unit, { place, calls }: From): Reached[] {
  const { program, units } = search;
  const sources = sourcesIn(search, unit);
  const found = new Map<number, number>();
  const places = new Set([place]);
  // The set grows while it is walked.
  for (const at of places)
    for (const source of sources.get(at) ?? []) {
      if (source.kind === "place") places.add(source.place);
      else if (source.kind === "function")
        for (const one of program.byId.get(source.id) ?? []) found.set(units.standsFor(one), 0);
      else if (calls < callLimit)
        for (const { fn: one, doubt } of source.kind === "result"
          ? resultsOf(search, source, calls)
          : argumentsOf(search, source, calls))
          if (doubt < (found.get(one) ?? doubtLimit + 1)) found.set(one, doubt);
    }
  return [...found].map(([one, doubt]) => ({ fn: one, doubt }));
}

function resultsOf(
  search: Search,
  { fn, use: number, index }: Extract<Source, { readonly kind: "result" }>,
  calls: number,
): Reached[] {
  const { units } = search;
  const use = units.functionAt(fn).facts.uses[number];
  const edges = (use && units.edgesOf(fn).get(use)) ?? [];
  return edges.flatMap(({ to, breadth }) => {
    const place = units.functionAt(to).facts.flows?.results?.[index] ?? nothing;
    return functionsAt(search, { fn: to, place }, calls + 1)
      .map((one) => ({ ...one, doubt: one.doubt + breadth }))
      .filter(({ doubt }) => doubt <= doubtLimit);
  });
}

function argumentsOf(
  search: Search,
  { fn, index }: Extract<Source, { readonly kind: "parameter" }>,
  calls: number,
): Reached[] {
  const { program, units } = search;
  const receivers = units.functionAt(fn).facts.kind === "method" ? 1 : 0;
  return (program.callers[fn] ?? []).slice(0, callerLimit).flatMap(({ from, use, breadth }) => {
    const caller = units.standsFor(from);
    const { facts } = units.functionAt(caller);
    const places = listsOf(facts.flows).flatMap(({ calls: all = [] }) =>
      all.flatMap(([number, , , , given]) =>
        facts.uses[number] === use ? (given[index - receivers] ?? []) : [],
      ),
    );
    return places
      .flatMap((place) => functionsAt(search, { fn: caller, place }, calls + 1))
      .map((one) => ({ ...one, doubt: one.doubt + breadth }))
      .filter(({ doubt }) => doubt <= doubtLimit);
  });
}

/** Callers whose arguments are looked at. */
const callerLimit = 100;

function sourcesIn({ units, sources }: Search, unit: Unit): ReadonlyMap<PlaceNumber, readonly Source[]> {
  const known = sources.get(unit);
  if (known !== undefined) return known;
  const found = new Map<PlaceNumber, Source[]>();
  for (const fn of unit.functions) {
    const { facts, pkg } = units.functionAt(fn);
    facts.flows?.parameters?.forEach((place, index) => {
      append(found, place, { kind: "parameter", fn, index });
    });
    for (const { assign = [], convert = [], functions = [], calls = [] } of listsOf(facts.flows)) {
      for (let at = 0; at < assign.length; at += 2)
        append(found, assign[at] ?? nothing, { kind: "place", place: assign[at + 1] ?? nothing });
      for (let at = 0; at < convert.length; at += 3)
        append(found, convert[at] ?? nothing, { kind: "place", place: convert[at + 1] ?? nothing });
      for (let at = 0; at < functions.length; at += 3) {
        const term = pkg.functionValues[functions[at + 1] ?? nothing];
        if (term?.[0] === "function")
          append(found, functions[at] ?? nothing, { kind: "function", id: term[1] });
      }
      for (const [use, , , , , results = []] of calls)
        results.forEach((place, index) => {
          append(found, place, { kind: "result", fn, use, index });
        });
    }
  }
  sources.set(unit, found);
  return found;
}

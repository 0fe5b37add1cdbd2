/**
 * Ranges over functions of the program: what the function yields is in the variables of the range, and in what comes of
 * functions that are not followed and are given it: `slices.Collect(seq)`. Which function that is, is followed through
 * assignments, results of calls, and what callers give; what yields, through assignments and calls that are given it. Missed:
 * functions from fields and containers; of many callers all but the first; more calls one behind the other than a few.
 */
import type { BuildSet } from "../constraints/index.ts";
import { append } from "../link/declarations.ts";
import type { Edge } from "../link/edge.ts";
import type { Program } from "../link/program.ts";
import { type CallFacts, listsOf, nothing, type PlaceNumber } from "../model/flow-facts.ts";
import { doubtLimit, type FlowSite } from "./links.ts";
import type { Unit, Units } from "./units.ts";

/** A range over a function. */
export interface Ranger {
  /** The function that has the range. */
  readonly fn: number;
  /** The function that is ranged over, as what is left; by which call, where that made it. */
  readonly site: FlowSite;
  /** How many functions calls may run on the way to it. */
  readonly doubt: number;
  readonly builds: BuildSet;
  /** What a call yields, by its place among those of the unit that has the call, and where it gets in that of `fn`. */
  readonly moves: readonly (readonly [from: PlaceNumber, to: PlaceNumber])[];
}

/** By the units in which something is yielded. Linear in the program, and in ranges times what leads to what they range over. */
export function rangersOf(program: Program, units: Units): ReadonlyMap<Unit, readonly Ranger[]> {
  const search: Search = {
    program,
    units,
    uses: new Map(),
    yields: new Map(),
    sources: new Map(),
    known: new Map(),
  };
  const found = new Map<Unit, Ranger[]>();
  for (const unit of units.all)
    for (const fn of unit.functions)
      for (const { yields = [], calls = [] } of listsOf(units.functionAt(fn).facts.flows)) {
        for (const [, from, ...into] of yields) {
          const over = functionsAt(search, { fn, place: from }, 0);
          // No way goes through more.
          if (over.length > doubtLimit) continue;
          const least = over.length > 1 ? over.length : 0;
          for (const one of over)
            addRangers(search, found, { ...one, doubt: Math.max(one.doubt, least), into, by: fn });
        }
        for (const call of calls)
          for (const { to, breadth } of handedOn(search, fn, call))
            addRangers(search, found, {
              fn: units.standsFor(to),
              doubt: breadth,
              into: resultOf(call),
              by: fn,
            });
      }
  return found;
}

/** The first result, whatever number what is yielded has. */
function resultOf([, , , , , [result = nothing] = []]: CallFacts): readonly PlaceNumber[] {
  return [result, result];
}

/** Functions that one which is not followed is given. */
function handedOn({ program, units }: Search, fn: number, [number, , , , given, results]: CallFacts): Edge[] {
  if (results === undefined || given.length === 0) return [];
  const use = units.functionAt(fn).facts.uses[number];
  if (use?.target.kind !== "qualified" || program.packageByPath.has(use.target.package)) return [];
  return (units.edgesOf(fn).get(use) ?? []).filter(({ to, breadth }) => {
    return breadth <= doubtLimit && units.unitOf(to) !== undefined;
  });
}

interface Ranged extends Reached {
  readonly into: readonly PlaceNumber[];
  readonly by: number;
}

function addRangers(
  search: Search,
  found: Map<Unit, Ranger[]>,
  { fn: over, doubt, made, into, by }: Ranged,
): void {
  const { program, units } = search;
  const builds = program.builds.and(units.functionAt(by).builds, units.functionAt(over).builds);
  if (program.builds.isEmpty(builds)) return;
  const site: FlowSite = { fn: by, callee: over, ...made, name: units.functionAt(over).facts.id };
  for (const { unit, given } of yieldsOf(search, over)) {
    const moves = given.flatMap((from, index): [PlaceNumber, PlaceNumber][] => {
      const to = into[index] ?? nothing;
      return from < 0 || to < 0 ? [] : [[from, to]];
    });
    if (moves.length > 0) append(found, unit, { fn: by, site, doubt, builds, moves });
  }
}

interface Search {
  readonly program: Program;
  readonly units: Units;
  readonly uses: Map<Unit, PlaceUses>;
  readonly yields: Map<number, readonly Yield[]>;
  /** Of units, what gets to a place at once. */
  readonly sources: Map<Unit, ReadonlyMap<PlaceNumber, readonly Source[]>>;
  /** Of units, by place and calls: what was found. */
  readonly known: Map<Unit, Map<number, readonly Reached[]>>;
}

/** What is yielded, by its places in a unit. */
interface Yield {
  readonly unit: Unit;
  readonly given: readonly PlaceNumber[];
}

/** Calls one behind the other whose results, or arguments, are looked at. */
const callLimit = 3;

/** What the calls of what a function is given first are given, wherever it is handed to. */
function yieldsOf(search: Search, over: number): readonly Yield[] {
  const known = search.yields.get(over);
  if (known !== undefined) return known;
  const { units } = search;
  const found: Yield[] = [];
  const pending: Handed[] = [];
  const seen = new Map<Unit, Set<PlaceNumber>>();
  const add = (unit: Unit | undefined, place: PlaceNumber, calls: number) => {
    if (unit === undefined || place < 0 || calls > callLimit) return;
    const places = seen.get(unit) ?? new Set<PlaceNumber>();
    seen.set(unit, places);
    if (places.has(place)) return;
    places.add(place);
    pending.push({ unit, place, calls });
  };
  add(units.unitOf(over), parameterAt(units, over, 0), 0);
  for (let now = pending.pop(); now !== undefined; now = pending.pop()) {
    const { unit, place, calls } = now;
    const { assigned, called, handed } = usesIn(search, unit);
    for (const to of assigned.get(place) ?? []) add(unit, to, calls);
    for (const given of called.get(place) ?? []) found.push({ unit, given });
    for (const { fn, call, index } of handed.get(place) ?? []) {
      const [number, , , callee, given] = call;
      const use = units.functionAt(fn).facts.uses[number];
      const bodies = ((use && units.edgesOf(fn).get(use)) ?? []).filter(
        ({ to }) => units.unitOf(to) !== undefined,
      );
      for (const { to } of bodies) add(units.unitOf(to), parameterAt(units, to, index), calls + 1);
      // It is called with anything that is there.
      if (bodies.length === 0)
        for (const one of [callee, ...given]) if (one !== place) found.push({ unit, given: [one, one] });
    }
  }
  search.yields.set(over, found);
  return found;
}

interface Handed {
  readonly unit: Unit;
  readonly place: PlaceNumber;
  readonly calls: number;
}

/** Without the receiver. */
function parameterAt(units: Units, fn: number, index: number): PlaceNumber {
  const { facts } = units.functionAt(fn);
  return facts.flows?.parameters?.[index + (facts.kind === "method" ? 1 : 0)] ?? nothing;
}

/** What is done with the places of a unit. */
interface PlaceUses {
  readonly assigned: ReadonlyMap<PlaceNumber, readonly PlaceNumber[]>;
  /** What calls of it are given. */
  readonly called: ReadonlyMap<PlaceNumber, readonly (readonly PlaceNumber[])[]>;
  /** Calls that are given it. */
  readonly handed: ReadonlyMap<PlaceNumber, readonly HandedTo[]>;
}

interface HandedTo {
  readonly fn: number;
  readonly call: CallFacts;
  readonly index: number;
}

function usesIn({ units, uses }: Search, unit: Unit): PlaceUses {
  const known = uses.get(unit);
  if (known !== undefined) return known;
  const assigned = new Map<PlaceNumber, PlaceNumber[]>();
  const called = new Map<PlaceNumber, (readonly PlaceNumber[])[]>();
  const handed = new Map<PlaceNumber, HandedTo[]>();
  for (const fn of unit.functions)
    for (const { assign = [], convert = [], calls = [] } of listsOf(units.functionAt(fn).facts.flows)) {
      for (let at = 0; at < assign.length; at += 2)
        append(assigned, assign[at + 1] ?? nothing, assign[at] ?? nothing);
      for (let at = 0; at < convert.length; at += 3)
        append(assigned, convert[at + 1] ?? nothing, convert[at] ?? nothing);
      for (const call of calls) {
        append(called, call[3], call[4]);
        call[4].forEach((place, index) => {
          append(handed, place, { fn, call, index });
        });
      }
    }
  const found = { assigned, called, handed };
  uses.set(unit, found);
  return found;
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
  /** The call that made it, if that is known: of the function in which it is, where it is looked for. */
  readonly made?: Pick<FlowSite, "use" | "callee">;
}

/** The functions that a value may be; some more than are believed where there are too many. Each place is looked at once for each number of calls. */
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
  const sources = sourcesIn(search, unit);
  const found = new Map<number, Reached>();
  const add = (one: Reached) => {
    const before = found.get(one.fn);
    if (before === undefined) found.set(one.fn, one);
    // Which of several calls made it is not known.
    else found.set(one.fn, { fn: one.fn, doubt: Math.min(before.doubt, one.doubt) });
  };
  const places = new Set([place]);
  // The set grows while it is walked.
  for (const at of places)
    for (const source of sources.get(at) ?? []) {
      if (found.size > doubtLimit) return [...found.values()];
      if (source.kind === "place") places.add(source.place);
      else for (const one of reachedFrom(search, source, calls)) add(one);
    }
  return [...found.values()];
}

function reachedFrom(
  search: Search,
  source: Exclude<Source, { readonly kind: "place" }>,
  calls: number,
): Reached[] {
  const { program, units } = search;
  if (source.kind === "function")
    return (program.byId.get(source.id) ?? []).map((one) => ({ fn: units.standsFor(one), doubt: 0 }));
  if (calls >= callLimit) return [];
  return source.kind === "result" ? resultsOf(search, source, calls) : argumentsOf(search, source, calls);
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
    const callee = units.standsFor(to);
    return functionsAt(search, { fn: to, place }, calls + 1)
      .map((one): Reached => {
        const reached = { fn: one.fn, doubt: one.doubt + breadth };
        const isOwn = use !== undefined && calls === 0 && units.unitOf(one.fn) === units.unitOf(to);
        return isOwn ? { ...reached, made: { use, callee } } : reached;
      })
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
  const byCaller = (program.callers[fn] ?? []).slice(0, callerLimit).map(({ from, use, breadth }) => {
    const caller = units.standsFor(from);
    const { facts } = units.functionAt(caller);
    const places = listsOf(facts.flows).flatMap(({ calls: all = [] }) =>
      all.flatMap(([number, , , , given]) =>
        facts.uses[number] === use ? (given[index - receivers] ?? []) : [],
      ),
    );
    return places
      .flatMap((place) => functionsAt(search, { fn: caller, place }, calls + 1))
      .map((one) => ({ fn: one.fn, doubt: one.doubt + breadth }));
  });
  // By which of several calls it came is forgotten.
  const more = byCaller.filter((list) => list.length > 0).length > 1 ? 1 : 0;
  return byCaller
    .flat()
    .map(({ fn: one, doubt }) => ({ fn: one, doubt: doubt + more }))
    .filter(({ doubt }) => doubt <= doubtLimit);
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
    for (const { assign = [], convert = [], assert = [], functions = [], calls = [] } of listsOf(
      facts.flows,
    )) {
      for (let at = 0; at < assign.length; at += 2)
        append(found, assign[at] ?? nothing, { kind: "place", place: assign[at + 1] ?? nothing });
      for (const list of [convert, assert])
        for (let at = 0; at < list.length; at += 3)
          append(found, list[at] ?? nothing, { kind: "place", place: list[at + 1] ?? nothing });
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

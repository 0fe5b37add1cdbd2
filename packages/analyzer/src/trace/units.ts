/**
 * The functions of a program as flows have them: a declared function and the closures in it are one unit, whose
 * places are numbered together; the copies of a generic function are one function.
 */
import type { Edge, LinkedFunction } from "../link/edge.ts";
import type { Program } from "../link/program.ts";
import type { UseFacts } from "../model/facts.ts";
import { type FlowFacts, listsOf, nothing, type PlaceNumber, panicked } from "../model/flow-facts.ts";
import type { Places } from "./places.ts";

export interface Unit {
  /** Numbers of its functions in the program, the outer one first. */
  readonly functions: readonly number[];
  /** Its first place; set when it is numbered. */
  base: number;
  /** Its links are known. */
  loaded: boolean;
}

/** That a place is a parameter or result of a function. */
export interface Role {
  readonly fn: number;
  /** Undefined of a result that is no parameter. The receiver is the first. */
  readonly parameter: number | undefined;
  readonly isResult: boolean;
}

export interface Units {
  readonly all: readonly Unit[];
  readonly functionAt: (fn: number) => LinkedFunction;
  /** Undefined of functions that are not followed: those of the standard library. */
  readonly unitOf: (fn: number) => Unit | undefined;
  /** The number that stands for a function and its copies. */
  readonly standsFor: (fn: number) => number;
  /** What the calls in a function may run, by use. */
  readonly edgesOf: (fn: number) => ReadonlyMap<UseFacts, readonly Edge[]>;
  /** The functions that may call one. */
  readonly callersOf: (fn: number) => readonly number[];
  /** Numbers the places of a unit; its first one. */
  readonly baseOf: (unit: Unit) => number;
  /** What a place is of a function; undefined of those that are neither a parameter nor a result. */
  readonly roleOf: (place: number) => Role | undefined;
  /** The unit that a place is of; undefined of those that functions share. O(log n). */
  readonly ownerOf: (place: number) => Unit | undefined;
  /** The units that mention a place that functions share. */
  readonly mentioning: (place: number) => readonly Unit[];
}

/** Linear in the program. */
export function createUnits(program: Program, places: Places): Units {
  const { functions, callers } = program;
  const first = new Map<LinkedFunction, number>();
  const copies = new Map<number, number[]>();
  const byRoot = new Map<number, number[]>();
  functions.forEach((one, fn) => {
    const known = first.get(one);
    if (known !== undefined) {
      put(copies, known, fn);
      return;
    }
    first.set(one, fn);
    put(copies, fn, fn);
    if (!program.isStandard(one.pkg)) put(byRoot, one.root, fn);
  });
  const all = [...byRoot.values()].map((list): Unit => ({ functions: list, base: -1, loaded: false }));
  const units = new Map(all.flatMap((unit) => unit.functions.map((fn) => [fn, unit] as const)));
  const outgoing = edgeRanges(program);
  // By place.
  const roles: (Role | undefined)[] = [];
  const ranges: { readonly from: number; readonly to: number; readonly unit: Unit }[] = [];
  const functionAt = (fn: number): LinkedFunction => {
    const found = functions[fn];
    if (found === undefined) throw new Error(`there is no function ${fn}`);
    return found;
  };
  const standsFor = (fn: number) => first.get(functionAt(fn)) ?? fn;
  let mentions: ReadonlyMap<number, readonly Unit[]> | undefined;
  return {
    all,
    functionAt,
    standsFor,
    unitOf: (fn) => units.get(standsFor(fn)),
    edgesOf: (fn) => {
      const byUse = new Map<UseFacts, Edge[]>();
      for (const copy of copies.get(fn) ?? []) for (const edge of outgoing(copy)) put(byUse, edge.use, edge);
      return byUse;
    },
    callersOf: (fn) => {
      const found = new Set<number>();
      for (const copy of copies.get(fn) ?? [])
        for (const { from } of callers[copy] ?? []) found.add(standsFor(from));
      return [...found];
    },
    baseOf: (unit) => {
      if (unit.base >= 0) return unit.base;
      const size = unit.functions.reduce(
        (most, fn) => Math.max(most, placesIn(functionAt(fn).facts.flows)),
        0,
      );
      unit.base = places.add(size);
      ranges.push({ from: unit.base, to: unit.base + size, unit });
      while (roles.length < unit.base + size) roles.push(undefined);
      for (const fn of unit.functions) {
        const { parameters = [], results = [] } = functionAt(fn).facts.flows ?? {};
        parameters.forEach((place, parameter) => {
          if (place >= 0) roles[unit.base + place] = { fn, parameter, isResult: false };
        });
        for (const result of results) {
          const place = unit.base + result;
          if (result >= 0) roles[place] = { fn, parameter: roles[place]?.parameter, isResult: true };
        }
      }
      return unit.base;
    },
    ownerOf: (place) => {
      // Places are numbered upwards.
      let [low, high] = [0, ranges.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((ranges[middle]?.to ?? 0) <= place) low = middle + 1;
        else high = middle;
      }
      const found = ranges[low];
      return found !== undefined && found.from <= place ? found.unit : undefined;
    },
    roleOf: (place) => roles[place],
    mentioning: (place) => (mentions ??= mentionedPlaces(all, functionAt, places)).get(place) ?? [],
  };
}

function put<K, T>(lists: Map<K, T[]>, key: K, item: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}

/** Edges are sorted by their caller. */
function edgeRanges({ edges, functions }: Program): (from: number) => readonly Edge[] {
  const starts = new Int32Array(functions.length + 1);
  for (const { from } of edges) starts[from + 1] = (starts[from + 1] ?? 0) + 1;
  for (let fn = 1; fn < starts.length; fn++) starts[fn] = (starts[fn] ?? 0) + (starts[fn - 1] ?? 0);
  return (from) => edges.slice(starts[from], starts[from + 1]);
}

function mentionedPlaces(
  units: readonly Unit[],
  functionAt: Units["functionAt"],
  places: Places,
): Map<number, Unit[]> {
  const found = new Map<number, Unit[]>();
  for (const unit of units) {
    const seen = new Set<number>();
    for (const fn of unit.functions) {
      const { facts, pkg } = functionAt(fn);
      eachPlace(facts.flows, (place) => {
        if (place > panicked) return;
        const shared = places.of(pkg, 0, place);
        if (shared < 0 || seen.has(shared)) return;
        seen.add(shared);
        put(found, shared, unit);
      });
    }
  }
  return found;
}

/** How many places of its own a function mentions. */
function placesIn(flows: FlowFacts | undefined): number {
  let most: PlaceNumber = nothing;
  eachPlace(flows, (place) => {
    if (place > most) most = place;
  });
  return most + 1;
}

/** The places that a function mentions, some several times. */
function eachPlace(flows: FlowFacts | undefined, see: (place: PlaceNumber) => void): void {
  for (const place of flows?.parameters ?? []) see(place);
  for (const place of flows?.results ?? []) see(place);
  for (const { assign, load, store, convert, assert, functions, yields, calls } of listsOf(flows)) {
    for (const list of [assign, load, store]) for (const place of list ?? none) see(place);
    for (const list of [convert, assert]) seeBut(2, list ?? none, see);
    seeBut(1, functions ?? none, see);
    for (const given of yields ?? none) for (let at = 1; at < given.length; at++) see(given[at] ?? nothing);
    for (const call of calls ?? none) {
      see(call[3]);
      for (const place of call[4]) see(place);
      for (const place of call[5] ?? none) see(place);
    }
  }
}

const none: readonly never[] = [];

/** Of a list of threes all but those at one place of each. */
function seeBut(left: number, list: readonly number[], see: (place: PlaceNumber) => void): void {
  for (let at = 0; at < list.length; at++) if (at % 3 !== left) see(list[at] ?? nothing);
}

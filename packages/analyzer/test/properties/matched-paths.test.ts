/** Ways along which calls and returns match, in graphs at random, beside a search that knows all calls that are open. */
import { type BuildSet, createBuilds } from "@capdiff/analyzer";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { UseFacts } from "../../src/model/facts.ts";
import { arrivalsOf, leadingContexts } from "../../src/trace/arrivals.ts";
import { exploreFrom, leadingTo } from "../../src/trace/explore.ts";
import type { TraceGraph } from "../../src/trace/flow-graph.ts";
import { createLinks, doubtLimit, type Link } from "../../src/trace/links.ts";
import { matchedPaths } from "../../src/trace/matched-paths.ts";
import { Mark, placeOf, type State, stateOf } from "../../src/trace/places.ts";

const builds = createBuilds();
const sets = [builds.all, builds.tag("linux"), builds.tag("windows")];

/** Two places that functions share, then four of each function: its parameter, its result, and two more. */
const shared = 2;
const functions = 4;
const placesOfOne = 4;
const placeCount = shared + functions * placesOfOne;
const parameterOf = (fn: number) => shared + fn * placesOfOne;
const resultOf = (fn: number) => parameterOf(fn) + 1;

const fn = fc.nat(functions - 1);
const local = fc.nat(placesOfOne - 1);
const statements = fc.oneof(
  fc.record({ kind: fc.constant("move" as const), fn, from: local, to: local, set: fc.nat(2) }),
  fc.record({ kind: fc.constant("store" as const), fn, from: local, to: fc.nat(shared - 1), set: fc.nat(2) }),
  fc.record({ kind: fc.constant("load" as const), fn, from: fc.nat(shared - 1), to: local, set: fc.nat(2) }),
  fc.record({
    kind: fc.constant("call" as const),
    fn,
    from: local,
    to: local,
    callee: fn,
    doubt: fc.nat(2),
    set: fc.nat(2),
  }),
);
type Statement = typeof statements extends fc.Arbitrary<infer One> ? One : never;

/** Calls go to functions of higher numbers, so that all open calls are few. */
function linksOf(program: readonly Statement[]): Link[] {
  return program.flatMap((one, number): Link[] => {
    const at = (place: number) => parameterOf(one.fn) + place;
    const set = sets[one.set] ?? builds.all;
    const common = { site: undefined, builds: set };
    if (one.kind === "move")
      return [{ ...common, from: at(one.from), to: at(one.to), how: "plain", doubt: 0 }];
    if (one.kind === "store") return [{ ...common, from: at(one.from), to: one.to, how: "store", doubt: 1 }];
    if (one.kind === "load") return [{ ...common, from: one.from, to: at(one.to), how: "load", doubt: 1 }];
    if (one.callee <= one.fn) return [];
    const use: UseFacts = {
      use: "call",
      line: number,
      column: 1,
      target: { kind: "dynamic", type: "func()" },
    };
    const site = { fn: one.fn, use, name: `F${one.callee}`, callee: one.callee };
    const { doubt } = one;
    return [
      { site, builds: set, from: at(one.from), to: parameterOf(one.callee), how: "enter", doubt },
      { site, builds: set, from: resultOf(one.callee), to: at(one.to), how: "leave", doubt },
    ];
  });
}

function graphOf(links: readonly Link[]): TraceGraph {
  const all = createLinks({ isForeign: () => false, hasOpaqueParts: () => false });
  for (const link of links) all.move(link);
  const graph: Pick<TraceGraph, "links" | "reach"> & Record<"program" | "places", unknown> = {
    links: all,
    reach: () => {},
    program: { builds },
    places: { nameOf: (place: number) => (place < shared ? `shared${place}` : undefined) },
  };
  return graph as TraceGraph;
}

interface Reached {
  doubt: number;
  builds: BuildSet;
}

/** Of some source; `doubts` of sinks by place, undefined where none is. */
interface Asked {
  readonly place: number;
  readonly doubt: number;
  readonly doubts: readonly (number | undefined)[];
}

/** By place of a sink: with how little doubt data gets there, and in which builds it does at all. */
function searched(
  links: readonly Link[],
  { place: start, doubt: first, doubts }: Asked,
): Map<number, Reached> {
  const outward = (place: number) => links.filter(({ from, to }) => from === place && from !== to);
  const best = new Map<string, number>();
  const found = new Map<number, Reached>();
  const pending: { place: number; open: readonly Link[]; doubt: number; set: BuildSet }[] = [
    { place: start, open: [], doubt: first, set: builds.all },
  ];
  for (let now = pending.pop(); now !== undefined; now = pending.pop()) {
    const { place, open, doubt, set } = now;
    const key = JSON.stringify([place, open.map(({ site }) => site?.use?.line), builds.expression(set)]);
    if (doubt > doubtLimit || builds.isEmpty(set) || doubt >= (best.get(key) ?? doubtLimit + 1)) continue;
    best.set(key, doubt);
    const before = found.get(place);
    if (isSure(doubt, doubts[place]))
      found.set(place, {
        doubt: Math.min(doubt, before?.doubt ?? doubt),
        builds: builds.or(set, before?.builds ?? builds.none),
      });
    for (const link of outward(place)) {
      const next = { place: link.to, doubt: doubt + link.doubt, set: builds.and(set, link.builds) };
      const last = open.at(-1);
      if (link.how === "enter") pending.push({ ...next, open: [...open, link] });
      else if (link.how === "leave") {
        if (last === undefined) pending.push({ ...next, open: [] });
        else if (last.site?.use === link.site?.use) pending.push({ ...next, doubt, open: open.slice(0, -1) });
      } else pending.push({ ...next, open: link.how === "plain" ? open : [] });
    }
  }
  return found;
}

function isSure(doubt: number, more: number | undefined): boolean {
  return more !== undefined && doubt + more <= doubtLimit;
}

test("the best way of each source to each sink is found, in all builds", () => {
  fc.assert(
    fc.property(
      fc.array(statements, { minLength: 10, maxLength: 45, size: "max" }),
      fc.array(fc.record({ place: fc.nat(placeCount - 1), doubt: fc.nat(2) }), {
        minLength: 1,
        maxLength: 3,
      }),
      fc.array(fc.option(fc.nat(2), { nil: undefined }), { minLength: placeCount, maxLength: placeCount }),
      (program, sources, doubts) => {
        const links = linksOf(program);
        const graph = graphOf(links);
        const isSink = (state: State) => doubts[placeOf(state)] !== undefined;
        const starts = sources.map(({ place, doubt }) => [
          { state: stateOf(place, Mark.whole), doubt, builds: builds.all },
        ]);
        const explored = exploreFrom(graph, starts.flat());
        const relevant = leadingTo(explored, (state) => doubts[placeOf(state)]);
        const { roots, complete } = matchedPaths(starts, { graph, relevant, isSink, limit: 10_000 });
        expect(complete).toBe(true);
        const leading = leadingContexts(roots, builds);
        roots.forEach((root, index) => {
          const { place: start = 0, doubt: first = 0 } = sources[index] ?? {};
          const found = new Map<number, Reached>();
          for (const { fact, doubt, builds: set } of arrivalsOf(root, {
            builds,
            leading,
            budget: { left: 10_000 },
          })) {
            const place = placeOf(fact.state);
            if (!isSure(doubt, doubts[place])) continue;
            const before = found.get(place) ?? { doubt, builds: builds.none };
            found.set(place, { ...before, builds: builds.or(before.builds, set) });
          }
          expect(found).toEqual(searched(links, { place: start, doubt: first, doubts }));
        });
      },
    ),
    { numRuns: 500 },
  );
});

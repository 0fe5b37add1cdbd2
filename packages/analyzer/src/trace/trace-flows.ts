/**
 * Trace: a program and what the rules say of sources and sinks in, flows of data out: for each source and each
 * thing that is done with it the least doubtful way, and of these the shortest. Calls and returns match
 * (Reps, Horwitz, Sagiv 1995: interprocedural dataflow analysis as graph reachability).
 *
 * Over-approximated: as flows in facts are; what is in a container is where the container is; fields of a type and
 * package variables are one place each, where it is forgotten by which call something came; what functions without
 * a body do, by rules or by their signature; an object into which data was written has it wherever it goes.
 * Missed: as in facts (numbers, unsafe, what reflection finds by names); ranges over functions from fields and containers; paths of files
 * that are put together twice; a struct that is kept in a field and of which a part was written; doubtful ways
 * of much doubt or length; what the bounds on facts and flows leave out, which a diagnostic says.
 *
 * First what is reached from sources and leads to sinks is found without matching, linear in the part of the program
 * that data gets to; only there ways are searched, up to a number of facts, which all sources share.
 */

import type { BuildSet } from "../constraints/index.ts";
import { useBuilds } from "../link/edge.ts";
import type { Program } from "../link/program.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Flow } from "../model/flow.ts";
import { comparePositions, compareText } from "../model/position.ts";
import { reportBuilds } from "../reach/entry-points.ts";
import { type Arrival, arrivalsOf, leadingContexts } from "./arrivals.ts";
import type { SinkEnd, SourceEnd } from "./ends.ts";
import { exploreFrom, leadingTo, type Start } from "./explore.ts";
import { createTraceGraph, type GraphOptions, type TraceGraph } from "./flow-graph.ts";
import { bounded, endOf, type Passage, passagesTo, positionOf, stepsOf } from "./flow-steps.ts";
import { doubtLimit, type FlowSite } from "./links.ts";
import { matchedPaths } from "./matched-paths.ts";
import { placeOf, type State } from "./places.ts";
import { compareSources, worstOf } from "./worst.ts";

export interface Traced {
  /** Sorted by sink, then source. Their sites have no source lines yet. */
  readonly flows: readonly Flow[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Flows of a program that are kept, the worst of them: what is told is what changed; facts that are looked at; and what all sources together get to. */
const flowLimit = 10_000;
const factLimit = 200_000;
const arrivalLimit = 300_000;

/** Those flows in which code of the module itself has a part. */
export function traceFlows(program: Program, options: GraphOptions): Traced {
  const graph = createTraceGraph(program, options);
  graph.findSources();
  const paths = exploreFrom(
    graph,
    graph.ends.paths.map((state) => ({ state, doubt: 0 })),
    "each alone",
  );
  const all = graph.ends.sources;
  const isSource = ({ needs }: SourceEnd) => needs === undefined || paths.states.has(needs);
  const explored = exploreFrom(graph, all.filter(isSource).flatMap(startsOf));
  const sources = all.filter(isSource);
  const relevant = leadingTo(explored, (state) => sinkDoubt(graph, state));
  const own = leadingTo(explored, (state) => (isOwnState(graph, state) ? 0 : undefined), relevant);
  const started = inOrder(graph, sources).flatMap((source) => {
    const within = isOwnSite(graph, source.site) ? relevant : own;
    const starts = startsOf(source).filter(({ state }) => within.has(state));
    const builds = buildsAt(graph, source.site);
    return starts.length === 0 ? [] : [{ source, starts: starts.map((start) => ({ ...start, builds })) }];
  });
  const matched = matchedPaths(
    started.map(({ starts }) => starts),
    { graph, relevant, isSink: (state) => graph.ends.sinks.has(state), limit: factLimit },
  );
  const found = new Map<string, Found>();
  const leading = leadingContexts(matched.roots, program.builds);
  const budget = { left: arrivalLimit };
  matched.roots.forEach((root, index) => {
    const source = started[index]?.source;
    if (source === undefined) return;
    for (const arrival of arrivalsOf(root, { builds: program.builds, leading, budget }))
      addFlows({ graph, found, startup: paths.states, budget }, source, arrival);
  });
  const flows = withoutAddresses(
    [...found.values()].filter((one) => isOwn(graph, one)).map((one) => flowOf(graph, one)),
  );
  const kept = worstOf(flows.sort(compareFlows), (flow) => flow, flowLimit);
  const complete = paths.complete && explored.complete && matched.complete && budget.left >= 0;
  return {
    flows: kept,
    diagnostics: [
      ...(complete ? [] : [notAll("flows of data were followed up to a bound: there may be more")]),
      ...(flows.length <= flowLimit
        ? []
        : [notAll(`there are ${flows.length} flows of data, of which the worst ${flowLimit} are looked at`)]),
    ],
  };
}

/** What an address brings to the server is not where to connect to. */
function withoutAddresses(flows: readonly Flow[]): Flow[] {
  const key = ({ source, sink: { site, argument } }: Flow) =>
    JSON.stringify([source.kind, source.name, source.site.position, site.position, argument]);
  const sent = new Set(flows.flatMap((flow) => (flow.sink.kind === "send" ? [key(flow)] : [])));
  return flows.filter((flow) => flow.sink.kind !== "destination" || !sent.has(key(flow)));
}

function notAll(message: string): Diagnostic {
  return { code: "too-many-flows", severity: "warning", message, incomplete: true };
}

/** The module's own first, and of these the worst, so that a bound cuts others. */
function inOrder({ units }: TraceGraph, sources: readonly SourceEnd[]): SourceEnd[] {
  const isForeign = ({ site }: SourceEnd) => Number(units.functionAt(site.fn).pkg.module !== undefined);
  return [...sources].sort((a, b) => isForeign(a) - isForeign(b) || compareSources(a.kind, b.kind));
}

function startsOf({ states, site: { doubt = 0 } }: SourceEnd): Start[] {
  return states.map((state) => ({ state, doubt }));
}

/** The least of those that are at a state. */
function sinkDoubt({ ends }: TraceGraph, state: State): number | undefined {
  let least: number | undefined;
  for (const { site } of ends.sinks.get(state) ?? [])
    least = Math.min(least ?? doubtLimit + 1, site.doubt ?? 0);
  return least;
}

function buildsAt({ units, program }: TraceGraph, { fn, use }: FlowSite): BuildSet {
  const declared = units.functionAt(fn);
  return use === undefined ? declared.builds : useBuilds(program.builds, declared, use);
}

interface Found {
  readonly source: SourceEnd;
  readonly sink: SinkEnd;
  readonly arrival: Arrival;
  builds: BuildSet;
}

interface Finding {
  readonly graph: TraceGraph;
  readonly found: Map<string, Found>;
  /** States of paths of files that are read at start. */
  readonly startup: { readonly has: (state: State) => boolean };
  readonly budget: { left: number };
}

/** The first arrival of a source at a sink is the best: later ones add builds. */
function addFlows({ graph, found, startup, budget }: Finding, source: SourceEnd, arrival: Arrival): void {
  const { units, program } = graph;
  for (const end of graph.ends.sinks.get(arrival.fact.state) ?? []) {
    if (budget.left-- <= 0) return;
    const builds = program.builds.and(arrival.builds, buildsAt(graph, end.site));
    if (program.builds.isEmpty(builds) || arrival.doubt + (end.site.doubt ?? 0) > doubtLimit) continue;
    const isStartup = end.startup !== undefined && startup.has(end.startup);
    const kind = isStartup ? "startup" : end.kind;
    const site = writeSite(end, arrival);
    const words = [source.kind, kind, source.site.name, site.name, end.argument ?? ""];
    const places = [source.site, site].map((one) => positionOf(one, units.functionAt));
    const key = JSON.stringify([words, places]);
    const known = found.get(key);
    if (known === undefined) found.set(key, { source, sink: { ...end, kind, site }, arrival, builds });
    else known.builds = program.builds.or(known.builds, builds);
  }
}

/** What is written into a connection or file is done with where it is written. */
function writeSite({ handle, site }: SinkEnd, { write }: Arrival): FlowSite {
  return (handle ? write?.site : undefined) ?? site;
}

/** The passages of the way, up to where it was written. */
function passagesOf({ sink, arrival }: Found): readonly Passage[] {
  const all = passagesTo(arrival);
  const written = sink.handle ? all.findLastIndex(({ link }) => link === arrival.write) : -1;
  return bounded(written < 0 ? all : all.slice(0, written));
}

/** Some code of the module itself has a part in it. */
function isOwn(graph: TraceGraph, found: Found): boolean {
  const { source, sink } = found;
  if (isOwnSite(graph, source.site) || isOwnSite(graph, sink.site)) return true;
  return passagesOf(found).some(({ link: { site } }) => site !== undefined && isOwnSite(graph, site));
}

function isOwnSite({ units }: TraceGraph, { fn }: FlowSite): boolean {
  return units.functionAt(fn).pkg.module === undefined;
}

function isOwnState({ units }: TraceGraph, state: State): boolean {
  const [fn] = units.ownerOf(placeOf(state))?.functions ?? [];
  return fn !== undefined && units.functionAt(fn).pkg.module === undefined;
}

function flowOf({ units: { functionAt }, program }: TraceGraph, found: Found): Flow {
  const { source, sink, arrival, builds } = found;
  return {
    source: { ...endOf(source.site, functionAt), kind: source.kind },
    sink: {
      ...endOf(sink.site, functionAt),
      kind: sink.kind,
      ...(sink.argument !== undefined && { argument: sink.argument }),
    },
    steps: stepsOf(passagesOf(found), functionAt),
    certainty: arrival.doubt + (sink.site.doubt ?? 0) === 0 ? "static" : "dynamic",
    builds: reportBuilds(program.builds, builds),
  };
}

export function compareFlows(a: Flow, b: Flow): number {
  return (
    comparePositions(a.sink.site.position, b.sink.site.position) ||
    (a.sink.argument ?? -1) - (b.sink.argument ?? -1) ||
    comparePositions(a.source.site.position, b.source.site.position) ||
    compareText(a.source.kind, b.source.kind) ||
    compareText(a.sink.kind, b.sink.kind) ||
    compareText(a.source.name, b.source.name) ||
    compareText(a.sink.name, b.sink.name)
  );
}

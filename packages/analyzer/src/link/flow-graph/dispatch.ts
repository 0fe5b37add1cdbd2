/**
 * What calls may run whose callee depends on values: the methods of the types, and the functions, that get to
 * them along flows. Over-approximates as the flows do, and: generic functions beyond a bound,
 * and those that nobody calls, are analysed with their type parameters as types of their own; that a value
 * flows in some builds only is kept for where it comes from, not for the way. Misses what flows
 * miss, and what comes from, or goes to, places that are not known.
 */
import type { BuildSet } from "../../constraints/index.ts";
import type { Declarations } from "../declarations.ts";
import { buildFlowGraph } from "./build.ts";
import { type FlowGraph, type Hub, type Site, type Token, tokenFunction, tokenType } from "./graph.ts";
import { type Propagated, propagate } from "./propagate.ts";
import type { TypeId } from "./type-table.ts";

/** A call, or several of one name, of a function and what they may run. */
export interface DispatchedCall {
  /** Place in the function's uses. */
  readonly use: number;
  /** What is called depends on values, and not on type arguments alone. */
  readonly dynamic: boolean;
  /** By function. */
  readonly callees: ReadonlyMap<number, BuildSet>;
  /**
   * Of a call of a function of the standard library: methods of other packages that it may call back on what
   * it is given, by function. Of interest where it is not followed.
   */
  readonly callbacks: ReadonlyMap<number, BuildSet>;
}

/** By function, then in the order of uses. */
export type Dispatch = ReadonlyMap<number, readonly DispatchedCall[]>;

/** A flow graph with what gets to each of its nodes. */
export interface Resolution {
  readonly declared: Declarations;
  readonly graph: FlowGraph;
  readonly propagated: Propagated;
}

/** Builds the flow graph of a program and propagates types and functions along it. */
export function resolve(declared: Declarations): Resolution {
  const graph = buildFlowGraph(declared);
  const propagated = propagate({ ...graph, passes });
  return { declared, graph, propagated };
}

/** What gets through where only one type does: functions, which have no types here, in any case. */
function passes(token: number, filter: TypeId): boolean {
  const type = tokenType(token);
  return type === undefined || type === filter;
}

/** What each function's calls may run that its names do not tell. */
export function dispatch(resolution: Resolution): Dispatch {
  const found = new Map<number, Map<number, Growing>>();
  for (const site of resolution.graph.sites) {
    if (site.hub === undefined && !site.instantiated && site.handed.length === 0) continue;
    const callees = concrete(site, resolution);
    const callbacks = calledBack(site, resolution);
    if (callees.size + callbacks.size === 0) continue;
    let ofFunction = found.get(site.fn);
    if (ofFunction === undefined) found.set(site.fn, (ofFunction = new Map()));
    const [use] = site.call;
    const known = ofFunction.get(use);
    if (known === undefined) {
      ofFunction.set(use, { use, dynamic: !site.instantiated, callees, callbacks });
      continue;
    }
    addAll(known.callees, callees, resolution.declared.builds.or);
    addAll(known.callbacks, callbacks, resolution.declared.builds.or);
  }
  return new Map(
    [...found].map(([fn, calls]) => [fn, [...calls.values()].sort((a, b) => a.use - b.use)] as const),
  );
}

interface Growing extends DispatchedCall {
  readonly callees: Map<number, BuildSet>;
  readonly callbacks: Map<number, BuildSet>;
}

function addAll(
  into: Map<number, BuildSet>,
  from: ReadonlyMap<number, BuildSet>,
  or: (a: BuildSet, b: BuildSet) => BuildSet,
): void {
  for (const [fn, builds] of from) {
    const known = into.get(fn);
    into.set(fn, known === undefined ? builds : or(known, builds));
  }
}

function concrete(site: Site, resolution: Resolution): Map<number, BuildSet> {
  const search = searchIn(resolution);
  if (site.instantiated) for (const fn of site.statics) add(search, fn, resolution.declared.builds.all);
  if (site.hub !== undefined && site.callee >= 0) meet(search, site.hub, site.callee);
  return search.found;
}

/** Whoever is given a value of an interface's type may call all its methods; those of the standard library tell nothing. */
function calledBack({ handed }: Site, resolution: Resolution): Map<number, BuildSet> {
  const search = searchIn(resolution);
  for (const { node, type } of handed) {
    for (const name of resolution.graph.methods.interfaceMethods(type)?.keys() ?? [])
      for (const token of resolution.propagated.tokens(node)) methodOf(search, token, { type, name });
  }
  return new Map([...search.found].filter(([fn]) => fn < resolution.declared.given));
}

function searchIn(resolution: Resolution): Search {
  return { ...resolution, found: new Map(), seen: new Set() };
}

interface Search extends Resolution {
  readonly found: Map<number, BuildSet>;
  /** Nodes and hubs that were looked at: embedded interfaces may hold each other. */
  readonly seen: Set<string>;
}

function add({ declared, found }: Search, fn: number, builds: BuildSet): void {
  const known = found.get(fn);
  found.set(fn, known === undefined ? builds : declared.builds.or(known, builds));
}

/** What a call behind that hub runs for what is at that node. */
function meet(search: Search, hub: Hub, node: number): void {
  const key = `${hub.receiver} ${node}`;
  if (search.seen.has(key)) return;
  search.seen.add(key);
  for (const token of search.propagated.tokens(node)) {
    if (hub.kind === "interface") methodOf(search, token, hub);
    else called(search, token);
  }
}

function methodOf(search: Search, token: Token, { type: wanted, name }: Pick<Hub, "type" | "name">): void {
  const { graph } = search;
  const type = tokenType(token);
  if (type === undefined || !graph.methods.implements(type, wanted)) return;
  const found = graph.methods.find(type, name);
  if (found?.kind === "functions") {
    for (const { fn } of found.methods) add(search, fn, graph.tokenBuilds(token));
    return;
  }
  const inner = found && graph.hubOf(found.type, name);
  if (found !== undefined && inner !== undefined) meet(search, inner, graph.fieldOf(found.holder, found.field));
}

function called(search: Search, token: Token): void {
  const { graph } = search;
  const value = graph.functionTokens[tokenFunction(token) ?? -1];
  if (value?.kind === "function") add(search, value.fn, graph.tokenBuilds(token));
  if (value?.kind === "method") meet(search, value.hub, value.hub.receiver);
}

/**
 * What calls may run whose callee depends on values: the methods of the types, and the functions, that get to
 * them along flows. Over-approximates as the flows do, and: generic functions beyond a bound,
 * and those that nobody calls, are analysed with their type parameters as types of their own; that a value
 * flows in some builds only is kept for where it comes from, not for the way. Misses what flows
 * miss, and what comes from, or goes to, places that are not known.
 */
import type { BuildSet, BuildSets } from "../../constraints/index.ts";
import type { Declarations } from "../declarations.ts";
import { buildFlowGraph, type FlowGraphOptions } from "./build.ts";
import {
  addAliases,
  type FlowGraph,
  type FunctionToken,
  functionOf,
  type Handed,
  type Hub,
  type Instance,
  type InstanceFunction,
  type Reflected,
  type Site,
  type Token,
  tokenType,
} from "./graph.ts";
import { expressedMethod, expressedSignature, withoutReceiver } from "./method-expressions.ts";
import { type Propagated, propagate } from "./propagate.ts";
import { pairKey } from "./sets.ts";
import { signatureTerm, type TypeId } from "./type-table.ts";

/**
 * A function, or one of its copies: generic functions of other modules have one for each list of type
 * arguments, so that what some callers pass does not count for others.
 */
export interface Copy {
  /** Its place among the declared functions. */
  readonly place: number;
  /** 0 of functions that are not copied, and of copies whose type parameters stand for themselves. */
  readonly copy: number;
}

/** A function that a call may run, and in which builds. */
export interface Callee extends Copy {
  readonly builds: BuildSet;
}

/** By function and copy. */
export type Callees = ReadonlyMap<number, Callee>;

/** A call, or several of one name, of a function and what they may run. */
export interface DispatchedCall {
  /** Place in the function's uses. */
  readonly use: number;
  /** What its name tells, or its type arguments. */
  readonly named: Callees;
  /** The function stands for several lists of type arguments, which may tell different ones. */
  readonly merged: boolean;
  /** What depends on values. */
  readonly callees: Callees;
  /** What it may call back of what it is given, if that is a function of the standard library, or is told by its callbacks. */
  readonly callbacks: Callees;
}

/** By `copyKey`, then in the order of uses. */
export type Dispatch = ReadonlyMap<number, readonly DispatchedCall[]>;

export function copyKey({ place, copy }: Copy): number {
  return pairKey(copy, place);
}

/** A flow graph with what gets to each of its nodes. */
export interface Resolution {
  readonly declared: Declarations;
  readonly graph: FlowGraph;
  readonly propagated: Propagated;
}

/** Builds the flow graph of a program and propagates types and functions along it. */
export function resolve(declared: Declarations, options: FlowGraphOptions = { allCalls: false }): Resolution {
  const graph = buildFlowGraph(declared, options);
  let propagated = propagate({ ...graph, passes });
  while (addAliases(graph, (node) => propagated.tokens(node).length > 0))
    propagated = propagate({ ...graph, passes });
  return { declared, graph, propagated };
}

/** What gets through where only one type does: functions, which have no types here, in any case. */
function passes(token: number, filter: TypeId): boolean {
  const type = tokenType(token);
  return type === undefined || type === filter;
}

/** What each function's calls may run that its names alone do not tell. */
export function dispatch(resolution: Resolution): Dispatch {
  const found = new Map<number, Map<number, FirstCall>>();
  const { declared } = resolution;
  const remembered: Remembered = { behind: new Map(), handed: new Map() };
  for (const site of resolution.graph.sites) {
    const named = namedCopies(site, resolution);
    const callees = valueCallees(site, resolution, remembered);
    const callbacks = calledBack(site, resolution, remembered);
    if ([named, callees, callbacks].every(({ size }) => size === 0)) continue;
    const key = copyKey(copyOf(resolution, site));
    let ofFunction = found.get(key);
    if (ofFunction === undefined) found.set(key, (ofFunction = new Map()));
    const [use] = site.call;
    const known = ofFunction.get(use);
    if (known === undefined) {
      ofFunction.set(use, { use, named, callees, callbacks, merged: false, instance: site.instance });
      continue;
    }
    ofFunction.set(use, {
      use,
      named: joined(known.named, named, declared),
      callees: joined(known.callees, callees, declared),
      callbacks: joined(known.callbacks, callbacks, declared),
      merged: known.merged || known.instance !== site.instance,
      instance: known.instance,
    });
  }
  return new Map(
    [...found].map(([key, calls]) => [key, [...calls.values()].sort((a, b) => a.use - b.use)] as const),
  );
}

/** Many calls are given what others are given too: by the set of tokens with the hub, or the type. */
interface Remembered {
  readonly behind: Map<number, Callees>;
  readonly handed: Map<number, Callees>;
}

/** Callees in an order that does not depend on how types are numbered. */
function sorted(callees: Callees, { comparePlaces }: Declarations): Callees {
  return new Map([...callees].sort(([, a], [, b]) => comparePlaces(a.place, b.place) || a.copy - b.copy));
}

type GrowingCallees = Map<number, Callee>;

/** Most calls have none of a kind. */
const none: Callees = new Map();

function joined(a: Callees, b: Callees, declared: Declarations): Callees {
  if (a.size === 0) return b;
  const all = new Map(a);
  for (const one of b.values()) add(all, one, declared.builds);
  return sorted(all, declared);
}

interface FirstCall extends DispatchedCall {
  /** Of the first site. */
  readonly instance: Instance;
}

function add(into: GrowingCallees, callee: Callee, { or }: Pick<BuildSets, "or">): void {
  const key = copyKey(callee);
  const known = into.get(key);
  into.set(key, known === undefined ? callee : { ...known, builds: or(known.builds, callee.builds) });
}

function copyOf({ declared }: Resolution, { fn, instance }: InstanceFunction): Copy {
  const isCopied = !instance.isGeneric && declared.functions[fn]?.pkg.module !== undefined;
  return { place: fn, copy: isCopied ? instance.number + 1 : 0 };
}

/** What a name tells only together with type arguments. */
function namedCopies({ statics, instantiated }: Site, resolution: Resolution): Callees {
  if (!instantiated && statics.every(({ instance }) => instance.isGeneric)) return none;
  const found: GrowingCallees = new Map();
  const { builds } = resolution.declared;
  for (const one of statics) {
    const copy = copyOf(resolution, one);
    if (instantiated || copy.copy > 0) add(found, { ...copy, builds: builds.all }, builds);
  }
  return sorted(found, resolution.declared);
}

function valueCallees(
  { hub, callee, reflected }: Site,
  resolution: Resolution,
  { behind }: Remembered,
): Callees {
  if (reflected !== undefined) return searched(resolution, (search) => reflect(search, reflected));
  if (hub === undefined) return none;
  const key = pairKey(resolution.propagated.setOf(callee), hub.receiver);
  let found = behind.get(key);
  if (found === undefined)
    behind.set(key, (found = searched(resolution, (search) => meet(search, hub, callee))));
  return found;
}

function searched(resolution: Resolution, look: (search: Search) => void): Callees {
  const search: Search = { ...resolution, found: new Map(), seen: new Set() };
  look(search);
  return sorted(search.found, resolution.declared);
}

function reflect(search: Search, { value, method, count }: Reflected): void {
  for (const token of search.propagated.tokens(value)) {
    const type = tokenType(token);
    if (method === undefined) {
      if (count === undefined || takes(search.graph, token, count)) called(search, token);
    } else if (type !== undefined) methodNamed(search, token, { type, name: method });
  }
}

/** Whether a function may be called with so many arguments: one that takes others panics. */
function takes(graph: FlowGraph, token: Token, count: number): boolean {
  const term = signatureTerm(graph.types, functionOf(graph, token)?.signature);
  if (term === undefined) return true;
  const [kind, parameters] = term;
  return kind === "variadic" ? count >= parameters.length - 1 : count === parameters.length;
}

/** Whoever is given a function may call it, and all methods of an interface's value. */
function calledBack({ handed }: Site, resolution: Resolution, remembered: Remembered): Callees {
  let all = none;
  for (const one of handed) {
    const key = pairKey(resolution.propagated.setOf(one.node), one.type);
    let found = remembered.handed.get(key);
    if (found === undefined) remembered.handed.set(key, (found = handedCallees(resolution, one)));
    all = joined(all, found, resolution.declared);
  }
  return all;
}

function handedCallees(resolution: Resolution, { node, type }: Handed): Callees {
  const { graph, propagated } = resolution;
  const signature = graph.methods.signature(type);
  const names = [...(graph.methods.interfaceMethods(type)?.keys() ?? [])];
  return searched(resolution, (search) => {
    for (const token of propagated.tokens(node)) {
      if (signature !== undefined) called(search, token, signature);
      else for (const name of names) methodOf(search, token, { type, name });
    }
  });
}

interface Search extends Resolution {
  readonly found: GrowingCallees;
  /** Nodes and hubs that were looked at: embedded interfaces may hold each other. */
  readonly seen: Set<string>;
}

function find(search: Search, fn: InstanceFunction, builds: BuildSet): void {
  add(search.found, { ...copyOf(search, fn), builds }, search.declared.builds);
}

/**
 * Whether a function may be called as one of that signature: it has it, one of them is not known, or it is a method
 * expression of a type that has the method of another one.
 */
export function fits(graph: FlowGraph, value: FunctionToken, wanted: TypeId): boolean {
  const { types } = graph;
  const { signature } = value;
  if (signature === undefined || signature === wanted) return true;
  if (types.isVague(signature) || types.isVague(wanted)) return true;
  const rest = expressedSignature(graph, value);
  if (rest === undefined || rest !== withoutReceiver(types, wanted)) return false;
  return expressedMethod(graph, value, wanted) !== undefined;
}

/** What a call behind that hub runs for what is at that node. */
function meet(search: Search, hub: Hub, node: number): void {
  const key = `${hub.receiver} ${node}`;
  if (search.seen.has(key)) return;
  search.seen.add(key);
  for (const token of search.propagated.tokens(node)) {
    if (hub.kind === "interface") methodOf(search, token, hub);
    else called(search, token, hub.signature);
  }
}

function methodOf(search: Search, token: Token, { type: wanted, name }: Pick<Hub, "type" | "name">): void {
  const type = tokenType(token);
  if (type !== undefined && search.graph.methods.implements(type, wanted))
    methodNamed(search, token, { type, name });
}

function methodNamed(search: Search, token: Token, { type, name }: Pick<Hub, "type" | "name">): void {
  const { graph } = search;
  const found = graph.methods.find(type, name);
  if (found?.kind === "functions") {
    for (const { fn } of found.methods)
      find(search, { fn, instance: graph.instanceOf(fn, found.typeArguments) }, graph.tokenBuilds(token));
    return;
  }
  const inner = found && graph.hubOf(found.type, name);
  if (found !== undefined && inner !== undefined)
    meet(search, inner, graph.fieldOf(found.holder, found.field));
}

/** Functions get through all assertions: only those that fit are called, or all if nothing is wanted. */
function called(search: Search, token: Token, wanted?: TypeId): void {
  const { graph } = search;
  const value = functionOf(graph, token);
  if (wanted !== undefined && value !== undefined && !fits(graph, value, wanted)) return;
  if (value?.kind === "function") find(search, value, graph.tokenBuilds(token));
  if (value?.kind === "method") meet(search, value.hub, value.hub.receiver);
}

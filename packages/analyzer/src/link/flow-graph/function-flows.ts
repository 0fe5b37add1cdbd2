/** The flows of an instance of a function as edges, sources and sites. */
import type { BuildSet } from "../../constraints/index.ts";
import type { FunctionFacts, PackageFacts, Target, UseFacts } from "../../model/facts.ts";
import {
  type CallFacts,
  type FlowLists,
  type FunctionTerm,
  nothing,
  type PlaceNumber,
  type TypeNumber,
} from "../../model/flow-facts.ts";
import { functionId, isExportedName } from "../../model/function-id.ts";
import type { DeclaredFunction } from "../declarations.ts";
import type { RangeFacts } from "../ranges-over-functions.ts";
import { isToldByCallbacks } from "../told-by-callbacks.ts";
import {
  addEdge,
  addSource,
  type GraphParts,
  type Handed,
  type Hub,
  type Instance,
  type InstanceFunction,
  type Ports,
  type Site,
  type Token,
  typeToken,
} from "./graph.ts";
import { addHeldValue } from "./held-values.ts";
import type { Hubs } from "./hubs.ts";
import { type Instances, withReceiver } from "./instances.ts";
import { addNamedFunctions } from "./named-functions.ts";
import { type Passed, passReceiver, passToFunction, passToHub, variadicElement } from "./passing.ts";
import { isOfReflect, reflectedCall } from "./reflected.ts";
import type { TypeId, TypeTable } from "./type-table.ts";

export interface GraphMakers {
  readonly parts: GraphParts;
  readonly instances: Instances;
  readonly hubs: Hubs;
}

/** One function of an instance. */
interface Body extends GraphMakers, InstanceFunction {
  readonly facts: FunctionFacts;
  readonly pkg: PackageFacts;
  readonly builds: BuildSet;
}

function nodeAt({ parts, pkg, instance }: Body, place: PlaceNumber): number {
  if (place >= 0) return instance.base + place;
  return place === nothing ? -1 : parts.nodes.shared(pkg, place, instance.typeArguments);
}

function nodesAt(body: Body, places: readonly PlaceNumber[] = none): readonly number[] {
  return places.map((place) => nodeAt(body, place));
}

const none: readonly never[] = [];

function typeOf({ parts, pkg, instance }: Body, type: TypeNumber): TypeId {
  return parts.types.typeIn(pkg, type, instance.typeArguments);
}

/** Adds the flows of a function and its closures, in the builds that were asked for. */
export function addInstance(makers: GraphMakers, instance: Instance): void {
  const { parts, instances, hubs } = makers;
  hubs.reached(instance.root);
  for (const fn of instances.functions(instance)) {
    addHeldValue(parts, instances, { fn, instance });
    addNamedFunctions(makers, fn);
    const declared = parts.declared.functions[fn];
    if (declared === undefined) continue;
    if (declared.facts.omitted === true) parts.declared.lacking.add(declared.pkg);
    addFlows(makers, declared, { fn, instance });
  }
}

function addFlows(
  { parts, instances, hubs }: GraphMakers,
  { facts, pkg, builds, ranges }: DeclaredFunction,
  { fn, instance }: InstanceFunction,
): void {
  const body: Body = { parts, instances, hubs, fn, instance, facts, pkg, builds };
  const { flows = {} } = facts;
  addLists(body, flows);
  for (const lists of flows.variants ?? none) {
    const { builds: sets, active } = parts.declared;
    const within = sets.and(builds, active(lists.builds));
    if (!sets.isEmpty(within)) addLists({ ...body, builds: within }, lists);
  }
  for (const range of ranges) addRange(body, range);
}

function addLists(body: Body, lists: FlowLists): void {
  if (lists.assign !== undefined) addMoves(body, lists.assign, 2);
  if (lists.load !== undefined) addMoves(body, lists.load, 3);
  if (lists.store !== undefined) addMoves(body, lists.store, 3);
  if (lists.convert !== undefined) addTyped(body, lists.convert, addConversion);
  if (lists.assert !== undefined) addTyped(body, lists.assert, addAssertion);
  if (lists.functions !== undefined) addFunctionValues(body, lists.functions);
  if (lists.yields !== undefined)
    for (const [type, from, ...places] of lists.yields) addYield(body, { type, from, places });
  if (lists.calls !== undefined) for (const call of lists.calls) addCall(body, call);
}

/** Of a list of so many at a time, to and from being the first two. */
function addMoves(body: Body, list: readonly PlaceNumber[], size: 2 | 3): void {
  for (let at = 0; at < list.length; at += size)
    addEdge(body.parts, nodeAt(body, list[at + 1] ?? nothing), nodeAt(body, list[at] ?? nothing));
}

function addTyped(
  body: Body,
  list: readonly number[],
  add: (body: Body, to: number, from: number, type: TypeNumber) => void,
): void {
  for (let at = 0; at < list.length; at += 3) {
    const to = nodeAt(body, list[at] ?? nothing);
    add(body, to, nodeAt(body, list[at + 1] ?? nothing), list[at + 2] ?? nothing);
  }
}

/** The type argument that stands for a type parameter may be an interface, into which nothing enters. */
function addConversion(body: Body, to: number, from: number, type: TypeNumber): void {
  const { parts, hubs, builds } = body;
  addEdge(parts, from, to);
  const of = typeOf(body, type);
  if (parts.methods.interfaceMethods(of) !== undefined) return;
  hubs.enter(of);
  addSource(parts, { node: to, token: typeToken(of), builds });
}

/**
 * To an interface all gets through, and a call says by itself what has its methods. What a call
 * on a value of any other type but a function runs is known without its flows.
 */
function addAssertion(body: Body, to: number, from: number, type: TypeNumber): void {
  const { parts } = body;
  const of = typeOf(body, type);
  if (parts.methods.interfaceMethods(of) !== undefined) addEdge(parts, from, to);
  else if (parts.methods.signature(of) !== undefined || parts.aliases.isAlias(of))
    addEdge(parts, from, to, of);
}

function addFunctionValues(body: Body, list: readonly number[]): void {
  for (let at = 0; at < list.length; at += 3) {
    const term = body.pkg.functionValues[list[at + 1] ?? nothing];
    const to = nodeAt(body, list[at] ?? nothing);
    addFunctionValue(body, { to, term, receiver: list[at + 2] ?? nothing });
  }
}

interface ValueFlow {
  readonly to: number;
  readonly term: FunctionTerm | undefined;
  readonly receiver: PlaceNumber;
}

function addFunctionValue(body: Body, { to, term, receiver }: ValueFlow): void {
  const { parts, instances, hubs, instance } = body;
  if (to < 0) return;
  const bound = receiver === nothing ? undefined : nodeAt(body, receiver);
  if (term?.[0] === "function") {
    const [, id, ...given] = term;
    for (const fn of parts.declared.named(id)) {
      const of = instances.named(
        instance,
        fn,
        given.map((type) => typeOf(body, type)),
      );
      if (of !== undefined) addFunctionSource(body, { to, of, fn, bound });
    }
  } else if (term?.[0] === "method") {
    const [, number, name] = term;
    const of = typeOf(body, number);
    const hub = hubs.ofMethod(of, name);
    if (hub === undefined) {
      for (const { instance: one, fn } of concreteMethods(body, of, name))
        addFunctionSource(body, { to, of: one, fn, bound });
      return;
    }
    if (bound !== undefined) addEdge(parts, bound, hub.receiver);
    const isBound = bound !== undefined;
    const signature = isBound ? hub.signature : withReceiver(parts.types, hub.signature, of);
    const key = `method ${of} ${name} ${isBound}`;
    const token = hubs.token(key, signature, () => ({ kind: "method", hub, bound: isBound }));
    addSource(parts, { node: to, token, builds: body.builds });
  }
}

interface Source {
  readonly to: number;
  readonly of: Instance;
  readonly fn: number;
  /** The node of the receiver of a method value, -1 for one of no interest; undefined for other functions. */
  readonly bound: number | undefined;
}

function addFunctionSource(body: Body, { to, of, fn, bound }: Source): void {
  const { parts, builds } = body;
  if (bound !== undefined) passReceiver(body, bound, { instance: of, fn });
  const token = tokenOf(body, { instance: of, fn, bound: bound !== undefined });
  addSource(parts, { node: to, token, builds });
}

/** The token of a function that may be called as a value. */
export function tokenOf(
  { parts, instances, hubs }: GraphMakers,
  { instance, fn, bound }: InstanceFunction & { readonly bound: boolean },
): Token {
  const isMethod = parts.declared.functions[fn]?.facts.kind === "method";
  const of = { instance, fn };
  const signature = isMethod && !bound ? instances.methodSignature(of) : instances.ports(of).signature;
  const key = `function ${fn} ${instance.typeArguments.join()} ${bound}`;
  return hubs.token(key, signature, () => ({ kind: "function", fn, instance, bound }));
}

/** The methods of a type that stands for a type parameter. */
function concreteMethods({ parts, instances }: GraphMakers, type: TypeId, name: string): InstanceFunction[] {
  const found = parts.methods.find(type, name);
  if (found?.kind !== "functions") return [];
  return found.methods.map(({ fn }) => ({ instance: instances.of(fn, found.typeArguments), fn }));
}

interface Yield {
  readonly type: TypeNumber;
  readonly from: PlaceNumber;
  readonly places: readonly PlaceNumber[];
}

function addYield(body: Body, { type, from, places }: Yield): void {
  const { parts, hubs, builds } = body;
  const hub = hubs.ofFunction(typeOf(body, type));
  const given = hub?.parameterTypes[0];
  const signature = given === undefined ? undefined : parts.methods.signature(given);
  if (hub === undefined || signature === undefined) return;
  const parameters = nodesAt(body, places);
  const token = hubs.token(`body ${parameters.join()} ${signature}`, signature, () => ({
    kind: "body",
    parameters,
  }));
  addSource(parts, { node: hub.parameters[0], token, builds });
  addEdge(parts, nodeAt(body, from), hub.receiver);
}

/** What is ranged over is called. That is no call at any parenthesis: its line is 0. */
function addRange(body: Body, range: RangeFacts): void {
  const { yields, use, body: id } = range;
  const [type, from] = yields;
  const hub = body.hubs.ofFunction(typeOf(body, type));
  const given = hub?.parameterTypes[0];
  if (hub === undefined || given === undefined) return;
  const callee = nodeAt(body, from);
  if (id !== undefined) giveBody(body, { id, range, hub, given });
  addEdge(body.parts, callee, hub.receiver);
  addSite(body, { call: [use, 0, 0, from, []], callee, hub });
}

interface GivenBody {
  /** Of the function that the body is. */
  readonly id: string;
  readonly range: RangeFacts;
  /** Of what is ranged over, and the type of its parameter. */
  readonly hub: Hub;
  readonly given: TypeId;
}

/** What is ranged over is called with the body. */
function giveBody(body: Body, { id, range: { builds: within }, hub, given }: GivenBody): void {
  const { parts, hubs, instances, instance } = body;
  const { builds: sets, active } = parts.declared;
  const builds = within === undefined ? body.builds : sets.and(body.builds, active(within));
  const signature = parts.methods.signature(given);
  for (const fn of parts.declared.named(id)) {
    const of = instances.named(instance, fn, []);
    if (of === undefined) continue;
    const key = `function ${fn} ${of.typeArguments.join()} false`;
    const token = hubs.token(key, signature, () => ({ kind: "function", fn, instance: of, bound: false }));
    addSource(parts, { node: hub.parameters[0], token, builds });
  }
}

function addCall(body: Body, call: CallFacts): void {
  const use = body.facts.uses[call[0]];
  if (use === undefined) return;
  const { target } = use;
  const passed: Passed = {
    callee: nodeAt(body, call[3]),
    arguments: nodesAt(body, call[4]),
    results: nodesAt(body, call[5]),
    spread: call[6]?.spread === true,
  };
  // The standard library calls by reflection whatever anybody hands it as any.
  if (isOfReflect(target) && body.fn < body.parts.declared.given) addReflected(body, call, { use, passed });
  switch (target.kind) {
    case "function":
      addStaticCall(body, { call, id: target.id, passed });
      return;
    case "qualified":
      if (isOfInterest(body.parts, target.package, passed))
        addStaticCall(body, { call, id: functionId(target.package, target.name), passed });
      return;
    case "interface-method": {
      const type = call[6]?.type;
      if (type !== undefined)
        addMethodCall(body, {
          call,
          type: typeOf(body, type),
          name: calledMethod(target, body.pkg),
          passed,
        });
      return;
    }
    case "dynamic": {
      const type = call[6]?.type;
      const hub = type === undefined ? undefined : body.hubs.ofFunction(typeOf(body, type));
      if (hub === undefined) return;
      passToHub(body.parts, passed, hub);
      addSite(body, { call, callee: passed.callee, hub });
      return;
    }
    default:
  }
}

function addReflected(
  body: Body,
  call: CallFacts,
  { use, passed }: { readonly use: UseFacts; readonly passed: Passed },
): void {
  const reflected = reflectedCall(body.parts, use, passed);
  if (reflected === undefined) return;
  addSite(body, { call, reflected });
  if (reflected.method !== undefined) body.hubs.callNamed(reflected.method);
}

/** Functions without bodies hand nothing on: what they do with what they are given is to call it back. */
function isOfInterest({ declared }: GraphParts, path: string, passed: Passed): boolean {
  return passed.arguments.some((node) => node >= 0) || !declared.isBodiless(path);
}

interface PassedCall {
  readonly call: CallFacts;
  readonly passed: Passed;
}

function addStaticCall(body: Body, { call, id, passed }: PassedCall & { readonly id: string }): void {
  const { parts, instances, instance } = body;
  const isHandedBack = parts.declared.handsBack(id);
  if (isHandedBack) addEdge(parts, passed.arguments[0], passed.results[0]);
  const handed: Handed[] = [];
  const statics: InstanceFunction[] = [];
  const typeArguments = call[6]?.typeArguments?.map((type) => typeOf(body, type)) ?? none;
  for (const fn of parts.declared.named(id)) {
    const of = instances.named(instance, fn, typeArguments);
    if (of === undefined) continue;
    const one = { fn, instance: of };
    statics.push(one);
    if (isHandedBack) continue;
    passToFunction(body, passed, one);
    if (fn >= parts.declared.given || isToldByCallbacks(id)) addHanded(handed, body, { passed, to: one });
  }
  for (const { type } of handed) addCallbacks(body, type);
  if (parts.allCalls || handed.length > 0 || !statics.every(isOfGeneric))
    addSite(body, { call, statics, handed });
}

function isOfGeneric({ instance }: InstanceFunction): boolean {
  return instance.isGeneric;
}

interface Given {
  readonly passed: Passed;
  readonly to: InstanceFunction;
}

/** Arguments that are taken as functions or as interfaces with methods, also by a variadic parameter. */
function addHanded(handed: Handed[], { parts, instances }: Body, { passed, to }: Given): void {
  const { methods, types } = parts;
  const ports = instances.ports(to);
  passed.arguments.forEach((node, index) => {
    const type = node < 0 ? undefined : parameterType(types, ports, { spread: passed.spread, index });
    if (type === undefined) return;
    const isCallable =
      methods.signature(type) !== undefined || (methods.interfaceMethods(type)?.size ?? 0) > 0;
    if (isCallable) handed.push({ node, type });
  });
}

/** All methods of an interface's value may be called by whoever is given it. */
function addCallbacks({ parts, hubs }: Body, type: TypeId): void {
  for (const name of parts.methods.interfaceMethods(type)?.keys() ?? none) hubs.ofMethod(type, name);
}

interface Place {
  readonly spread: boolean;
  readonly index: number;
}

function parameterType(
  types: TypeTable,
  { parameterTypes, isVariadic }: Ports,
  { spread, index }: Place,
): TypeId | undefined {
  if (!isVariadic || spread || index < parameterTypes.length - 1) return parameterTypes[index];
  return variadicElement(types, parameterTypes);
}

/** A call of the function that is looked at. */
function addSite(
  { parts, fn, instance }: Body,
  {
    call,
    statics = none,
    instantiated = false,
    handed = none,
    callee = -1,
    hub,
    reflected,
  }: Partial<Site> & Pick<Site, "call">,
): void {
  parts.sites.push({ fn, instance, call, statics, instantiated, handed, callee, hub, reflected });
}

function addMethodCall(
  body: Body,
  { call, type, name, passed }: PassedCall & { readonly type: TypeId; readonly name: string },
): void {
  const { parts, hubs } = body;
  const hub = hubs.ofMethod(type, name);
  if (hub !== undefined) {
    passToHub(parts, passed, hub);
    addSite(body, { call, callee: passed.callee, hub });
    return;
  }
  const statics = concreteMethods(body, type, name);
  for (const one of statics) passToFunction(body, passed, one);
  addSite(body, { call, statics, instantiated: true });
}

/** The name of the method that a call names, with its package where it is not exported. */
function calledMethod(
  { package: path, name }: Extract<Target, { kind: "interface-method" }>,
  pkg: PackageFacts,
): string {
  const method = name.slice(name.lastIndexOf(".") + 1);
  return isExportedName(method) ? method : `${path === "" ? pkg.path : path}.${method}`;
}

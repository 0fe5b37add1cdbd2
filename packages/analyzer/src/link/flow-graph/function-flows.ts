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
import type { RangeFacts } from "../range-bodies.ts";
import { isToldByCallbacks } from "../told-by-callbacks.ts";
import {
  addEdge,
  addHandover,
  addSource,
  type GraphParts,
  type Handed,
  type Instance,
  type InstanceFunction,
  isAlias,
  type SignatureTerm,
  type Site,
  signatureOf,
  signatureTerm,
  type Token,
  typeToken,
} from "./graph.ts";
import { addHeldValue } from "./held-values.ts";
import type { Hubs } from "./hubs.ts";
import { type Instances, withReceiver } from "./instances.ts";
import { addNamedFunctions } from "./named-functions.ts";
import { type Passed, passToFunction, passToHub } from "./passing.ts";
import { reflectedCall } from "./reflected.ts";
import type { TypeId } from "./type-table.ts";

export interface GraphMakers {
  readonly parts: GraphParts;
  readonly instances: Instances;
  readonly hubs: Hubs;
}

/** One function of an instance. */
interface Body extends GraphMakers {
  readonly fn: number;
  readonly facts: FunctionFacts;
  readonly pkg: PackageFacts;
  readonly instance: Instance;
  readonly builds: BuildSet;
  readonly node: (place: PlaceNumber) => number;
  readonly type: (type: TypeNumber) => TypeId;
}

/** Adds the flows of a function and its closures, in the builds that were asked for. */
export function addInstance(makers: GraphMakers, instance: Instance): void {
  const { parts, instances } = makers;
  for (const fn of instances.functions(instance)) {
    addHeldValue(parts, instances, { fn, instance });
    addNamedFunctions(makers, fn);
    const declared = parts.declared.functions[fn];
    if (declared?.facts.omitted === true) parts.declared.lacking.add(declared.pkg);
    if (declared?.facts.flows === undefined) continue;
    const { facts, pkg } = declared;
    const body: Body = {
      ...makers,
      fn,
      facts,
      pkg,
      instance,
      builds: declared.builds,
      node: (place) => instances.node(pkg, instance, place),
      type: (type) => parts.types.typeIn(pkg, type, instance.typeArguments),
    };
    const { variants = [], ...own } = declared.facts.flows;
    addLists(body, own);
    const { builds, active } = parts.declared;
    for (const lists of variants) {
      const within = builds.and(declared.builds, active(lists.builds));
      if (!builds.isEmpty(within)) addLists({ ...body, builds: within }, lists);
    }
    for (const range of declared.ranges) addRange(body, range);
  }
}

function addLists(body: Body, lists: FlowLists): void {
  const { parts, node, facts } = body;
  pairs(lists.assign, (to, from) => addEdge(parts, node(from), node(to)));
  triples(lists.load, (to, from) => addEdge(parts, node(from), node(to)));
  triples(lists.store, (to, from) => addEdge(parts, node(from), node(to)));
  triples(lists.convert, (to, from, type) => addConversion(body, { to: node(to), from: node(from), type }));
  triples(lists.assert, (to, from, type) => addAssertion(body, { to: node(to), from: node(from), type }));
  triples(lists.functions, (to, value, receiver) =>
    addFunctionValue(body, { to: node(to), term: body.pkg.functionValues[value], receiver }),
  );
  for (const [type, from, ...places] of lists.yields ?? []) addYield(body, { type, from, places });
  for (const call of lists.calls ?? []) addCall(body, call, facts.uses[call[0]]);
}

function pairs(list: readonly number[] = [], visit: (a: number, b: number) => void): void {
  for (let at = 0; at < list.length; at += 2) visit(list[at] ?? nothing, list[at + 1] ?? nothing);
}

function triples(list: readonly number[] = [], visit: (a: number, b: number, c: number) => void): void {
  for (let at = 0; at < list.length; at += 3)
    visit(list[at] ?? nothing, list[at + 1] ?? nothing, list[at + 2] ?? nothing);
}

interface TypedFlow {
  readonly to: number;
  readonly from: number;
  readonly type: TypeNumber;
}

/** The type argument that stands for a type parameter may be an interface, into which nothing enters. */
function addConversion({ parts, hubs, builds, type: typeOf }: Body, { to, from, type }: TypedFlow): void {
  addEdge(parts, from, to);
  const of = typeOf(type);
  if (to < 0 || parts.methods.interfaceMethods(of) !== undefined) return;
  hubs.enter(of);
  addSource(parts, { node: to, token: typeToken(of), builds });
}

/**
 * To an interface all gets through, and a call says by itself what has its methods. What a call
 * on a value of any other type but a function runs is known without its flows.
 */
function addAssertion({ parts, type: typeOf }: Body, { to, from, type }: TypedFlow): void {
  const of = typeOf(type);
  if (parts.methods.interfaceMethods(of) !== undefined) addEdge(parts, from, to);
  else if (signatureOf(parts, of) !== undefined || isAlias(parts, of)) addEdge(parts, from, to, of);
}

interface ValueFlow {
  readonly to: number;
  readonly term: FunctionTerm | undefined;
  readonly receiver: PlaceNumber;
}

function addFunctionValue(body: Body, { to, term, receiver }: ValueFlow): void {
  const { parts, instances, hubs, instance, node, type } = body;
  if (to < 0) return;
  const bound = receiver === nothing ? undefined : node(receiver);
  if (term?.[0] === "function") {
    const [, id, ...given] = term;
    for (const fn of parts.declared.named(id)) {
      const of = instances.named(instance, fn, given.map(type));
      if (of !== undefined) addFunctionSource(body, { to, of, fn, bound });
    }
  } else if (term?.[0] === "method") {
    const [, number, name] = term;
    const of = type(number);
    const hub = hubs.ofMethod(of, name);
    if (hub === undefined) {
      for (const one of concreteMethods(body, of, name)) addFunctionSource(body, { to, ...one, bound });
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
  const { parts, instances, builds } = body;
  if (bound !== undefined)
    addHandover(parts, {
      from: bound,
      to: instances.parameters(of, fn)[0] ?? -1,
      type: instances.receiver(of, fn),
    });
  const token = tokenOf(body, { instance: of, fn, bound: bound !== undefined });
  addSource(parts, { node: to, token, builds });
}

/** The token of a function that may be called as a value. */
export function tokenOf(
  { parts, instances, hubs }: GraphMakers,
  { instance, fn, bound }: { readonly instance: Instance; readonly fn: number; readonly bound: boolean },
): Token {
  const isMethod = parts.declared.functions[fn]?.facts.kind === "method";
  const signature =
    isMethod && !bound ? instances.methodSignature(instance, fn) : instances.signature(instance, fn);
  const key = `function ${fn} ${instance.typeArguments.join()} ${bound}`;
  return hubs.token(key, signature, () => ({ kind: "function", fn, instance, bound }));
}

/** The methods of a type that stands for a type parameter. */
function concreteMethods(
  { parts, instances }: GraphMakers,
  type: TypeId,
  name: string,
): { readonly of: Instance; readonly fn: number }[] {
  const found = parts.methods.find(type, name);
  if (found?.kind !== "functions") return [];
  return found.methods.map(({ fn }) => ({ of: instances.of(fn, found.typeArguments), fn }));
}

interface Yield {
  readonly type: TypeNumber;
  readonly from: PlaceNumber;
  readonly places: readonly PlaceNumber[];
}

function addYield({ parts, hubs, builds, type: typeOf, node }: Body, { type, from, places }: Yield): void {
  const hub = hubs.ofFunction(typeOf(type));
  const given = signatureTerm(parts.types, hub?.signature)?.[1][0];
  const signature = given === undefined ? undefined : signatureOf(parts, given);
  if (hub === undefined || signature === undefined) return;
  const parameters = places.map(node);
  const token = hubs.token(`body ${parameters.join()} ${signature}`, signature, () => ({
    kind: "body",
    parameters,
  }));
  addSource(parts, { node: hub.parameters[0] ?? -1, token, builds });
  addEdge(parts, node(from), hub.receiver);
}

/** What is ranged over is called with the body. That is no call at any parenthesis: its line is 0. */
function addRange(body: Body, { yields: [type, from], body: id, use, builds: within }: RangeFacts): void {
  const { parts, hubs, instances, instance, node } = body;
  const hub = hubs.ofFunction(body.type(type));
  const given = signatureTerm(parts.types, hub?.signature)?.[1][0];
  if (hub === undefined || given === undefined) return;
  const { builds: sets, active } = parts.declared;
  const builds = within === undefined ? body.builds : sets.and(body.builds, active(within));
  const signature = signatureOf(parts, given);
  for (const fn of parts.declared.named(id)) {
    const of = instances.named(instance, fn, []);
    if (of === undefined) continue;
    const key = `function ${fn} ${of.typeArguments.join()} false`;
    const token = hubs.token(key, signature, () => ({ kind: "function", fn, instance: of, bound: false }));
    addSource(parts, { node: hub.parameters[0] ?? -1, token, builds });
  }
  addEdge(parts, node(from), hub.receiver);
  addSite(body, { call: [use, 0, 0, from, []], callee: node(from), hub });
}

function addCall(body: Body, call: CallFacts, use: UseFacts | undefined): void {
  const [, , , callee, given, results = [], { spread = false, type } = {}] = call;
  const passed: Passed = {
    callee: body.node(callee),
    arguments: given.map(body.node),
    results: results.map(body.node),
    spread,
  };
  const target = use?.target;
  // The standard library calls by reflection whatever anybody hands it as any.
  const isOfModule = body.fn < body.parts.declared.given;
  const reflected = use && isOfModule ? reflectedCall(body.parts, use, passed) : undefined;
  if (reflected !== undefined) addSite(body, { call, reflected });
  if (reflected?.method !== undefined) body.hubs.callNamed(reflected.method);
  switch (target?.kind) {
    case "function":
      addStaticCall(body, { call, id: target.id, passed });
      return;
    case "qualified":
      if (isOfInterest(body.parts, target.package, passed))
        addStaticCall(body, { call, id: functionId(target.package, target.name), passed });
      return;
    case "interface-method":
      if (type !== undefined)
        addMethodCall(body, { call, type: body.type(type), name: calledMethod(target, body.pkg), passed });
      return;
    case "dynamic": {
      const hub = type === undefined ? undefined : body.hubs.ofFunction(body.type(type));
      if (hub !== undefined) passToHub(body.parts, hub, passed);
      addSite(body, { call, callee: passed.callee, hub });
      return;
    }
    default:
  }
}

/** Functions without bodies hand nothing on: what they do with what they are given is to call it back. */
function isOfInterest({ declared }: GraphParts, path: string, passed: Passed): boolean {
  return !declared.isBodiless(path) || passed.arguments.some((node) => node >= 0);
}

interface PassedCall {
  readonly call: CallFacts;
  readonly passed: Passed;
}

function addStaticCall(body: Body, { call, id, passed }: PassedCall & { readonly id: string }): void {
  const { parts, instances, instance } = body;
  const handed: Handed[] = [];
  const statics: InstanceFunction[] = [];
  const typeArguments = (call[6]?.typeArguments ?? []).map(body.type);
  for (const one of parts.declared.named(id)) {
    const of = instances.named(instance, one, typeArguments);
    if (of === undefined) continue;
    statics.push({ fn: one, instance: of });
    passToFunction(parts, instances, { instance: of, fn: one, passed });
    if (one >= parts.declared.given || isToldByCallbacks(id))
      handed.push(...handedArguments(body, { of, fn: one, passed }));
  }
  for (const { type } of handed) addCallbacks(body, type);
  addSite(body, { call, statics, handed });
}

interface Given {
  readonly of: Instance;
  readonly fn: number;
  readonly passed: Passed;
}

/** Arguments that are taken as functions or as interfaces with methods, also by a variadic parameter. */
function handedArguments({ parts, instances }: Body, { of, fn, passed }: Given): Handed[] {
  const signature = signatureTerm(parts.types, instances.signature(of, fn));
  return passed.arguments.flatMap((node, index) => {
    const type = parameterType(parts, { signature, spread: passed.spread, index });
    if (node < 0 || type === undefined) return [];
    const isCallable =
      signatureOf(parts, type) !== undefined || (parts.methods.interfaceMethods(type)?.size ?? 0) > 0;
    return isCallable ? [{ node, type }] : [];
  });
}

/** All methods of an interface's value may be called by whoever is given it. */
function addCallbacks({ parts, hubs }: Body, type: TypeId): void {
  for (const name of parts.methods.interfaceMethods(type)?.keys() ?? []) hubs.ofMethod(type, name);
}

interface ParameterPlace {
  readonly signature: SignatureTerm | undefined;
  readonly spread: boolean;
  readonly index: number;
}

function parameterType(
  { types }: GraphParts,
  { signature, spread, index }: ParameterPlace,
): TypeId | undefined {
  const parameters = signature?.[1] ?? [];
  if (signature?.[0] !== "variadic" || spread || index < parameters.length - 1) return parameters[index];
  const list = types.term(parameters.at(-1) ?? -1);
  return typeof list !== "string" && list[0] === "slice" ? list[1] : undefined;
}

/** A call of the function that is looked at. */
function addSite({ parts, fn, instance }: Body, site: Partial<Site> & Pick<Site, "call">): void {
  parts.sites.push({
    fn,
    instance,
    statics: [],
    instantiated: false,
    handed: [],
    callee: -1,
    hub: undefined,
    reflected: undefined,
    ...site,
  });
}

function addMethodCall(
  body: Body,
  { call, type, name, passed }: PassedCall & { readonly type: TypeId; readonly name: string },
): void {
  const { parts, instances, hubs } = body;
  const hub = hubs.ofMethod(type, name);
  if (hub !== undefined) {
    passToHub(parts, hub, passed);
    addSite(body, { call, callee: passed.callee, hub });
    return;
  }
  const found = concreteMethods(body, type, name);
  for (const { of, fn: one } of found) passToFunction(parts, instances, { instance: of, fn: one, passed });
  addSite(body, {
    call,
    statics: found.map((one) => ({ fn: one.fn, instance: one.of })),
    instantiated: true,
  });
}

/** The name of the method that a call names, with its package where it is not exported. */
function calledMethod(
  { package: path, name }: Extract<Target, { kind: "interface-method" }>,
  pkg: PackageFacts,
): string {
  const method = name.slice(name.lastIndexOf(".") + 1);
  return isExportedName(method) ? method : `${path === "" ? pkg.path : path}.${method}`;
}

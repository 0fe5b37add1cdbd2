/**
 * The graph along which types and functions are propagated (VTA: Sundaresan et al. 2000).
 * Generic functions are there once for each list of type arguments, and once with type
 * parameters that stand for themselves. Calls whose callee depends on a value meet their
 * callees in a hub: one for each interface and method, and for each signature. Behind it
 * are all methods of types that enter an interface anywhere, and all functions that are
 * used as values, with that signature.
 */
import type { FunctionFacts, PackageFacts, Target } from "../../model/facts.ts";
import {
  type CallFacts,
  type FlowLists,
  type FunctionTerm,
  nothing,
  type PlaceNumber,
  type TypeTerm,
} from "../../model/flow-facts.ts";
import { functionId } from "../../model/function-id.ts";
import type { Declarations, DeclaredFunction } from "./declarations.ts";
import { createMethodSets, type MethodSets, namedType } from "./method-sets.ts";
import { createNodes, type Nodes } from "./nodes.ts";
import { createTypeTable, type TypeId, type TypeTable } from "./type-table.ts";

/** What is propagated: a type, or a function. */
export type Token = number;

export type FunctionToken =
  | { readonly kind: "function"; readonly fn: number; readonly instance: Instance; readonly bound: boolean }
  | { readonly kind: "method"; readonly hub: Hub; readonly receiver: number }
  /** The body of a range over a function. */
  | { readonly kind: "body"; readonly parameters: readonly number[]; readonly signature: TypeId };

/** A declared function and the closures in it, with type arguments. */
export interface Instance {
  readonly root: number;
  readonly typeArguments: readonly TypeId[];
  /** The node of its place 0. */
  readonly base: number;
}

/** Where calls meet what they may call. */
export interface Hub {
  readonly kind: "interface" | "function";
  readonly type: TypeId;
  /** Of the method; empty for functions. */
  readonly name: string;
  readonly signature: TypeId;
  readonly receiver: number;
  readonly parameters: readonly number[];
  readonly results: readonly number[];
}

/** A call as facts have it, in an instance of its function. */
export interface Site {
  readonly fn: number;
  readonly call: CallFacts;
  readonly statics: readonly number[];
  /** The node of the receiver or function value, if that decides. */
  readonly callee: number;
  readonly hub: Hub | undefined;
}

export interface FlowGraph {
  readonly types: TypeTable;
  readonly methods: MethodSets;
  readonly nodes: number;
  readonly edges: readonly number[];
  readonly sources: readonly number[];
  readonly sites: readonly Site[];
  readonly functionTokens: readonly FunctionToken[];
}

export const typeToken = (type: TypeId): Token => type * 2;
export const functionToken = (index: number): Token => index * 2 + 1;

/** Instances of generic functions beyond this many stand for themselves. */
const instanceLimit = 200_000;
const nestingLimit = 6;

export function buildFlowGraph(declared: Declarations): FlowGraph {
  const types = createTypeTable();
  const methods = createMethodSets(types, declared);
  const nodes = createNodes(types);
  const builder = createBuilder({ declared, types, methods, nodes });
  declared.functions.forEach((fn, index) => {
    if (fn.root !== index) return;
    const instance = builder.instantiate(index, ownParameters(types, fn.facts));
    // The first graph of x/tools lets calls of function values call every function of their type.
    if (fn.facts.kind === "function" && fn.facts.typeParameters === undefined)
      builder.tokenOf(instance, index, false);
  });
  // Whoever imports a package may put values of its types into any interface.
  for (const [name, declarations] of declared.types) {
    if (
      !declared.methods.has(name) &&
      !declarations.some(({ pkg, facts }) => isStructTerm(pkg.types[facts.underlying]))
    )
      continue;
    if (declarations.some(({ facts }) => facts.typeParameters !== undefined)) continue;
    const type = types.intern(name);
    builder.enterType(type);
    builder.enterType(types.intern(["pointer", type]));
  }
  builder.finish();
  return {
    types,
    methods,
    nodes: nodes.count(),
    edges: builder.edges,
    sources: builder.sources,
    sites: builder.sites,
    functionTokens: builder.functionTokens,
  };
}

/** Type parameters that stand for themselves. */
function ownParameters(types: TypeTable, { id, typeParameters = [] }: FunctionFacts): TypeId[] {
  return typeParameters.map((name) => types.intern(`${id}·${name}`));
}

interface Parts {
  readonly declared: Declarations;
  readonly types: TypeTable;
  readonly methods: MethodSets;
  readonly nodes: Nodes;
}

function createBuilder({ declared, types, methods, nodes }: Parts) {
  const edges: number[] = [];
  const sources: number[] = [];
  const sites: Site[] = [];
  const functionTokens: FunctionToken[] = [];
  const tokensByKey = new Map<string, number>();
  const instances = new Map<string, Instance>();
  const pending: Instance[] = [];
  const hubs = new Map<string, Hub>();
  const hubsByMethod = new Map<string, Hub[]>();
  const hubsBySignature = new Map<TypeId, Hub>();
  const entering = new Set<TypeId>();
  const newTypes: TypeId[] = [];
  const newHubs: Hub[] = [];
  const tokensBySignature = new Map<TypeId, number[]>();
  const typesByMethod = new Map<string, TypeId[]>();
  const closuresOf = groupByRoot(declared.functions);
  const sizes = new Map<number, number>();

  const edge = (from: number, to: number, filter = -1) => {
    if (from >= 0 && to >= 0 && from !== to) edges.push(from, to, filter);
  };

  function instantiate(root: number, typeArguments: readonly TypeId[]): Instance {
    const fn = declared.functions[root] as DeclaredFunction;
    const own = fn.facts.typeParameters?.length ?? 0;
    const tooMany =
      instances.size > instanceLimit || typeArguments.some((type) => depthOf(types, type) > nestingLimit);
    const given =
      own === 0
        ? []
        : tooMany || typeArguments.length < own
          ? ownParameters(types, fn.facts)
          : typeArguments.slice(0, own);
    const key = `${root} ${given.join()}`;
    let instance = instances.get(key);
    if (instance === undefined) {
      instance = { root, typeArguments: given, base: nodes.add(sizeOf(root)) };
      instances.set(key, instance);
      pending.push(instance);
    }
    return instance;
  }

  function sizeOf(root: number): number {
    let size = sizes.get(root);
    if (size === undefined) {
      size = 0;
      for (const fn of closuresOf.get(root) ?? [])
        size = Math.max(size, placesIn(declared.functions[fn]?.facts));
      sizes.set(root, size);
    }
    return size;
  }

  const nodeOf = (pkg: PackageFacts, { base, typeArguments }: Instance, place: PlaceNumber): number =>
    place >= 0 ? base + place : nodes.shared(pkg, place, typeArguments);

  function hub(kind: Hub["kind"], type: TypeId, name: string): Hub | undefined {
    const key = `${kind} ${type} ${name}`;
    const known = hubs.get(key);
    if (known !== undefined) return known;
    const signature = kind === "function" ? signatureOf(type) : methods.interfaceMethods(type)?.get(name);
    const term = signature === undefined ? undefined : types.term(signature);
    if (signature === undefined || !isSignature(term)) return undefined;
    const base = nodes.add(1 + term[1].length + term[2].length);
    const made: Hub = {
      kind,
      type,
      name,
      signature,
      receiver: base,
      parameters: term[1].map((_, index) => base + 1 + index),
      results: term[2].map((_, index) => base + 1 + term[1].length + index),
    };
    hubs.set(key, made);
    newHubs.push(made);
    return made;
  }

  /** The signature underneath a type. */
  function signatureOf(type: TypeId): TypeId | undefined {
    return methods.underlying(type).find((one) => isSignature(types.term(one)));
  }

  function addToken(key: string, make: () => FunctionToken, signature: TypeId | undefined): number {
    let index = tokensByKey.get(key);
    if (index === undefined) {
      tokensByKey.set(key, (index = functionTokens.length));
      functionTokens.push(make());
      if (signature !== undefined) {
        append(tokensBySignature, signature, index);
        const meets = hubsBySignature.get(signature);
        if (meets !== undefined) connectToken(meets, index);
      }
    }
    return functionToken(index);
  }

  function enterType(type: TypeId): void {
    if (!entering.has(type)) {
      entering.add(type);
      newTypes.push(type);
    }
  }

  function processInstance(instance: Instance): void {
    for (const fn of closuresOf.get(instance.root) ?? []) {
      const { facts, pkg } = declared.functions[fn] as DeclaredFunction;
      for (const lists of activeLists(declared, facts)) {
        processLists({ fn, facts, pkg, instance }, lists);
      }
    }
  }

  interface Context {
    readonly fn: number;
    readonly facts: FunctionFacts;
    readonly pkg: PackageFacts;
    readonly instance: Instance;
  }

  function processLists(context: Context, lists: FlowLists): void {
    const { pkg, instance, facts } = context;
    const node = (place: PlaceNumber = nothing) => nodeOf(pkg, instance, place);
    const type = (number: number) => types.typeIn(pkg, number, instance.typeArguments);
    const { assign = [], load = [], store = [], convert = [], assert = [], functions = [] } = lists;
    for (let at = 0; at < assign.length; at += 2) edge(node(assign[at + 1]), node(assign[at]));
    for (const list of [load, store])
      for (let at = 0; at < list.length; at += 3) edge(node(list[at + 1]), node(list[at]));
    for (let at = 0; at < convert.length; at += 3) {
      const [to, from, of] = [node(convert[at]), node(convert[at + 1]), type(convert[at + 2] ?? 0)];
      edge(from, to);
      if (to < 0 || methods.interfaceMethods(of) !== undefined) continue;
      enterType(of);
      sources.push(to, typeToken(of));
    }
    for (let at = 0; at < assert.length; at += 3) {
      const of = type(assert[at + 2] ?? 0);
      // What a call on a value of another type runs is known without its flows.
      if (methods.interfaceMethods(of) !== undefined || leadsToFunction(of))
        edge(node(assert[at + 1]), node(assert[at]), of);
    }
    for (let at = 0; at < functions.length; at += 3)
      addFunctionValue(context, {
        to: node(functions[at]),
        term: pkg.functionValues[functions[at + 1] ?? 0],
        receiver: functions[at + 2] ?? nothing,
      });
    for (const [of, from, ...places] of lists.yields ?? []) addYield(context, { of, from, places });
    for (const call of lists.calls ?? []) addCall(context, call, facts.uses[call[0]]?.target);
  }

  function addFunctionValue(
    { pkg, instance }: Context,
    {
      to,
      term,
      receiver,
    }: { readonly to: number; readonly term: FunctionTerm | undefined; readonly receiver: PlaceNumber },
  ): void {
    if (to < 0) return;
    const receiverNode = nodeOf(pkg, instance, receiver);
    const bound = receiver !== nothing;
    if (term?.[0] === "function") {
      const [, id, ...given] = term;
      for (const fn of declared.byId.get(id) ?? []) {
        const of = calledInstance(
          instance,
          fn,
          given.map((one) => types.typeIn(pkg, one, instance.typeArguments)),
        );
        if (of === undefined) continue;
        if (bound) edge(receiverNode, parameterNodes(of, fn)[0] ?? -1);
        sources.push(to, tokenOf(of, fn, bound));
      }
    } else if (term?.[0] === "method") {
      const type = types.typeIn(pkg, term[1], instance.typeArguments);
      const meets = hub("interface", type, term[2]);
      if (meets === undefined) {
        addConcreteMethod(type, term[2], { to, receiver: receiverNode, bound });
        return;
      }
      edge(receiverNode, meets.receiver);
      const signature = bound ? meets.signature : withReceiver(meets.signature, type);
      const key = `method ${type} ${term[2]} ${bound ? receiverNode : ""}`;
      sources.push(
        to,
        addToken(key, () => ({ kind: "method", hub: meets, receiver: bound ? receiverNode : -1 }), signature),
      );
    }
  }

  /** A method of a type parameter, for which a type stands. */
  function addConcreteMethod(
    type: TypeId,
    name: string,
    { to, receiver, bound }: { readonly to: number; readonly receiver: number; readonly bound: boolean },
  ): void {
    const found = methods.find(type, name);
    if (found?.kind !== "functions") return;
    for (const { fn } of found.methods) {
      const of = instantiate(fn, found.typeArguments);
      if (bound) edge(receiver, parameterNodes(of, fn)[0] ?? -1);
      sources.push(to, tokenOf(of, fn, bound));
    }
  }

  function tokenOf(instance: Instance, fn: number, bound: boolean): Token {
    const { facts, pkg } = declared.functions[fn] as DeclaredFunction;
    const plain =
      facts.signature === undefined ? undefined : types.typeIn(pkg, facts.signature, instance.typeArguments);
    const isMethod = facts.kind === "method" && !bound;
    const signature =
      plain !== undefined && isMethod ? withReceiver(plain, receiverType(facts, instance)) : plain;
    const key = `function ${fn} ${instance.base} ${instance.typeArguments.join()} ${bound}`;
    return addToken(key, () => ({ kind: "function", fn, instance, bound }), signature);
  }

  function receiverType({ id }: FunctionFacts, { typeArguments }: Instance): TypeId {
    const [, star, name = ""] = /^\((\*?)(.+)\)\./u.exec(id) ?? [];
    const type = types.intern(typeArguments.length === 0 ? name : ["instance", name, ...typeArguments]);
    return star === "*" ? types.intern(["pointer", type]) : type;
  }

  function withReceiver(signature: TypeId, receiver: TypeId): TypeId {
    const term = types.term(signature);
    return isSignature(term) ? types.intern([term[0], [receiver, ...term[1]], term[2]]) : signature;
  }

  /** The instance of a function that is named in another one: a closure is of that itself, or of its variant. */
  function calledInstance(instance: Instance, fn: number, given: readonly TypeId[]): Instance | undefined {
    const { root } = declared.functions[fn] as DeclaredFunction;
    return root === fn ? instantiate(root, given) : root === instance.root ? instance : undefined;
  }

  function addYield(
    context: Context,
    {
      of,
      from,
      places,
    }: { readonly of: number; readonly from: PlaceNumber; readonly places: readonly PlaceNumber[] },
  ): void {
    const { pkg, instance } = context;
    const meets = hub("function", types.typeIn(pkg, of, instance.typeArguments), "");
    const callee = nodeOf(pkg, instance, from);
    const term = meets === undefined ? undefined : types.term(meets.signature);
    const given = isSignature(term) ? term[1][0] : undefined;
    if (meets === undefined || given === undefined) return;
    const signature = signatureOf(given);
    const parameters = places.map((place) => nodeOf(pkg, instance, place));
    if (signature !== undefined) {
      const token = addToken(
        `body ${parameters.join()} ${meets.signature}`,
        () => ({ kind: "body", parameters, signature }),
        signature,
      );
      const [first] = meets.parameters;
      if (first !== undefined) sources.push(first, token);
    }
    edge(callee, meets.receiver);
  }

  function addCall(context: Context, call: CallFacts, target: Target | undefined): void {
    const { pkg, instance, fn } = context;
    const [, , , callee, given, results = [], details = {}] = call;
    const type =
      details.type === undefined ? undefined : types.typeIn(pkg, details.type, instance.typeArguments);
    const node = (place: PlaceNumber) => nodeOf(pkg, instance, place);
    const passed: Passed = {
      callee: callee === nothing ? -1 : node(callee),
      arguments: given.map(node),
      results: results.map(node),
      spread: details.spread === true,
    };
    switch (target?.kind) {
      case "function":
      case "qualified": {
        const id = target.kind === "function" ? target.id : functionId(target.package, target.name);
        const typeArguments = (details.typeArguments ?? []).map((one) =>
          types.typeIn(pkg, one, instance.typeArguments),
        );
        const statics = declared.byId.get(id) ?? [];
        for (const one of statics) {
          const of = calledInstance(instance, one, typeArguments);
          if (of !== undefined) connectCall(of, one, passed);
        }
        sites.push({ fn, call, statics, callee: -1, hub: undefined });
        return;
      }
      case "interface-method": {
        if (type === undefined) return;
        addMethodCall(context, { call, type, name: calledMethod(target, pkg), passed });
        return;
      }
      case "dynamic": {
        const meets = type === undefined ? undefined : hub("function", type, "");
        if (meets !== undefined) connectSite(meets, passed);
        sites.push({ fn, call, statics: [], callee: passed.callee, hub: meets });
        return;
      }
      default:
        return;
    }
  }

  function addMethodCall(
    { fn }: Context,
    {
      call,
      type,
      name,
      passed,
    }: { readonly call: CallFacts; readonly type: TypeId; readonly name: string; readonly passed: Passed },
  ): void {
    const meets = hub("interface", type, name);
    if (meets !== undefined) {
      connectSite(meets, passed);
      sites.push({ fn, call, statics: [], callee: passed.callee, hub: meets });
      return;
    }
    // A type parameter, for which a type stands.
    const found = methods.find(type, name);
    const statics = found?.kind === "functions" ? found.methods.map((one) => one.fn) : [];
    if (found?.kind === "functions")
      for (const one of statics) connectCall(instantiate(one, found.typeArguments), one, passed);
    sites.push({ fn, call, statics, callee: -1, hub: undefined });
  }

  interface Passed {
    readonly callee: number;
    readonly arguments: readonly number[];
    readonly results: readonly number[];
    readonly spread: boolean;
  }

  /** Arguments and results of a static call. */
  function connectCall(instance: Instance, fn: number, passed: Passed): void {
    const { facts, pkg } = declared.functions[fn] as DeclaredFunction;
    const parameters = parameterNodes(instance, fn);
    const isMethod = facts.kind === "method";
    const signature =
      facts.signature === undefined ? undefined : types.typeIn(pkg, facts.signature, instance.typeArguments);
    if (isMethod) edge(passed.callee, parameters[0] ?? -1);
    passArguments(passed, { parameters: isMethod ? parameters.slice(1) : parameters, signature });
    const results = resultNodes(instance, fn);
    passed.results.forEach((to, index) => edge(results[index] ?? -1, to));
  }

  function connectSite(meets: Hub, passed: Passed): void {
    edge(passed.callee, meets.receiver);
    passArguments(passed, meets);
    passed.results.forEach((to, index) => edge(meets.results[index] ?? -1, to));
  }

  function passArguments(
    passed: Passed,
    {
      parameters,
      signature,
    }: { readonly parameters: readonly number[]; readonly signature: TypeId | undefined },
  ): void {
    const term = signature === undefined ? undefined : types.term(signature);
    const wanted = isSignature(term) ? term[1] : [];
    const rest = isSignature(term) && term[0] === "variadic" && !passed.spread ? wanted.length - 1 : -1;
    passed.arguments.forEach((from, index) => {
      if (rest >= 0 && index >= rest) {
        const list = types.term(wanted[rest] ?? 0);
        if (typeof list !== "string" && list[0] === "slice") edge(from, nodes.element(list[1]));
        return;
      }
      const to = parameters[index] ?? -1;
      edge(from, to);
      if (isAlias(wanted[index])) edge(to, from);
    });
  }

  /** A function, or a pointer to one or to an interface. */
  function leadsToFunction(type: TypeId): boolean {
    return signatureOf(type) !== undefined || isAlias(type);
  }

  /** A pointer behind which a function or an interface is. */
  function isAlias(type: TypeId | undefined): boolean {
    const term = type === undefined ? undefined : types.term(type);
    return typeof term === "object" && term[0] === "pointer" && !isStruct(term[1]);
  }

  function isStruct(type: TypeId): boolean {
    return methods.underlying(type).some((one) => {
      const term = types.term(one);
      return typeof term === "object" && term[0] === "struct";
    });
  }

  function parameterNodes(instance: Instance, fn: number): number[] {
    const { facts, pkg } = declared.functions[fn] as DeclaredFunction;
    return (facts.flows?.parameters ?? []).map((place) => nodeOf(pkg, instance, place));
  }

  function resultNodes(instance: Instance, fn: number): number[] {
    const { facts, pkg } = declared.functions[fn] as DeclaredFunction;
    return (facts.flows?.results ?? []).map((place) => nodeOf(pkg, instance, place));
  }

  /** Whatever is passed to a hub gets to a function behind it. */
  function connectFunction(
    meets: Hub,
    instance: Instance,
    { fn, bound }: { readonly fn: number; readonly bound: boolean },
  ): void {
    const all = parameterNodes(instance, fn);
    const parameters = bound ? all.slice(1) : all;
    meets.parameters.forEach((from, index) => {
      edge(from, parameters[index] ?? -1);
      const term = types.term(meets.signature);
      if (isSignature(term) && isAlias(term[1][index])) edge(parameters[index] ?? -1, from);
    });
    resultNodes(instance, fn).forEach((from, index) => edge(from, meets.results[index] ?? -1));
  }

  function connectToken(meets: Hub, index: number): void {
    const token = functionTokens[index];
    if (token?.kind === "function") {
      const isMethod = declared.functions[token.fn]?.facts.kind === "method";
      connectFunction(meets, token.instance, { fn: token.fn, bound: token.bound && isMethod });
    } else if (token?.kind === "method") {
      const parameters = token.receiver >= 0 ? meets.parameters : meets.parameters.slice(1);
      if (token.receiver < 0) edge(meets.parameters[0] ?? -1, token.hub.receiver);
      parameters.forEach((from, at) => edge(from, token.hub.parameters[at] ?? -1));
      token.hub.results.forEach((from, at) => edge(from, meets.results[at] ?? -1));
    } else token?.parameters.forEach((to, at) => edge(meets.parameters[at] ?? -1, to));
  }

  /** The method of a type that enters an interface, behind the hub of a method of that name. */
  function connectType(meets: Hub, type: TypeId): void {
    const found = methods.find(type, meets.name);
    if (found === undefined || !methods.implements(type, meets.type)) return;
    if (found.kind === "functions") {
      for (const { fn } of found.methods) {
        const instance = instantiate(fn, found.typeArguments);
        connectFunction(meets, instance, { fn, bound: true });
        // A function with methods is its receiver.
        if (signatureOf(type) !== undefined)
          edge(meets.receiver, parameterNodes(instance, fn)[0] ?? -1, type);
      }
      return;
    }
    const inner = hub("interface", found.type, meets.name);
    if (inner === undefined || inner === meets) return;
    edge(nodes.field(found.holder, found.field), inner.receiver);
    meets.parameters.forEach((from, at) => edge(from, inner.parameters[at] ?? -1));
    inner.results.forEach((from, at) => edge(from, meets.results[at] ?? -1));
  }

  function finish(): void {
    for (;;) {
      const instance = pending.pop();
      if (instance !== undefined) {
        processInstance(instance);
        continue;
      }
      const meets = newHubs.pop();
      if (meets !== undefined) {
        if (meets.kind === "interface") {
          append(hubsByMethod, meets.name, meets);
          for (const type of typesByMethod.get(meets.name) ?? []) connectType(meets, type);
        } else if (!hubsBySignature.has(meets.signature)) {
          hubsBySignature.set(meets.signature, meets);
          for (const token of tokensBySignature.get(meets.signature) ?? []) connectToken(meets, token);
        } else joinHubs(meets, hubsBySignature.get(meets.signature) as Hub);
        continue;
      }
      const type = newTypes.pop();
      if (type === undefined) return;
      for (const name of methodNames(type)) {
        append(typesByMethod, name, type);
        for (const one of hubsByMethod.get(name) ?? []) connectType(one, type);
      }
    }
  }

  /** Types of functions with the same signature meet the same functions. */
  function joinHubs(meets: Hub, first: Hub): void {
    edge(meets.receiver, first.receiver);
    meets.parameters.forEach((from, at) => {
      edge(from, first.parameters[at] ?? -1);
    });
    first.results.forEach((from, at) => edge(from, meets.results[at] ?? -1));
  }

  /** Names of all methods that a type may have, those of embedded fields too. */
  function methodNames(type: TypeId): ReadonlySet<string> {
    const names = new Set<string>();
    const seen = new Set<TypeId>([type]);
    for (const at of seen) {
      const term = types.term(at);
      if (typeof term === "object" && term[0] === "pointer") seen.add(term[1]);
      for (const name of declared.methods.get(namedType(term)?.name ?? "")?.keys() ?? []) names.add(name);
      for (const name of methods.interfaceMethods(at)?.keys() ?? []) names.add(name);
      if (seen.size > 1000) break;
      for (const under of methods.underlying(at)) {
        const struct = types.term(under);
        if (typeof struct !== "object" || struct[0] !== "struct") continue;
        const [, ...fields] = struct;
        for (const [, inner, embedded] of fields) if (embedded === 1) seen.add(inner);
      }
    }
    return names;
  }

  return { edges, sources, sites, functionTokens, instantiate, enterType, tokenOf, finish };
}

type SignatureTerm = readonly ["func" | "variadic", readonly TypeId[], readonly TypeId[]];

function isSignature(term: unknown): term is SignatureTerm {
  return Array.isArray(term) && (term[0] === "func" || term[0] === "variadic");
}

function isStructTerm(term: TypeTerm | undefined): boolean {
  return Array.isArray(term) && term[0] === "struct";
}

function depthOf(types: TypeTable, type: TypeId, depth = 0): number {
  if (depth > nestingLimit) return depth;
  const term = types.term(type);
  if (typeof term === "string") return depth;
  const parts = term.flat(2).filter((part) => typeof part === "number");
  if (term[0] !== "instance" && term[0] !== "pointer" && term[0] !== "slice") return depth + 1;
  return parts.reduce((most, part) => Math.max(most, depthOf(types, part, depth + 1)), depth);
}

function groupByRoot(functions: readonly DeclaredFunction[]): ReadonlyMap<number, readonly number[]> {
  const groups = new Map<number, number[]>();
  functions.forEach(({ root }, fn) => append(groups, root, fn));
  return groups;
}

function append<K, T>(lists: Map<K, T[]>, key: K, item: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}

function activeLists(declared: Declarations, { flows }: FunctionFacts): FlowLists[] {
  if (flows === undefined) return [];
  const variants = (flows.variants ?? []).filter(({ builds }) => declared.isActive(builds));
  return [flows, ...variants];
}

/** How many places of its own a function mentions, closures apart. */
function placesIn(facts: FunctionFacts | undefined): number {
  let most = -1;
  const see = (places: readonly number[] = []) => {
    for (const place of places) if (place > most) most = place;
  };
  const { flows } = facts ?? {};
  see(flows?.parameters);
  see(flows?.results);
  for (const lists of flows === undefined ? [] : [flows, ...(flows.variants ?? [])]) {
    see(lists.assign);
    see(lists.load);
    see(lists.store);
    for (const list of [lists.convert, lists.assert])
      for (let at = 0; at < (list?.length ?? 0); at += 3) see(list?.slice(at, at + 2));
    for (let at = 0; at < (lists.functions?.length ?? 0); at += 3)
      see([lists.functions?.[at] ?? -1, lists.functions?.[at + 2] ?? -1]);
    for (const [, ...places] of lists.yields ?? []) see(places);
    for (const [, , , callee, given, results] of lists.calls ?? []) {
      see([callee]);
      see(given);
      see(results);
    }
  }
  return most + 1;
}

/** The name of the method that a call names, with its package where it is not exported. */
function calledMethod(
  { package: path, name }: Extract<Target, { kind: "interface-method" }>,
  pkg: PackageFacts,
): string {
  const method = name.slice(name.lastIndexOf(".") + 1);
  return /^\p{Lu}/u.test(method) ? method : `${path === "" ? pkg.path : path}.${method}`;
}

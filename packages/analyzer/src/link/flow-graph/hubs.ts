/**
 * Hubs: behind that of an interface's method are all methods of types that may be in it, behind
 * that of a signature all functions with it.
 */
import { append } from "../declarations.ts";
import {
  addEdge,
  addHandover,
  type FunctionToken,
  type FunctionValue,
  functionToken,
  type GraphParts,
  type Hub,
  type Instance,
  signatureOf,
  signatureTerm,
  type Token,
} from "./graph.ts";
import type { Instances } from "./instances.ts";
import { namedType } from "./method-sets.ts";
import type { TypeId } from "./type-table.ts";

export interface Hubs {
  /** Of a method of an interface; undefined if the type is none, or has no such method. */
  readonly ofMethod: (type: TypeId, name: string) => Hub | undefined;
  /** Of a type of functions; undefined if it is none. */
  readonly ofFunction: (type: TypeId) => Hub | undefined;
  /** A type whose values may be in interfaces. */
  readonly enter: (type: TypeId) => void;
  /** Methods of that name are called, of whatever type of which there are values in interfaces. */
  readonly callNamed: (name: string) => void;
  /** A function that may be called by hubs of that signature; equal keys are one token. */
  readonly token: (key: string, signature: TypeId | undefined, make: () => FunctionValue) => Token;
  /** Connects one hub or type that is new; false if there is none. */
  readonly connectNext: () => boolean;
}

export function createHubs(parts: GraphParts, instances: Instances): Hubs {
  const { types, methods, nodes, functionTokens } = parts;
  const all = new Map<string, Hub>();
  const fresh: { readonly hubs: Hub[]; readonly types: TypeId[] } = { hubs: [], types: [] };
  const byMethod = new Map<string, Hub[]>();
  const bySignature = new Map<TypeId, Hub>();
  const tokens = new Map<string, number>();
  const tokensBySignature = new Map<TypeId, number[]>();
  const entered = new Set<TypeId>();
  const typesByMethod = new Map<string, TypeId[]>();
  const calledNames = new Set<string>();

  function hub(kind: Hub["kind"], type: TypeId, name: string): Hub | undefined {
    const key = `${kind} ${type} ${name}`;
    const known = all.get(key);
    if (known !== undefined) return known;
    const signature =
      kind === "function" ? signatureOf(parts, type) : methods.interfaceMethods(type)?.get(name);
    const term = signatureTerm(types, signature);
    if (signature === undefined || term === undefined) return undefined;
    const [, parameters, results] = term;
    const receiver = nodes.add(1 + parameters.length + results.length);
    const made: Hub = {
      kind,
      type,
      name,
      signature,
      receiver,
      parameters: parameters.map((_, index) => receiver + 1 + index),
      results: results.map((_, index) => receiver + 1 + parameters.length + index),
    };
    all.set(key, made);
    fresh.hubs.push(made);
    return made;
  }

  const behind = connections(parts, instances, (type, name) => hub("interface", type, name));

  function connectHub(one: Hub): void {
    if (one.kind === "interface") {
      append(byMethod, one.name, one);
      for (const type of typesByMethod.get(one.name) ?? []) behind.type(one, type);
      return;
    }
    const first = bySignature.get(one.signature);
    if (first !== undefined) {
      behind.hub(one, first);
      return;
    }
    bySignature.set(one.signature, one);
    for (const index of tokensBySignature.get(one.signature) ?? []) behind.token(one, functionTokens[index]);
  }

  function connectType(type: TypeId): void {
    for (const name of methodNames(parts, type)) {
      append(typesByMethod, name, type);
      behind.promoted(type, name);
      if (calledNames.has(name)) behind.called(type, name);
      for (const one of byMethod.get(name) ?? []) behind.type(one, type);
    }
  }

  return {
    ofMethod: (type, name) => hub("interface", type, name),
    ofFunction: (type) => hub("function", type, ""),
    enter: (type) => {
      if (entered.has(type)) return;
      entered.add(type);
      fresh.types.push(type);
    },
    callNamed: (name) => {
      if (calledNames.has(name)) return;
      calledNames.add(name);
      for (const type of typesByMethod.get(name) ?? []) behind.called(type, name);
    },
    token: (key, signature, make) => {
      let index = tokens.get(key);
      if (index === undefined) {
        tokens.set(key, (index = functionTokens.length));
        functionTokens.push({ signature, ...make() });
        if (signature !== undefined) {
          append(tokensBySignature, signature, index);
          const meets = bySignature.get(signature);
          if (meets !== undefined) behind.token(meets, functionTokens[index]);
        }
      }
      return functionToken(index);
    },
    connectNext: () => {
      const one = fresh.hubs.pop();
      if (one !== undefined) connectHub(one);
      const type = one === undefined ? fresh.types.pop() : undefined;
      if (type !== undefined) connectType(type);
      return one !== undefined || type !== undefined;
    },
  };
}

/** Puts functions and other hubs behind a hub. */
function connections(
  parts: GraphParts,
  instances: Instances,
  ofMethod: (type: TypeId, name: string) => Hub | undefined,
) {
  const { types, methods, nodes, declared } = parts;

  function toFunction(hub: Hub, instance: Instance, { fn, bound }: BoundFunction): void {
    const all = instances.parameters(instance, fn);
    const isMethod = declared.functions[fn]?.facts.kind === "method";
    const parameters = bound && isMethod ? all.slice(1) : all;
    hand(hub, hub.parameters, { parameters, results: instances.results(instance, fn) });
  }

  /** What a hub is called with goes behind it, and the results come back; the last of its parameters are those. */
  function hand({ signature, results }: Hub, given: readonly number[], behind: Behind): void {
    const [, parameterTypes, resultTypes] = signatureTerm(types, signature) ?? ["func", [], []];
    const typesOf = parameterTypes.slice(parameterTypes.length - given.length);
    given.forEach((from, index) =>
      addHandover(parts, { from, to: behind.parameters[index] ?? -1, type: typesOf[index] }),
    );
    behind.results.forEach((from, index) =>
      addHandover(parts, { from, to: results[index] ?? -1, type: resultTypes[index] }),
    );
  }

  return {
    /** Types of functions with the same signature meet the same functions. */
    hub: (hub: Hub, first: Hub) => hand(hub, hub.parameters, first),
    token: (hub: Hub, token: FunctionToken | undefined) => {
      if (token?.kind === "function") toFunction(hub, token.instance, token);
      else if (token?.kind === "body")
        token.parameters.forEach((to, index) => addEdge(parts, hub.parameters[index] ?? -1, to));
      else if (token?.kind === "method") {
        if (!token.bound) addEdge(parts, hub.parameters[0] ?? -1, token.hub.receiver);
        hand(hub, token.bound ? hub.parameters : hub.parameters.slice(1), token.hub);
      }
    },
    /** The method of a type that is called by its name. */
    called: (type: TypeId, name: string) => {
      const found = methods.find(type, name);
      if (found?.kind === "functions")
        for (const { fn } of found.methods) instances.of(fn, found.typeArguments);
      else if (found !== undefined) ofMethod(found.type, name);
    },
    /** A promoted method has the embedded field as its receiver, also where it is called through an interface. */
    promoted: (type: TypeId, name: string) => {
      const found = methods.find(type, name);
      if (found?.kind !== "functions" || found.promoted === undefined) return;
      const field = nodes.field(found.promoted.holder, found.promoted.field);
      for (const { fn } of found.methods)
        addEdge(parts, field, instances.parameters(instances.of(fn, found.typeArguments), fn)[0] ?? -1);
    },
    /** The method of a type behind the hub of one of that name, if the type has all methods of the interface. */
    type: (hub: Hub, type: TypeId) => {
      const found = methods.find(type, hub.name);
      if (found === undefined || !methods.implements(type, hub.type)) return;
      if (found.kind === "interface") {
        const inner = ofMethod(found.type, hub.name);
        if (inner === undefined || inner === hub) return;
        addEdge(parts, nodes.field(found.holder, found.field), inner.receiver);
        hand(hub, hub.parameters, inner);
        return;
      }
      for (const { fn } of found.methods) {
        const instance = instances.of(fn, found.typeArguments);
        toFunction(hub, instance, { fn, bound: true });
        // A function with methods is itself the receiver, and may be called by them.
        const receiver = instances.parameters(instance, fn)[0] ?? -1;
        if (signatureOf(parts, type) !== undefined) addEdge(parts, hub.receiver, receiver, type);
      }
    },
  };
}

/** The nodes of what is behind a hub. */
interface Behind {
  readonly parameters: readonly number[];
  readonly results: readonly number[];
}

interface BoundFunction {
  readonly fn: number;
  readonly bound: boolean;
}

/** Types that are looked into for the methods of one. */
const embeddedLimit = 1000;

/** Names of all methods that a type may have, those of embedded fields too. */
function methodNames({ types, methods, declared }: GraphParts, type: TypeId): ReadonlySet<string> {
  const names = new Set<string>();
  const seen = new Set<TypeId>([type]);
  for (const at of seen) {
    const term = types.term(at);
    if (typeof term !== "string" && term[0] === "pointer") seen.add(term[1]);
    for (const name of declared.methods(namedType(term)?.name ?? "")?.keys() ?? []) names.add(name);
    for (const name of methods.interfaceMethods(at)?.keys() ?? []) names.add(name);
    if (seen.size > embeddedLimit) break;
    for (const under of methods.underlying(at)) {
      const struct = types.term(under);
      if (typeof struct === "string" || struct[0] !== "struct") continue;
      const [, ...fields] = struct;
      for (const [, inner, embedded] of fields) if (embedded === 1) seen.add(inner);
    }
  }
  return names;
}

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
  type InstanceFunction,
  type Ports,
  type Token,
} from "./graph.ts";
import type { Instances } from "./instances.ts";
import { expressedMethod, expressedSignature, withoutReceiver } from "./method-expressions.ts";
import { type EmbeddedField, namedType, pointed } from "./method-sets.ts";
import { signatureTerm, type TypeId } from "./type-table.ts";

export interface Hubs {
  /** Of a method of an interface; undefined if the type is none, or has no such method. */
  readonly ofMethod: (type: TypeId, name: string) => Hub | undefined;
  /** Of a type of functions; undefined if it is none. */
  readonly ofFunction: (type: TypeId) => Hub | undefined;
  /** A type whose values may be in interfaces. */
  readonly enter: (type: TypeId) => void;
  /**
   * Methods of a type with type arguments may be called, if it is one of the module's: by whoever has a value, as
   * those of other types.
   */
  readonly callMethods: (type: TypeId) => void;
  /** Methods of that name are called, of whatever type of which there are values in interfaces. */
  readonly callNamed: (name: string) => void;
  /** Something leads to a function: what types promote is connected. */
  readonly reached: (fn: number) => void;
  /** A function that may be called by hubs of that signature; equal keys are one token. */
  readonly token: (key: string, signature: TypeId | undefined, make: () => FunctionValue) => Token;
  /** Connects one hub or type that is new; false if there is none. */
  readonly connectNext: () => boolean;
}

export function createHubs(parts: GraphParts, instances: Instances): Hubs {
  const { types, methods, nodes, functionTokens } = parts;
  const rootTypes = new Set(parts.declared.rootTypes);
  const ofFunctions = new Map<TypeId, Hub>();
  /** By name, then type. */
  const ofMethods = new Map<string, Map<TypeId, Hub>>();
  const fresh: { readonly hubs: Hub[]; readonly types: TypeId[] } = { hubs: [], types: [] };
  const byMethod = new Map<string, Hub[]>();
  const bySignature = new Map<TypeId, Hub>();
  const tokens = new Map<string, number>();
  const tokensBySignature = new Map<TypeId, number[]>();
  /** By signatures without a receiver. */
  const expressed: { readonly hubs: Map<TypeId, Hub[]>; readonly tokens: Map<TypeId, FunctionToken[]> } = {
    hubs: new Map(),
    tokens: new Map(),
  };
  const entered = new Set<TypeId>();
  const typesByMethod = new Map<string, TypeId[]>();
  const calledNames = new Set<string>();

  function functionHub(type: TypeId): Hub | undefined {
    let known = ofFunctions.get(type);
    if (known === undefined) {
      known = makeHub(methods.signature(type), { kind: "function", type, name: "" });
      if (known !== undefined) ofFunctions.set(type, known);
    }
    return known;
  }

  function methodHub(type: TypeId, name: string): Hub | undefined {
    let ofName = ofMethods.get(name);
    if (ofName === undefined) ofMethods.set(name, (ofName = new Map()));
    let known = ofName.get(type);
    if (known === undefined) {
      const signature = methods.interfaceMethods(type)?.get(name);
      known = makeHub(signature, { kind: "interface", type, name });
      if (known !== undefined) ofName.set(type, known);
    }
    return known;
  }

  function makeHub(
    signature: TypeId | undefined,
    { kind, type, name }: Pick<Hub, "kind" | "type" | "name">,
  ): Hub | undefined {
    const term = signatureTerm(types, signature);
    if (signature === undefined || term === undefined) return undefined;
    const [form, parameters, results] = term;
    const receiver = nodes.add(1 + parameters.length + results.length);
    const made: Hub = {
      kind,
      type,
      name,
      signature,
      receiver,
      parameters: parameters.map((_, index) => receiver + 1 + index),
      parameterTypes: parameters,
      results: results.map((_, index) => receiver + 1 + parameters.length + index),
      resultTypes: results,
      isVariadic: form === "variadic",
    };
    fresh.hubs.push(made);
    return made;
  }

  const behind = connections(parts, instances, methodHub);

  function connectHub(one: Hub): void {
    if (one.kind === "interface") {
      append(byMethod, one.name, one);
      for (const type of typesByMethod.get(one.name) ?? none) behind.type(one, type);
      return;
    }
    const first = bySignature.get(one.signature);
    if (first !== undefined) {
      behind.hub(one, first);
      return;
    }
    bySignature.set(one.signature, one);
    for (const index of tokensBySignature.get(one.signature) ?? none)
      behind.token(one, functionTokens[index]);
    const rest = withoutReceiver(types, one.signature);
    if (rest === undefined) return;
    append(expressed.hubs, rest, one);
    for (const token of expressed.tokens.get(rest) ?? none) behind.expression(one, token);
  }

  function addExpression(token: FunctionToken): void {
    const rest = expressedSignature(parts, token);
    if (rest === undefined) return;
    append(expressed.tokens, rest, token);
    for (const one of expressed.hubs.get(rest) ?? none) behind.expression(one, token);
  }

  function connectType(type: TypeId): void {
    const embeds = methods.embedded(pointed(types, type)[0]).length > 0;
    for (const name of methods.names(type)) {
      append(typesByMethod, name, type);
      if (embeds) behind.promoted(type, name);
      if (calledNames.has(name)) behind.called(type, name);
      for (const one of byMethod.get(name) ?? none) behind.type(one, type);
    }
    callMethods(pointed(types, type)[0]);
  }

  function callMethods(type: TypeId): void {
    const named = namedType(types.term(type));
    if (named === undefined || named.typeArguments.length === 0 || !rootTypes.has(named.name)) return;
    const pointer = types.intern(["pointer", type]);
    for (const name of methods.names(pointer)) behind.called(pointer, name);
  }

  return {
    ofMethod: methodHub,
    ofFunction: functionHub,
    enter: (type) => {
      if (entered.has(type)) return;
      entered.add(type);
      fresh.types.push(type);
    },
    callMethods,
    callNamed: (name) => {
      if (calledNames.has(name)) return;
      calledNames.add(name);
      for (const type of typesByMethod.get(name) ?? none) behind.called(type, name);
    },
    reached: behind.reached,
    token: (key, signature, make) => {
      let index = tokens.get(key);
      if (index === undefined) {
        tokens.set(key, (index = functionTokens.length));
        const made = { signature, ...make() };
        functionTokens.push(made);
        if (signature !== undefined) {
          append(tokensBySignature, signature, index);
          const meets = bySignature.get(signature);
          if (meets !== undefined) behind.token(meets, made);
          addExpression(made);
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

/** A method that a type has of an embedded field. */
interface Promotion extends EmbeddedField {
  readonly fn: number;
  readonly typeArguments: readonly TypeId[];
}

/** Puts functions and other hubs behind a hub. */
function connections(
  parts: GraphParts,
  instances: Instances,
  ofMethod: (type: TypeId, name: string) => Hub | undefined,
) {
  const { methods, nodes, declared } = parts;
  const reached = new Set<number>();
  /** By functions that nothing leads to so far. */
  const waiting = new Map<number, Promotion[]>();

  function toFunction(hub: Hub, to: InstanceFunction, bound: boolean): void {
    const { receiver, parameters, results } = instances.ports(to);
    const isFree = !bound && declared.functions[to.fn]?.facts.kind === "method";
    if (isFree) addHandover(parts, hub.parameters[0], receiver, hub.parameterTypes[0]);
    hand(hub, { parameters, results }, isFree ? 1 : 0);
  }

  /** What a hub is called with, but for the first so many, goes behind it, and the results come back. */
  function hand(hub: Hub, behind: Pick<Ports, "parameters" | "results">, first = 0): void {
    for (let at = first; at < hub.parameters.length; at++)
      addHandover(parts, hub.parameters[at], behind.parameters[at - first], hub.parameterTypes[at]);
    behind.results.forEach((from, at) => addHandover(parts, from, hub.results[at], hub.resultTypes[at]));
  }

  const connectPromoted = ({ fn, holder, field, typeArguments }: Promotion): void => {
    const { receiver } = instances.ports({ fn, instance: instances.of(fn, typeArguments) });
    addEdge(parts, nodes.field(holder, field), receiver);
  };

  return {
    /** Types of functions with the same signature meet the same functions. */
    hub: (hub: Hub, first: Hub) => hand(hub, first),
    token: (hub: Hub, token: FunctionToken | undefined) => {
      if (token?.kind === "function") toFunction(hub, token, token.bound);
      else if (token?.kind === "body")
        token.parameters.forEach((to, index) => addEdge(parts, hub.parameters[index], to));
      else if (token?.kind === "method") {
        if (!token.bound) addEdge(parts, hub.parameters[0], token.hub.receiver);
        hand(hub, token.hub, token.bound ? 0 : 1);
      }
    },
    /** A method expression of another type than the method's own. */
    expression: (hub: Hub, token: FunctionToken) => {
      const found =
        token.signature === hub.signature ? undefined : expressedMethod(parts, token, hub.signature);
      if (found === undefined || token.kind === "body") return;
      const to = token.kind === "function" ? instances.ports(token) : token.hub;
      const part = found.kind === "interface" ? found : found.promoted;
      if (part !== undefined) addEdge(parts, nodes.field(part.holder, part.field), to.receiver);
      else addHandover(parts, hub.parameters[0], to.receiver, hub.parameterTypes[0]);
      hand(hub, to, 1);
    },
    /** A promoted method has the embedded field as its receiver, once something leads to it. */
    promoted: (type: TypeId, name: string) => {
      const found = methods.find(type, name);
      if (found?.kind !== "functions" || found.promoted === undefined) return;
      for (const { fn } of found.methods) {
        const promotion = { fn, ...found.promoted, typeArguments: found.typeArguments };
        if (reached.has(fn)) connectPromoted(promotion);
        else append(waiting, fn, promotion);
      }
    },
    /** Something leads to a function. */
    reached: (fn: number) => {
      if (reached.has(fn)) return;
      reached.add(fn);
      waiting.get(fn)?.forEach(connectPromoted);
      waiting.delete(fn);
    },
    /** The method of a type that is called by its name. */
    called: (type: TypeId, name: string) => {
      const found = methods.find(type, name);
      if (found?.kind === "functions")
        for (const { fn } of found.methods) instances.of(fn, found.typeArguments);
      else if (found !== undefined) ofMethod(found.type, name);
    },
    /** The method of a type behind the hub of one of that name, if the type has all methods of the interface. */
    type: (hub: Hub, type: TypeId) => {
      const found = methods.find(type, hub.name);
      if (found === undefined || !methods.implements(type, hub.type)) return;
      if (found.kind === "interface") {
        const inner = ofMethod(found.type, hub.name);
        if (inner === undefined || inner === hub) return;
        addEdge(parts, nodes.field(found.holder, found.field), inner.receiver);
        hand(hub, inner);
        return;
      }
      for (const { fn } of found.methods) {
        const to = { fn, instance: instances.of(fn, found.typeArguments) };
        toFunction(hub, to, true);
        // A function with methods is itself the receiver, and may be called by them.
        if (methods.signature(type) !== undefined)
          addEdge(parts, hub.receiver, instances.ports(to).receiver, type);
      }
    },
  };
}

const none: readonly never[] = [];

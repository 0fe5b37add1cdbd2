/** Functions with type arguments, and the nodes of their places. */
import type { FunctionFacts, PackageFacts } from "../../model/facts.ts";
import { type FlowLists, nothing, type PlaceNumber } from "../../model/flow-facts.ts";
import type { DeclaredFunction } from "../declarations.ts";
import { type GraphParts, type Instance, signatureTerm } from "./graph.ts";
import type { TypeId, TypeTable } from "./type-table.ts";

export interface Instances {
  /** Those that were not taken yet: an instance is pending once. */
  readonly pending: Instance[];
  /** The instance of a declared function, made when it is first asked for. */
  readonly of: (root: number, typeArguments: readonly TypeId[]) => Instance;
  /** With type parameters that stand for themselves. */
  readonly generic: (root: number) => Instance;
  /** Of a function that another one names: a closure is of that itself; undefined if it is of a variant of it. */
  readonly named: (from: Instance, fn: number, typeArguments: readonly TypeId[]) => Instance | undefined;
  /** The function of an instance and its closures. */
  readonly functions: (instance: Instance) => readonly number[];
  readonly node: (pkg: PackageFacts, instance: Instance, place: PlaceNumber) => number;
  /** Nodes of the receiver, if it is a method, and the parameters. */
  readonly parameters: (instance: Instance, fn: number) => readonly number[];
  readonly results: (instance: Instance, fn: number) => readonly number[];
  /** Without the receiver; undefined for initialisers. */
  readonly signature: (instance: Instance, fn: number) => TypeId | undefined;
  /** The type of the receiver of a method. */
  readonly receiver: (instance: Instance, fn: number) => TypeId;
  /** With the receiver as the first parameter. */
  readonly methodSignature: (instance: Instance, fn: number) => TypeId | undefined;
}

/** Instances beyond this many have type parameters that stand for themselves. */
const instanceLimit = 200_000;
/** So have those with type arguments that are nested deeper: generic functions may call themselves with ever larger ones. */
const nestingLimit = 6;

export function createInstances({ declared, types, nodes }: GraphParts): Instances {
  const all = new Map<string, Instance>();
  /** By root, of functions without type parameters. */
  const plain = new Map<number, Instance>();
  let count = 0;
  const pending: Instance[] = [];
  const sizes = new Map<number, number>();
  const receivers = new Map<Instance, TypeId>();
  const declaredAt = (fn: number): DeclaredFunction => {
    const found = declared.functions[fn];
    if (found === undefined) throw new Error(`there is no function ${fn}`);
    return found;
  };

  /** A function and its closures, which come after it. */
  const group = (root: number): number[] => {
    const members = [root];
    for (let fn = root + 1; declared.functions[fn]?.root === root; fn++) members.push(fn);
    return members;
  };

  const sizeOf = (root: number): number => {
    let size = sizes.get(root);
    if (size === undefined) {
      const counts = group(root).map((fn) => placesIn(declaredAt(fn)));
      sizes.set(root, (size = counts.reduce((most, count) => Math.max(most, count), 0)));
    }
    return size;
  };

  const make = (root: number, typeArguments: readonly TypeId[], isGeneric: boolean): Instance => {
    const instance = { root, typeArguments, isGeneric, base: nodes.add(sizeOf(root)), number: count++ };
    pending.push(instance);
    return instance;
  };

  const of = (root: number, typeArguments: readonly TypeId[]): Instance => {
    const { facts } = declaredAt(root);
    const wanted = facts.typeParameters?.length ?? 0;
    if (wanted === 0) return plainInstance(root);
    const tooMany = count >= instanceLimit || typeArguments.some((type) => isDeep(types, type));
    const complete = typeArguments.length >= wanted && !tooMany;
    const own = ownParameters(types, facts);
    const given = complete ? typeArguments.slice(0, wanted) : own;
    const key = `${root} ${given.join()}`;
    let instance = all.get(key);
    if (instance === undefined) {
      instance = make(root, given, given.join() === own.join());
      all.set(key, instance);
    }
    return instance;
  };

  const plainInstance = (root: number): Instance => {
    let instance = plain.get(root);
    if (instance === undefined) plain.set(root, (instance = make(root, [], true)));
    return instance;
  };

  const node: Instances["node"] = (pkg, { base, typeArguments }, place) =>
    place >= 0 ? base + place : nodes.shared(pkg, place, typeArguments);
  const placesOf = (instance: Instance, fn: number, list: "parameters" | "results"): number[] => {
    const { facts, pkg } = declaredAt(fn);
    return (facts.flows?.[list] ?? []).map((place) => node(pkg, instance, place));
  };
  const signature: Instances["signature"] = (instance, fn) => {
    const { facts, pkg } = declaredAt(fn);
    if (facts.signature === undefined) return undefined;
    return types.typeIn(pkg, facts.signature, instance.typeArguments);
  };

  const receiver = (instance: Instance, fn: number): TypeId => {
    let type = receivers.get(instance);
    if (type === undefined)
      receivers.set(instance, (type = receiverType(types, declaredAt(fn).facts, instance)));
    return type;
  };

  return {
    pending,
    of,
    generic: (root) => of(root, ownParameters(types, declaredAt(root).facts)),
    named: (from, fn, typeArguments) => {
      const { root } = declaredAt(fn);
      if (root === fn) return of(root, typeArguments);
      return root === from.root ? from : undefined;
    },
    functions: ({ root }) => group(root),
    node,
    parameters: (instance, fn) => placesOf(instance, fn, "parameters"),
    results: (instance, fn) => placesOf(instance, fn, "results"),
    signature,
    receiver,
    methodSignature: (instance, fn) => {
      const plain = signature(instance, fn);
      return plain === undefined ? undefined : withReceiver(types, plain, receiver(instance, fn));
    },
  };
}

function ownParameters(types: TypeTable, { id, typeParameters = [] }: FunctionFacts): TypeId[] {
  return typeParameters.map((name) => types.intern(`${id}·${name}`));
}

const receiverId = /^\((\*?)(.+)\)\./u;

function receiverType(types: TypeTable, { id }: FunctionFacts, { typeArguments }: Instance): TypeId {
  const [, star, name = ""] = receiverId.exec(id) ?? [];
  const type = types.intern(typeArguments.length === 0 ? name : ["instance", name, ...typeArguments]);
  return star === "*" ? types.intern(["pointer", type]) : type;
}

/** A signature with one more parameter in front. */
export function withReceiver(types: TypeTable, signature: TypeId, receiver: TypeId): TypeId {
  const term = signatureTerm(types, signature);
  return term === undefined ? signature : types.intern([term[0], [receiver, ...term[1]], term[2]]);
}

function isDeep(types: TypeTable, type: TypeId, depth = 0): boolean {
  if (depth > nestingLimit) return true;
  const term = types.term(type);
  if (typeof term === "string") return false;
  if (term[0] === "instance") {
    const [, , ...parts] = term;
    return parts.some((part) => isDeep(types, part, depth + 1));
  }
  if (term[0] === "pointer" || term[0] === "slice") return isDeep(types, term[1], depth + 1);
  return term[0] === "map" && (isDeep(types, term[1], depth + 1) || isDeep(types, term[2], depth + 1));
}

/** How many places of its own a function mentions, those of closures apart. */
function placesIn({ facts: { flows }, ranges }: DeclaredFunction): number {
  let most: PlaceNumber = nothing;
  const see = (place: PlaceNumber) => {
    if (place > most) most = place;
  };
  flows?.parameters?.forEach(see);
  flows?.results?.forEach(see);
  for (const lists of flows === undefined ? [] : [flows, ...(flows.variants ?? [])]) seeLists(lists, see);
  for (const {
    yields: [, ...places],
  } of ranges)
    places.forEach(see);
  return Math.max(0, most + 1);
}

function seeLists(lists: FlowLists, see: (place: PlaceNumber) => void): void {
  for (const list of [lists.assign, lists.load, lists.store]) list?.forEach(see);
  for (const list of [lists.convert, lists.assert])
    list?.forEach((place, at) => {
      if (at % 3 !== 2) see(place);
    });
  lists.functions?.forEach((place, at) => {
    if (at % 3 !== 1) see(place);
  });
  for (const [, ...places] of lists.yields ?? []) places.forEach(see);
  for (const [, , , callee, given, results] of lists.calls ?? []) {
    see(callee);
    given.forEach(see);
    results?.forEach(see);
  }
}

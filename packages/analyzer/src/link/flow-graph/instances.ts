/** Functions with type arguments, and the nodes of their places. */
import type { FunctionFacts, PackageFacts } from "../../model/facts.ts";
import {
  type CallFacts,
  type FlowLists,
  nothing,
  type PlaceNumber,
  type YieldFacts,
} from "../../model/flow-facts.ts";
import type { DeclaredFunction } from "../declarations.ts";
import { changedPlaces } from "./changed-places.ts";
import type { FunctionPorts, GraphParts, Instance, InstanceFunction } from "./graph.ts";
import { signatureTerm, type TypeId, type TypeTable } from "./type-table.ts";

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
  readonly ports: (of: InstanceFunction) => FunctionPorts;
  /** Whether a function puts something into one of its own places, of which that is the node. */
  readonly changes: (instance: Instance, node: number) => boolean;
  /** The type of the receiver of a method. */
  readonly receiver: (method: InstanceFunction) => TypeId;
  /** With the receiver as the first parameter. */
  readonly methodSignature: (method: InstanceFunction) => TypeId | undefined;
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
      size = group(root).reduce((most, fn) => Math.max(most, placesIn(declaredAt(fn))), 0);
      sizes.set(root, size);
    }
    return size;
  };

  const changed = new Map<number, ReadonlySet<PlaceNumber>>();
  const changes = ({ root, base }: Instance, node: number): boolean => {
    let places = changed.get(root);
    if (places === undefined) changed.set(root, (places = changedPlaces(group(root).map(declaredAt))));
    return places.has(node - base);
  };

  const make = (root: number, typeArguments: readonly TypeId[], isGeneric: boolean): Instance => {
    const instance = {
      root,
      typeArguments,
      isGeneric,
      base: nodes.add(sizeOf(root)),
      number: count++,
      ports: [],
    };
    pending.push(instance);
    return instance;
  };

  const parametersOf = new Map<number, readonly TypeId[]>();
  /** What stands for the type parameters of a function: themselves. */
  const ownParameters = (root: number): readonly TypeId[] => {
    const { id, typeParameters } = declaredAt(root).facts;
    if (typeParameters === undefined) return noNodes;
    let own = parametersOf.get(root);
    if (own === undefined)
      parametersOf.set(root, (own = typeParameters.map((name) => types.intern(`${id}·${name}`))));
    return own;
  };

  const of = (root: number, typeArguments: readonly TypeId[]): Instance => {
    const { facts } = declaredAt(root);
    const wanted = facts.typeParameters?.length ?? 0;
    if (wanted === 0) return plainInstance(root);
    const tooMany = count >= instanceLimit || typeArguments.some((type) => types.depth(type) > nestingLimit);
    const complete = typeArguments.length >= wanted && !tooMany;
    const own = ownParameters(root);
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

  const node = (pkg: PackageFacts, { base, typeArguments }: Instance, place: PlaceNumber) =>
    place >= 0 ? base + place : nodes.shared(pkg, place, typeArguments);
  const nodesOf = (pkg: PackageFacts, instance: Instance, places: readonly PlaceNumber[] = noNodes) =>
    places.length === 0 ? noNodes : places.map((place) => node(pkg, instance, place));

  const makePorts = ({ instance, fn }: InstanceFunction): FunctionPorts => {
    const { facts, pkg } = declaredAt(fn);
    const signature =
      facts.signature === undefined ? undefined : types.typeIn(pkg, facts.signature, instance.typeArguments);
    const term = signatureTerm(types, signature);
    const parameters = nodesOf(pkg, instance, facts.flows?.parameters);
    const isMethod = facts.kind === "method";
    return {
      receiver: isMethod ? (parameters[0] ?? -1) : -1,
      parameters: isMethod ? parameters.slice(1) : parameters,
      parameterTypes: term?.[1] ?? noNodes,
      results: nodesOf(pkg, instance, facts.flows?.results),
      resultTypes: term?.[2] ?? noNodes,
      isVariadic: term?.[0] === "variadic",
      signature,
    };
  };
  const ports = (of: InstanceFunction): FunctionPorts => {
    const { ports: known, root } = of.instance;
    return (known[of.fn - root] ??= makePorts(of));
  };

  const receiver = ({ instance, fn }: InstanceFunction): TypeId => {
    let type = receivers.get(instance);
    if (type === undefined)
      receivers.set(instance, (type = receiverType(types, declaredAt(fn).facts, instance)));
    return type;
  };

  return {
    pending,
    of,
    generic: (root) => of(root, ownParameters(root)),
    named: (from, fn, typeArguments) => {
      const { root } = declaredAt(fn);
      if (root === fn) return of(root, typeArguments);
      return root === from.root ? from : undefined;
    },
    functions: ({ root }) => group(root),
    ports,
    changes,
    receiver,
    methodSignature: (method) => {
      const plain = ports(method).signature;
      return plain === undefined ? undefined : withReceiver(types, plain, receiver(method));
    },
  };
}

const noNodes: readonly number[] = [];

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

/** How many places of its own a function mentions, those of closures apart. */
function placesIn({ facts: { flows }, ranges }: DeclaredFunction): number {
  let most = nothing;
  if (flows !== undefined) {
    most = highest(flows.results, highest(flows.parameters, highestIn(flows, most)));
    for (const variant of flows.variants ?? noVariants) most = highestIn(variant, most);
  }
  for (const { yields } of ranges) most = highest(yields, most, 1);
  return most + 1;
}

const noVariants: readonly FlowLists[] = [];

/** The highest place in lists, or what is given if that is higher. */
function highestIn(lists: FlowLists, least: PlaceNumber): PlaceNumber {
  let most = highest(lists.store, highest(lists.load, highest(lists.assign, least)));
  most = highestOfTwo(lists.convert, most, 1);
  most = highestOfTwo(lists.assert, most, 1);
  most = highestOfTwo(lists.functions, most, 2);
  for (const places of lists.yields ?? noYields) most = highest(places, most, 1);
  for (const call of lists.calls ?? noCalls)
    most = highest(call[5], highest(call[4], Math.max(most, call[3])));
  return most;
}

const noYields: readonly YieldFacts[] = [];
const noCalls: readonly CallFacts[] = [];

function highest(places: readonly number[] | undefined, least: PlaceNumber, start = 0): PlaceNumber {
  let most = least;
  if (places !== undefined)
    for (let at = start; at < places.length; at++) {
      const place = places[at] ?? nothing;
      if (place > most) most = place;
    }
  return most;
}

/** Of lists of three, of which the first and the one after so many are places. */
function highestOfTwo(list: readonly number[] | undefined, least: PlaceNumber, second: number): PlaceNumber {
  let most = least;
  if (list !== undefined)
    for (let at = 0; at < list.length; at += 3)
      most = Math.max(most, list[at] ?? nothing, list[at + second] ?? nothing);
  return most;
}

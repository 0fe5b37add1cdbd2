/**
 * Methods of the standard library that keep a value behind an unsafe pointer, where no flow leads: what
 * one stores another one loads. All values of a type keep it in one place.
 */
import { addEdge, type GraphParts, type InstanceFunction } from "./graph.ts";
import type { Instances } from "./instances.ts";

interface Held {
  /** The place of the parameter that is stored. */
  readonly stores?: number;
  readonly loads?: true;
}

const methods: ReadonlyMap<string, Held> = new Map(
  ["sync/atomic.Value", "sync/atomic.Pointer"].flatMap((type): [string, Held][] => [
    [`(*${type}).Load`, { loads: true }],
    [`(*${type}).Store`, { stores: 0 }],
    [`(*${type}).Swap`, { stores: 0, loads: true }],
    [`(*${type}).CompareAndSwap`, { stores: 1 }],
  ]),
);

/** Adds the flows through what a method keeps, if it is one of those. */
export function addHeldValue(parts: GraphParts, instances: Instances, method: InstanceFunction): void {
  const { fn, instance } = method;
  const id = parts.declared.functions[fn]?.facts.id ?? "";
  const held = methods.get(id);
  if (held === undefined) return;
  const type = id.slice("(*".length, id.indexOf(")"));
  const { typeArguments } = instance;
  const holder = parts.types.intern(typeArguments.length === 0 ? type : ["instance", type, ...typeArguments]);
  const kept = parts.nodes.field(holder, "kept");
  const { parameters, results } = instances.ports(method);
  if (held.stores !== undefined) addEdge(parts, parameters[held.stores], kept);
  if (held.loads === true) addEdge(parts, kept, results[0]);
}

/** Numbers the nodes of the flow graph: places of function instances, shared places, hubs. */
import type { PackageFacts } from "../../model/facts.ts";
import { firstShared, type PlaceNumber, panicked, type SharedPlace } from "../../model/flow-facts.ts";
import type { TypeId, TypeTable } from "./type-table.ts";

export interface Nodes {
  readonly count: () => number;
  /** So many new ones; gives the first. */
  readonly add: (many: number) => number;
  /** The node of a place that functions share; -1 for one through which nothing is propagated. */
  readonly shared: (pkg: PackageFacts, place: PlaceNumber, typeArguments: readonly TypeId[]) => number;
  readonly field: (holder: TypeId, name: string) => number;
  readonly element: (type: TypeId) => number;
}

export function createNodes(types: TypeTable): Nodes {
  let count = 0;
  const byKey = new Map<string, number>();
  const node = (key: string): number => {
    let known = byKey.get(key);
    if (known === undefined) byKey.set(key, (known = count++));
    return known;
  };
  /** Of shared places that are the same whatever the type arguments, by package. */
  const plain = new Map<PackageFacts, Int32Array>();
  const plainNodes = (pkg: PackageFacts): Int32Array => {
    let known = plain.get(pkg);
    if (known === undefined) plain.set(pkg, (known = new Int32Array(pkg.places.length).fill(unasked)));
    return known;
  };
  const field = (holder: TypeId, name: string) => node(`field ${holder} ${name}`);
  const sharedNode = (pkg: PackageFacts, shared: SharedPlace, typeArguments: readonly TypeId[]): number => {
    if (shared[0] === "variable")
      return node(`variable ${shared[1] === "" ? pkg.path : shared[1]}.${shared[2]}`);
    const type = types.typeIn(pkg, shared[1], typeArguments);
    return shared[0] === "field" ? field(type, shared[2]) : node(`${shared[0]} ${type}`);
  };
  return {
    count: () => count,
    add: (many) => {
      count += many;
      return count - many;
    },
    field,
    element: (type) => node(`element ${type}`),
    shared: (pkg, place, typeArguments) => {
      if (place === panicked) return node("panic");
      const number = firstShared - place;
      const shared = pkg.places[number];
      // That nothing is there, or it is not known what: everything would get everywhere through it.
      if (shared === undefined) return -1;
      const ofPackage = plainNodes(pkg);
      const known = ofPackage[number] ?? unasked;
      if (known !== unasked) return known;
      const found = sharedNode(pkg, shared, typeArguments);
      if (shared[0] === "variable" || types.isPlain(pkg, shared[1])) ofPackage[number] = found;
      return found;
    },
  };
}

/** Of a place that nobody has asked for. */
const unasked = -2;

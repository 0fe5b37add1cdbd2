/** Numbers the nodes of the flow graph: places of function instances, shared places, hubs. */
import type { PackageFacts } from "../../model/facts.ts";
import { firstShared, nothing, type PlaceNumber, panicked, unknown } from "../../model/flow-facts.ts";
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
  const field = (holder: TypeId, name: string) => node(`field ${holder} ${name}`);
  return {
    count: () => count,
    add: (many) => {
      count += many;
      return count - many;
    },
    field,
    element: (type) => node(`element ${type}`),
    shared: (pkg, place, typeArguments) => {
      // Through what is not known everything would get everywhere.
      if (place === nothing || place === unknown) return -1;
      if (place === panicked) return node("panic");
      const shared = pkg.places[firstShared - place];
      if (shared === undefined) return -1;
      if (shared[0] === "variable")
        return node(`variable ${shared[1] === "" ? pkg.path : shared[1]}.${shared[2]}`);
      const type = types.typeIn(pkg, shared[1], typeArguments);
      return shared[0] === "field" ? field(type, shared[2]) : node(`${shared[0]} ${type}`);
    },
  };
}

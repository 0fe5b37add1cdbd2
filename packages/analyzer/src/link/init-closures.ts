/**
 * What SSA form calls closures in initialisers of package variables: closures of `init`, numbered in one row, as maps name
 * them. Here the row is that of the source; where variables are initialised in another order, numbers differ.
 */
import type { BuildSet, BuildSets } from "../constraints/index.ts";
import { functionId } from "../model/function-id.ts";

export interface InitClosure {
  readonly id: string;
  /** Of the initialiser. */
  readonly root: string;
  readonly set: BuildSet;
}

/**
 * Numbers the closures of a package, handed in in the order of the source. Undefined where the number is another one in
 * some builds. Takes as many steps for each as there are different sets of builds.
 */
export function initClosureNames(
  path: string,
  builds: BuildSets,
): (closure: InitClosure) => string | undefined {
  const counts = new Map<BuildSet, number>();
  let last: number | undefined;
  return ({ id, root, set }) => {
    const inner = id.slice(root.length).replace(/^\$\d+/, "");
    if (inner === "") {
      last = before(counts, set, builds);
      counts.set(set, (counts.get(set) ?? 0) + 1);
    }
    return last === undefined ? undefined : functionId(path, `init$${last + 1}${inner}`);
  };
}

/** How many closures come before one in all of its builds; undefined if they are more in some. */
function before(counts: ReadonlyMap<BuildSet, number>, set: BuildSet, builds: BuildSets): number | undefined {
  let count = 0;
  for (const [other, number] of counts) {
    if (!builds.meets(other, set)) continue;
    if (!builds.subsetOf(set, other)) return undefined;
    count += number;
  }
  return count;
}

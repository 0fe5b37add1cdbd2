/** What was found for a key already, in which builds, and with what written: ways that say no more are left out. */
import type { BuildSet, BuildSets } from "../constraints/index.ts";

export interface Variants<K, W> {
  /** Whether what was added before says as much. */
  readonly has: (key: K, found: Found<W>) => boolean;
  /**
   * Adds what is not known, and gives the builds in which it is to be followed: after many others in all, so that none is lost.
   * Undefined of what is known.
   */
  readonly add: (key: K, found: Found<W>) => BuildSet | undefined;
}

export interface Found<W> {
  readonly builds: BuildSet;
  readonly write: W;
}

interface Variant {
  builds: BuildSet;
  many: number;
}

/** Of one key and write in further builds, before all stand for the rest; and with what else was written there. */
const variantLimit = 8;
const writeLimit = 8;

export function createVariants<K, W>(sets: BuildSets): Variants<K, W> {
  const variants = new Map<K, Map<W, Variant>>();
  const has = (key: K, { builds, write }: Found<W>): boolean => {
    const writes = variants.get(key);
    if (writes === undefined) return false;
    const before = writes.get(write);
    if (before === undefined) return writes.size >= writeLimit;
    return before.builds === builds || sets.subsetOf(builds, before.builds);
  };
  return {
    has,
    add: (key, found) => {
      if (has(key, found)) return undefined;
      const { builds, write } = found;
      let writes = variants.get(key);
      if (writes === undefined) variants.set(key, (writes = new Map()));
      const before = writes.get(write);
      if (before === undefined) {
        writes.set(write, { builds, many: 1 });
        return builds;
      }
      const followed = before.many < variantLimit ? builds : sets.all;
      before.builds = sets.or(before.builds, followed);
      before.many++;
      return followed;
    },
  };
}

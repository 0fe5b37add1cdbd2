/** What was found for a key already, in which builds, and with what written: ways that say no more are left out. */
import type { BuildSet, BuildSets } from "../constraints/index.ts";

export interface Variants<K, W> {
  /** Whether what was added before says as much. */
  readonly has: (key: K, found: Found<W>) => boolean;
  /** Adds what is not known; whether it was not. */
  readonly add: (key: K, found: Found<W>) => boolean;
}

export interface Found<W> {
  readonly builds: BuildSet;
  readonly write: W;
}

interface Variant<W> {
  builds: BuildSet;
  many: number;
  readonly writes: Set<W>;
}

/** Of one key in further builds; and with what else was written there. */
const variantLimit = 4;
const writeLimit = 8;

export function createVariants<K, W>(sets: BuildSets): Variants<K, W> {
  const variants = new Map<K, Variant<W>>();
  const saysMore = (before: Variant<W>, { builds, write }: Found<W>): boolean =>
    isOtherWrite(before, write) ||
    (before.builds !== builds && before.many < variantLimit && !sets.subsetOf(builds, before.builds));
  return {
    has: (key, found) => {
      const before = variants.get(key);
      return before !== undefined && !saysMore(before, found);
    },
    add: (key, found) => {
      const before = variants.get(key);
      const { builds, write } = found;
      if (before === undefined) {
        variants.set(key, { builds, many: 1, writes: new Set([write]) });
        return true;
      }
      if (!saysMore(before, found)) return false;
      if (isOtherWrite(before, write)) before.writes.add(write);
      else {
        before.builds = sets.or(before.builds, builds);
        before.many++;
      }
      return true;
    },
  };
}

function isOtherWrite<W>({ writes }: Variant<W>, write: W): boolean {
  return !writes.has(write) && writes.size < writeLimit;
}

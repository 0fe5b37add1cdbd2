/**
 * What may differ between builds. Everything is computed for the current builds of a
 * `Session`; where a look-up has different answers for parts of them, it throws a `Split`,
 * and whoever can start again does so for each part. So the rest of the checker is an
 * ordinary one, for one build at a time, and nearly always there is one part.
 */
import type { BuildSet, BuildSets } from "../constraints/index.ts";

export interface Session {
  readonly builds: BuildSets;
  /** The builds for which everything is being answered. */
  current: BuildSet;
  /** Whether the current builds are parted no further: the first answer then stands for all. */
  settled: boolean;
  /** How often builds had to be settled; what was answered then may lack answers. */
  unparted: number;
}

/** Thrown when the current builds must be parted: those in `part` have another answer than the rest. */
export class Split {
  readonly part: BuildSet;

  constructor(part: BuildSet) {
    this.part = part;
  }
}

/** Has the current builds parted into those in `part` and the rest, by a throw, unless they are settled. */
export function splitBy(session: Session, part: BuildSet): void {
  if (!session.settled) throw new Split(part);
}

/** An answer with the builds that it holds in. */
export interface Part<T> {
  readonly builds: BuildSet;
  readonly value: T;
}

/** Answers are parted this often at most; then one part stands for what is left. */
const partLimit = 256;

/** How often a body of that many bytes may be parted: a large one less often, so that its cost stays bounded. */
export function partsOf(bytes: number): number {
  return Math.max(leastParts, Math.min(partLimit, Math.floor(checkedBytes / Math.max(1, bytes))));
}

/** Bytes of a body that are looked at for all parts together, about; but for so many parts in any case. */
const checkedBytes = 2_000_000;
const leastParts = 4;

/** Computes something for a set of builds, in as many parts as there are answers. Parts are disjoint and cover it. */
export function inParts<T>(
  session: Session,
  domain: BuildSet,
  compute: () => T,
  limit = partLimit,
): Part<T>[] {
  const { builds } = session;
  const { current: before, settled } = session;
  const pending = builds.isEmpty(domain) ? [] : [domain];
  const parts: Part<T>[] = [];
  session.settled = false;
  try {
    for (let set = pending.pop(); set !== undefined; set = pending.pop()) {
      session.current = set;
      try {
        parts.push({ builds: set, value: compute() });
      } catch (error) {
        if (!(error instanceof Split)) throw error;
        const inside = builds.and(set, error.part);
        const outside = builds.minus(set, error.part);
        const apart = !builds.isEmpty(inside) && !builds.isEmpty(outside);
        if (apart && parts.length + pending.length < limit) {
          pending.push(outside, inside);
        } else {
          session.settled = true;
          session.unparted++;
          pending.push(set);
        }
      }
    }
  } finally {
    session.current = before;
    session.settled = settled;
  }
  return parts;
}

/** The answer for a set of builds if there is one for all of them; undefined if there are several. */
export function inOnePart<T>(session: Session, domain: BuildSet, compute: () => T): Part<T>[] | undefined {
  if (session.builds.isEmpty(domain)) return [];
  const { current: before, settled } = session;
  session.current = domain;
  session.settled = false;
  try {
    return [{ builds: domain, value: compute() }];
  } catch (error) {
    if (error instanceof Split) return undefined;
    throw error;
  } finally {
    session.current = before;
    session.settled = settled;
  }
}

/** Something computed once, when it is first asked for, for all builds of its domain. */
export interface Varying<T> {
  /** The answer for the current builds; throws a `Split` if there are several. */
  (): T;
}

export interface VaryingOptions<T> {
  readonly domain: BuildSet;
  readonly compute: () => T;
  /** The answer while it is being computed. */
  readonly inCycle: () => T;
  /** For builds outside the domain. */
  readonly outside: () => T;
}

export function createVarying<T>(session: Session, options: VaryingOptions<T>): Varying<T> {
  const { builds } = session;
  let parts: readonly Part<T>[] | undefined;
  let computing = false;
  return () => {
    if (parts === undefined) {
      if (computing) return options.inCycle();
      computing = true;
      try {
        parts = merged(builds, inParts(session, options.domain, options.compute));
      } finally {
        computing = false;
      }
    }
    return choose(session, parts)?.value ?? options.outside();
  };
}

/** The part that the current builds are in; undefined if they are in none. Throws a `Split` if they are in several. */
export function choose<T extends { readonly builds: BuildSet }>(
  session: Session,
  parts: readonly T[],
): T | undefined {
  const { builds, current } = session;
  for (const part of parts) {
    if (builds.subsetOf(current, part.builds)) return part;
    if (builds.meets(current, part.builds)) {
      splitBy(session, part.builds);
      return part;
    }
  }
  return undefined;
}

/** Parts with the same answer joined. */
export function merged<T>(builds: BuildSets, parts: readonly Part<T>[]): Part<T>[] {
  if (parts.length < 2) return [...parts];
  const byValue = new Map<T, BuildSet>();
  for (const part of parts)
    byValue.set(part.value, builds.or(byValue.get(part.value) ?? builds.none, part.builds));
  return [...byValue].map(([value, set]) => ({ builds: set, value }));
}

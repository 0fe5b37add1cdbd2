/** How a source gets to sinks: from its own context into others, along the ways that were found between them. */
import type { BuildSet, BuildSets } from "../constraints/index.ts";
import { append } from "../link/declarations.ts";
import { compareRanks, createFactQueue, type Rank } from "./fact-queue.ts";
import { doubtLimit, type Link } from "./links.ts";
import { type Context, type Fact, isTooDoubtful, type Way, type Write, writeAt } from "./matched-paths.ts";
import { createVariants } from "./variants.ts";

const none = -1;

/** That data of a source gets to a sink. What is counted begins at the source. */
export interface Arrival {
  /** The last part of its way. */
  readonly fact: Fact;
  readonly stay: Stay;
  readonly doubt: number;
  readonly length: number;
  readonly builds: BuildSet;
  /** Of what was written into something, where it was. */
  readonly write: Link | undefined;
}

/** That data of a source gets into a context. */
export interface Stay extends Omit<Arrival, "fact" | "stay"> {
  readonly context: Context;
  readonly before: { readonly stay: Stay; readonly way: Way } | undefined;
}

export interface ArrivalOptions {
  readonly builds: BuildSets;
  readonly leading: ReadonlyMap<Context, readonly Road[]>;
  /** Contexts and sinks that may still be got to; shared by all sources. Negative when some were left out. */
  readonly budget: { left: number };
}

/** A way into a context that leads on, with what it costs from where the one before begins. */
interface Road extends Rank {
  readonly way: Way;
  readonly into: Context;
  readonly builds: BuildSet;
  readonly write: Write;
  /** The least doubt with which it leads to a sink. */
  readonly altogether: number;
}

/** The contexts from which some sink is reached. Linear in the ways, and in doubt. */
export function leadingContexts(roots: readonly Context[], builds: BuildSets): Map<Context, readonly Road[]> {
  const doubts = leastDoubts(roots);
  return new Map(
    [...doubts.keys()].map((context) => {
      const roads = context.ways.flatMap((way) => roadOf(way, doubts.get(way.into), builds) ?? []);
      return [context, withoutWorse(roads, builds)];
    }),
  );
}

function roadOf(way: Way, further: number | undefined, builds: BuildSets): Road | undefined {
  if (further === undefined) return undefined;
  const { fact, link, how, into } = way;
  const doubt = doubtAfter(way);
  return {
    way,
    into,
    doubt,
    length: fact.length + (link === undefined ? 0 : 1),
    builds: link === undefined ? fact.builds : builds.and(fact.builds, link.builds),
    write: writeAt(into.state ?? none, how === "write" ? link : fact.write),
    altogether: doubt + further,
  };
}

/** From where the context begins. */
function doubtAfter({ fact, link }: Pick<Way, "fact" | "link">): number {
  return fact.doubt + (link?.doubt ?? 0);
}

/** The best of those that say the same. */
function withoutWorse(roads: readonly Road[], builds: BuildSets): Road[] {
  const known = createVariants<Context, Write>(builds);
  return [...roads].sort(compareRanks).filter((road) => known.add(road.into, road) !== undefined);
}

function leastDoubts(roots: readonly Context[]): Map<Context, number> {
  const inward = new Map<Context, Inward[]>();
  const all = new Set(roots);
  // The set grows while it is walked.
  for (const from of all)
    for (const way of from.ways) {
      all.add(way.into);
      append(inward, way.into, { from, doubt: doubtAfter(way) });
    }
  const queue = createFactQueue<Inward>();
  for (const from of all) {
    // The best is the first.
    const doubt = from.ends[0]?.doubt;
    if (doubt !== undefined) queue.add({ from, doubt }, { doubt, length: 0 });
  }
  const leading = new Map<Context, number>();
  for (let next = queue.take(); next !== undefined; next = queue.take()) {
    if (leading.has(next.from)) continue;
    leading.set(next.from, next.doubt);
    for (const { from, doubt } of inward.get(next.from) ?? []) {
      const sum = next.doubt + doubt;
      if (sum <= doubtLimit && !leading.has(from)) queue.add({ from, doubt: sum }, { doubt: sum, length: 0 });
    }
  }
  return leading;
}

interface Inward {
  readonly from: Context;
  readonly doubt: number;
}

/** The arrivals of what begins in a context, the best first; at one sink several only if they hold in further builds. */
export function arrivalsOf(root: Context, options: ArrivalOptions): Arrival[] {
  const { builds, leading, budget } = options;
  if (!leading.has(root)) return [];
  const queue = createFactQueue<Stay>();
  const known = createVariants<Context, Link | undefined>(builds);
  const first: Stay = {
    context: root,
    doubt: 0,
    length: 0,
    builds: builds.all,
    write: undefined,
    before: undefined,
  };
  queue.add(first, first);
  const found: Arrival[] = [];
  for (let next = queue.take(); next !== undefined; next = queue.take()) {
    const followed = known.add(next.context, next);
    if (followed === undefined) continue;
    if (budget.left-- <= 0) break;
    const stay = followed === next.builds ? next : { ...next, builds: followed };
    for (const fact of stay.context.ends) {
      const arrival = arrivalAt(stay, fact, builds);
      if (isTooDoubtful(arrival) || builds.isEmpty(arrival.builds)) continue;
      budget.left--;
      found.push(arrival);
    }
    for (const road of leading.get(stay.context) ?? []) {
      if (stay.doubt + road.altogether > doubtLimit) continue;
      const after = stayAfter(stay, road, builds);
      if (isTooDoubtful(after) || builds.isEmpty(after.builds) || known.has(after.context, after)) continue;
      queue.add(after, after);
    }
  }
  return found.sort(compareRanks);
}

function stayAfter(stay: Stay, road: Road, builds: BuildSets): Stay {
  return {
    context: road.into,
    doubt: stay.doubt + road.doubt,
    length: stay.length + road.length,
    builds: builds.and(stay.builds, road.builds),
    write: writeOf(road.write, stay),
    before: { stay, way: road.way },
  };
}

function arrivalAt(stay: Stay, fact: Fact, builds: BuildSets): Arrival {
  return {
    fact,
    stay,
    doubt: stay.doubt + fact.doubt,
    length: stay.length + fact.length,
    builds: builds.and(stay.builds, fact.builds),
    write: writeOf(fact.write, stay),
  };
}

function writeOf(write: Write, stay: Stay): Link | undefined {
  return write === "brought" ? stay.write : write;
}

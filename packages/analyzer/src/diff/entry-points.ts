import type { BuildSet, BuildSets } from "../constraints/index.ts";
import type { LinkedFunction } from "../link/edge.ts";
import type { EntryPointChange } from "../model/report.ts";
import { entryPointOf, reportBuilds } from "../reach/entry-points.ts";
import { comparePaths } from "../reach/package-capabilities.ts";
import type { Path } from "../reach/reach.ts";
import { certaintyOf, witnessOf } from "../reach/witness.ts";
import type { Matching } from "./matching.ts";
import { relativePath, type Side } from "./side.ts";

interface Sides {
  readonly old: Side;
  readonly new: Side;
  readonly matching: Matching;
}

/** An entry point that reaches a capability in builds in which its counterpart does not. */
interface Found {
  readonly change: EntryPointChange;
  readonly only: BuildSet;
  /** What importing the package does there, and where; undefined of other entry points. */
  readonly atStart: string | undefined;
}

/**
 * Entry points that reach a capability in builds in which their counterpart does not. Where one init function of a
 * package no longer leads to a place and another one does, importing the package does what it did: that is no change.
 */
export function entryPointChanges({ old, new: fresh, matching }: Sides): EntryPointChange[] {
  const [toOld, toNew] = [matching.toOld, matching.toNew];
  const added = oneWay({ here: fresh, there: old, change: "added", toThere: toOld, toHere: toNew });
  const removed = oneWay({ here: old, there: fresh, change: "removed", toThere: toNew, toHere: toOld });
  const { builds } = fresh.program;
  return [...unlessIn(builds, added, removed), ...unlessIn(builds, removed, added)].map(
    ({ change }) => change,
  );
}

/** Those that do at start what none of the others does, in some builds. */
function unlessIn(builds: BuildSets, found: readonly Found[], others: readonly Found[]): Found[] {
  const theirs = new Map<string, BuildSet>();
  for (const { atStart, only } of others)
    if (atStart !== undefined) theirs.set(atStart, builds.or(theirs.get(atStart) ?? builds.none, only));
  return found.filter(({ atStart, only }) => {
    const same = atStart === undefined ? undefined : theirs.get(atStart);
    return same === undefined || !builds.isEmpty(builds.minus(only, same));
  });
}

interface Direction {
  readonly here: Side;
  readonly there: Side;
  readonly change: "added" | "removed";
  readonly toThere: ReadonlyMap<number, number>;
  readonly toHere: ReadonlyMap<number, number>;
}

function oneWay(direction: Direction): Found[] {
  const { here, there, change, toThere } = direction;
  const { builds } = here.program;
  const counterparts = allCounterparts(direction);
  return here.program.functions.flatMap((fn, index): Found[] => {
    if (fn.pkg.module !== undefined || fn.facts.entry === undefined) return [];
    // One that was no entry point before reaches all of it newly.
    const known = counterparts(index).filter((other) => there.program.functions[other]?.facts.entry);
    const existing = toThere.has(index);
    return [...(here.reach[index] ?? [])].flatMap(([capability, reached]): Found[] => {
      const had = known.map((other) => there.reach[other]?.get(capability)?.builds ?? builds.none);
      const only = builds.minus(reached.builds, had.reduce(builds.or, builds.none));
      if (builds.isEmpty(only)) return [];
      const entryPoint = entryPointOf(here.program, index, reached.builds);
      const [path] = reached.paths
        .filter((one) => !builds.isEmpty(builds.and(one.builds, only)))
        .sort((a, b) => comparePaths(builds, a, b));
      if (entryPoint === undefined || path === undefined) return [];
      return [
        {
          change: {
            kind: "entry-point",
            change,
            entryPoint,
            package: fn.pkg.path,
            capability,
            existing,
            certainty: certaintyOf(path),
            builds: reportBuilds(builds, only),
            witness: witnessOf(here.program, path),
          },
          only,
          atStart: atStartOf(direction, index, path),
        },
      ];
    });
  });
}

/** Tells what is reached from init functions and initialisers of a package, outside of these, the same on both sides. */
function atStartOf({ here, change, toThere }: Direction, index: number, path: Path): string | undefined {
  const { functions } = here.program;
  const [start, end] = [functions[index], functions[lastOf(path).from]];
  if (start === undefined || end === undefined || !isAtStart(start) || isAtStart(end)) return undefined;
  const { from, next } = lastOf(path);
  const there = toThere.get(from);
  if (end.pkg.module === undefined && there === undefined) return undefined;
  const place = end.pkg.module === undefined ? (change === "added" ? there : from) : end.facts.id;
  const name = next.kind === "terminal" ? next.terminal.terminal.name : "";
  return JSON.stringify([
    relativePath(here, start.pkg.path),
    path.capability,
    place,
    name,
    // What was only mentioned need not have run.
    certaintyOf(path),
  ]);
}

function isAtStart({ facts: { kind } }: LinkedFunction): boolean {
  return kind === "init" || kind === "initializer";
}

/** The end of a path, where the terminal use is. */
function lastOf(path: Path): Path {
  let last = path;
  while (last.next.kind === "edge") last = last.next.path;
  return last;
}

/** The functions there that a function here is paired with: several where variants were joined. */
function allCounterparts({ toThere, toHere }: Direction): (index: number) => number[] {
  const back = new Map<number, number[]>();
  for (const [from, to] of toHere) back.set(to, [...(back.get(to) ?? []), from]);
  return (index) => {
    const counterpart = toThere.get(index);
    return counterpart === undefined ? [] : [...new Set([counterpart, ...(back.get(index) ?? [])])];
  };
}

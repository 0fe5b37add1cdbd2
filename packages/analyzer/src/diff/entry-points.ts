import type { EntryPointChange } from "../model/report.ts";
import { entryPointOf, reportBuilds } from "../reach/entry-points.ts";
import { comparePaths } from "../reach/package-capabilities.ts";
import { certaintyOf, witnessOf } from "../reach/witness.ts";
import type { Matching } from "./matching.ts";
import type { Side } from "./side.ts";

interface Sides {
  readonly old: Side;
  readonly new: Side;
  readonly matching: Matching;
}

/** Entry points that reach a capability in builds in which their counterpart does not. */
export function entryPointChanges({ old, new: fresh, matching }: Sides): EntryPointChange[] {
  const [toOld, toNew] = [matching.toOld, matching.toNew];
  return [
    ...oneWay({ here: fresh, there: old, change: "added", toThere: toOld, toHere: toNew }),
    ...oneWay({ here: old, there: fresh, change: "removed", toThere: toNew, toHere: toOld }),
  ];
}

interface Direction {
  readonly here: Side;
  readonly there: Side;
  readonly change: "added" | "removed";
  readonly toThere: ReadonlyMap<number, number>;
  readonly toHere: ReadonlyMap<number, number>;
}

function oneWay(direction: Direction): EntryPointChange[] {
  const { here, there, change, toThere } = direction;
  const { builds } = here.program;
  const counterparts = allCounterparts(direction);
  return here.program.functions.flatMap((fn, index): EntryPointChange[] => {
    if (fn.pkg.module !== undefined || fn.facts.entry === undefined) return [];
    // One that was no entry point before reaches all of it newly.
    const known = counterparts(index).filter((other) => there.program.functions[other]?.facts.entry);
    const existing = toThere.has(index);
    return [...(here.reach[index] ?? [])].flatMap(([capability, reached]): EntryPointChange[] => {
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
      ];
    });
  });
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

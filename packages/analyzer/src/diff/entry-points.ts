import type { EntryPointChange } from "../model/report.ts";
import { entryPointOf, reportBuilds } from "../reach/entry-points.ts";
import type { Path } from "../reach/reach.ts";
import { witnessOf } from "../reach/witness.ts";
import type { Matching } from "./matching.ts";
import type { Side } from "./side.ts";

interface Sides {
  readonly old: Side;
  readonly new: Side;
  readonly matching: Matching;
}

/** Entry points that reach a capability in builds in which their counterpart does not. */
export function entryPointChanges({ old, new: fresh, matching }: Sides): EntryPointChange[] {
  return [
    ...oneWay({ here: fresh, there: old, change: "added", counterparts: matching.toOld }),
    ...oneWay({ here: old, there: fresh, change: "removed", counterparts: matching.toNew }),
  ];
}

interface Direction {
  readonly here: Side;
  readonly there: Side;
  readonly change: "added" | "removed";
  readonly counterparts: ReadonlyMap<number, number>;
}

function oneWay({ here, there, change, counterparts }: Direction): EntryPointChange[] {
  const { builds } = here.program;
  return here.program.functions.flatMap((fn, index): EntryPointChange[] => {
    const counterpart = counterparts.get(index);
    // One that was no entry point before reaches all of it newly.
    const before = counterpart === undefined ? undefined : there.program.functions[counterpart];
    const known = before?.facts.entry === undefined ? undefined : there.reach[counterpart ?? -1];
    return [...(here.reach[index] ?? [])].flatMap(([capability, reached]): EntryPointChange[] => {
      const only = builds.minus(reached.builds, known?.get(capability)?.builds ?? builds.none);
      const entryPoint = entryPointOf(here.program, index, reached.builds);
      const path = reached.paths.find((one) => !builds.isEmpty(builds.and(one.builds, only)));
      if (entryPoint === undefined || path === undefined) return [];
      return [
        {
          kind: "entry-point",
          change,
          entryPoint,
          package: fn.pkg.path,
          capability,
          existing: counterpart !== undefined,
          certainty: "static",
          builds: reportBuilds(builds, only),
          witness: witnessOf(here.program, path satisfies Path),
        },
      ];
    });
  });
}

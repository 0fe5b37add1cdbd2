import type { BuildSet } from "../constraints/index.ts";
import type { LinkedFunction } from "../link/edge.ts";
import type { CapabilityChange } from "../model/report.ts";
import { reportBuilds } from "../reach/entry-points.ts";
import {
  type PackageCapability,
  packageCapabilities,
  representativePath,
} from "../reach/package-capabilities.ts";
import { certaintyOf, witnessOf } from "../reach/witness.ts";
import type { Matching } from "./matching.ts";
import { relativePath, type Side } from "./side.ts";

interface Sides {
  readonly old: Side;
  readonly new: Side;
  readonly matching: Matching;
}

/**
 * (package, capability) that one side has in builds in which the other has not. A package
 * whose functions mostly went to one other place is compared with that place; a capability
 * that came with functions which had it elsewhere has moved and is no change.
 */
export function capabilityChanges(sides: Sides): CapabilityChange[] {
  const moved = movedPackages(sides);
  const backwards = new Map([...moved].map(([from, to]) => [to, from]));
  const { matching } = sides;
  const [old, fresh] = [withCapabilities(sides.old), withCapabilities(sides.new)];
  return [
    ...oneWay({ here: fresh, there: old, change: "added", moved: backwards, counterparts: matching.toOld }),
    ...oneWay({ here: old, there: fresh, change: "removed", moved, counterparts: matching.toNew }),
  ];
}

interface Capable extends Side {
  readonly capabilities: readonly PackageCapability[];
}

function withCapabilities(side: Side): Capable {
  return { ...side, capabilities: packageCapabilities(side) };
}

interface Direction {
  readonly here: Capable;
  readonly there: Capable;
  readonly change: "added" | "removed";
  /** Package paths here to those there, where they are not the same. */
  readonly moved: ReadonlyMap<string, string>;
  /** Function numbers here to those there. */
  readonly counterparts: ReadonlyMap<number, number>;
}

function oneWay({ here, there, change, moved, counterparts }: Direction): CapabilityChange[] {
  const counterpart = (path: string) => moved.get(path) ?? there.modulePath + relativePath(here, path);
  const thereHas = new Map(
    there.capabilities.map((one) => [`${one.package}\n${one.capability}`, one.builds]),
  );
  const thereAnywhere = new Set(there.capabilities.map((one) => one.capability));
  const { builds } = here.program;
  return here.capabilities.flatMap((found): CapabilityChange[] => {
    const other = counterpart(found.package);
    const only = builds.minus(found.builds, thereHas.get(`${other}\n${found.capability}`) ?? builds.none);
    if (builds.isEmpty(only) || cameWithCode({ here, there, counterparts }, found, only)) return [];
    const newToModule = !thereAnywhere.has(found.capability);
    const wholePackage = !there.program.packageByPath.has(other);
    return [describe(here, { found, only, change, newToModule, wholePackage })];
  });
}

/** Whether every function that has the capability in those builds had it there as well, in another package. */
function cameWithCode(
  { here, there, counterparts }: Pick<Direction, "here" | "there" | "counterparts">,
  { functions, capability }: PackageCapability,
  only: BuildSet,
): boolean {
  const { builds } = here.program;
  return functions.every((index) => {
    const needed = builds.and(here.reach[index]?.get(capability)?.builds ?? builds.none, only);
    const had = there.reach[counterparts.get(index) ?? -1]?.get(capability)?.builds ?? builds.none;
    return builds.subsetOf(needed, had);
  });
}

interface Found extends Pick<CapabilityChange, "change" | "newToModule" | "wholePackage"> {
  readonly found: PackageCapability;
  readonly only: BuildSet;
}

function describe(side: Side, { found, only, change, newToModule, wholePackage }: Found): CapabilityChange {
  const path = representativePath(side, found, only);
  return {
    kind: "capability",
    change,
    package: found.package,
    capability: found.capability,
    wholePackage,
    newToModule,
    path: path.staysInPackage ? "direct" : "transitive",
    certainty: certaintyOf(path),
    builds: reportBuilds(side.program.builds, only),
    witness: witnessOf(side.program, path),
  };
}

/** Packages that are only in the old version, with the package only in the new one that most of their functions are in. */
function movedPackages({ old, new: fresh, matching }: Sides): Map<string, string> {
  const destinations = new Map<string, Map<string, number>>();
  for (const [from, to] of matching.pairs) {
    const [before, now] = [old.program.functions[from], fresh.program.functions[to]];
    if (before === undefined || now === undefined || !isDeclared(before)) continue;
    const [source, target] = [before.pkg.path, now.pkg.path];
    if (fresh.program.packageByPath.has(fresh.modulePath + relativePath(old, source))) continue;
    if (old.program.packageByPath.has(old.modulePath + relativePath(fresh, target))) continue;
    const counts = destinations.get(source) ?? new Map<string, number>();
    destinations.set(source, counts.set(target, (counts.get(target) ?? 0) + 1));
  }
  const moved = new Map<string, string>();
  const taken = new Set<string>();
  for (const [source, counts] of destinations) {
    const [target, count] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? ["", 0];
    const named = (side: Side, path: string) =>
      side.program.functions.filter((fn) => fn.pkg.path === path && isDeclared(fn)).length;
    const most = count * 2 > Math.max(named(old, source), named(fresh, target));
    if (!most || taken.has(target)) continue;
    taken.add(target);
    moved.set(source, target);
  }
  return moved;
}

/** Neither a closure nor what stands for the package's imports. */
function isDeclared({ facts: { kind } }: LinkedFunction): boolean {
  return kind !== "closure" && kind !== "imports";
}

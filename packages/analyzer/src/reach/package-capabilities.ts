import type { BuildSet } from "../constraints/index.ts";
import type { LinkedFunction } from "../link/edge.ts";
import type { Program } from "../link/program.ts";
import type { Capability } from "../model/capability.ts";
import type { CapabilityMap } from "../model/capability-map.ts";
import { compareText } from "../model/position.ts";
import { type Path, pathsOf, type Reach } from "./reach.ts";

/** What is known of a module when capabilities are asked for. */
export interface Reachable {
  readonly program: Program;
  readonly reach: Reach;
  readonly capabilityMap: CapabilityMap;
}

/** What capabilities are told of: packages, functions, or the functions by which control gets in. */
export type Granularity = (typeof granularities)[number];

/** All of them, the coarsest first. */
export const granularities = ["package", "function", "entry-point"] as const;

/** A capability of a package, or a function, with the functions that reach it; there is at least one. */
export interface PackageCapability {
  readonly package: string;
  /** The id of the function, if it is one's. */
  readonly function?: string;
  readonly apart: boolean;
  readonly capability: Capability;
  readonly functions: readonly number[];
  readonly builds: BuildSet;
}

/**
 * All (package, capability) of the analysed module, by package, then the most telling first; of finer
 * granularity by package and function.
 */
export function packageCapabilities(
  { program, reach, capabilityMap }: Reachable,
  granularity: Granularity = "package",
): PackageCapability[] {
  type Found = PackageCapability & { functions: number[]; builds: BuildSet };
  const byKey = new Map<string, Found>();
  program.functions.forEach(({ pkg: { path, apart, module }, facts }, index) => {
    const all = reach[index];
    if (module !== undefined || all === undefined) return;
    if (granularity === "entry-point" && facts.entry === undefined) return;
    const own = granularity === "package" ? {} : { function: facts.id };
    for (const [capability, { builds }] of all) {
      const one = { package: path, ...own, apart, capability, functions: [index], builds };
      const key = packageCapabilityKey(one);
      const before = byKey.get(key);
      if (before === undefined) byKey.set(key, one);
      else {
        before.functions.push(index);
        before.builds = program.builds.or(before.builds, builds);
      }
    }
  });
  return [...byKey.values()].sort(
    (a, b) =>
      compareText(a.package, b.package) ||
      compareText(a.function ?? "", b.function ?? "") ||
      compareCapabilities(capabilityMap, a.capability, b.capability),
  );
}

/** Identifies a (package, capability), or (function, capability). */
export function packageCapabilityKey(
  found: Pick<PackageCapability, "package" | "function" | "capability">,
): string {
  return `${found.package}\n${found.function ?? ""}\n${found.capability}`;
}

/** The most telling capability first, then by name. */
export function compareCapabilities(map: CapabilityMap, a: Capability, b: Capability): number {
  return map.weight(b) - map.weight(a) || compareText(a, b);
}

/**
 * The path that stands for all: one of static calls if there is one, of the package's own doing, from an entry
 * point, then the least doubtful, the shortest, the one of most builds. With `within`, only paths that hold in some of
 * those builds count, if there are any.
 */
export function representativePath(
  { program, reach }: Reachable,
  found: PackageCapability,
  within?: BuildSet,
): Path {
  const { builds } = program;
  const all = found.functions.flatMap((index) => pathsOf(reach, index, found.capability));
  const fitting =
    within === undefined ? all : all.filter((path) => !builds.isEmpty(builds.and(path.builds, within)));
  const ranked = (fitting.length > 0 ? fitting : all).map((path) => ({ path, rank: rank(program, path) }));
  ranked.sort((a, b) => a.rank - b.rank || comparePaths(builds, a.path, b.path) || a.path.from - b.path.from);
  // A function is only listed because it has a path.
  return (ranked[0] as { readonly path: Path }).path;
}

/** The less doubtful path first, then the shorter, then the one of more builds. */
export function comparePaths(builds: Program["builds"], a: Path, b: Path): number {
  return a.doubt - b.doubt || a.length - b.length || builds.size(b.builds) - builds.size(a.builds);
}

function rank(program: Program, path: Path): number {
  const { facts } = program.functions[path.from] as LinkedFunction;
  return (path.doubt > 0 ? 4 : 0) + (path.staysInPackage ? 0 : 2) + (facts.entry === undefined ? 1 : 0);
}

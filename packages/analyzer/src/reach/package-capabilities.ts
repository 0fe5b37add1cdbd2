import type { BuildSet } from "../constraints/index.ts";
import type { LinkedFunction, Program } from "../link/program.ts";
import type { Capability } from "../model/capability.ts";
import type { CapabilityMap } from "../model/capability-map.ts";
import { compareText } from "../model/position.ts";
import type { Path, Reach } from "./reach.ts";

/** What is known of a module when capabilities are asked for. */
export interface Reachable {
  readonly program: Program;
  readonly reach: Reach;
  readonly capabilityMap: CapabilityMap;
}

/** A capability of a package with the functions of the package that reach it; there is at least one. */
export interface PackageCapability {
  readonly package: string;
  readonly apart: boolean;
  readonly capability: Capability;
  readonly functions: readonly number[];
  readonly builds: BuildSet;
}

/** All (package, capability) of the analysed module, by package, then the most telling first. */
export function packageCapabilities({ program, reach, capabilityMap }: Reachable): PackageCapability[] {
  const found = new Map<string, PackageCapability & { functions: number[]; builds: BuildSet }>();
  program.functions.forEach(({ pkg }, index) => {
    if (pkg.module !== undefined) return;
    for (const [capability, reached] of reach[index] ?? []) {
      const key = packageCapabilityKey(pkg.path, capability);
      const known = found.get(key);
      if (known === undefined) {
        const { path, apart } = pkg;
        found.set(key, { package: path, apart, capability, functions: [index], builds: reached.builds });
      } else {
        known.functions.push(index);
        known.builds = program.builds.or(known.builds, reached.builds);
      }
    }
  });
  return [...found.values()].sort(
    (a, b) =>
      compareText(a.package, b.package) || compareCapabilities(capabilityMap, a.capability, b.capability),
  );
}

/** Identifies a (package, capability). */
export function packageCapabilityKey(packagePath: string, capability: Capability): string {
  return `${packagePath}\n${capability}`;
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
  const all = found.functions.flatMap((index) => reach[index]?.get(found.capability)?.paths ?? []);
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

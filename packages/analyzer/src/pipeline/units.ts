/**
 * Units: packages that must be compiled together because they import each other. Go has no
 * such cycles in one build, but the union of all builds may, and so may broken code and
 * tests. Tarjan's algorithm (Depth-first search and linear graph algorithms, 1972), without
 * recursion.
 */
import { groupBy } from "../model/grouping.ts";
import type { PackageSource } from "./package-source.ts";

/** Packages in import order: what a unit imports comes before it. Deterministic; linear in packages and imports. */
export function importOrder(packages: readonly PackageSource[]): PackageSource[][] {
  const imports = importsWithin(packages);
  const search: Search = { imports, next: 0, visits: new Map(), path: [], units: [] };
  for (const root of packages) {
    if (search.visits.has(root)) continue;
    const steps = [enter(root, search)];
    for (let step = steps[steps.length - 1]; step !== undefined; step = steps[steps.length - 1]) {
      const wanted = step.imports.next();
      if (wanted.done === true) {
        steps.pop();
        leave(step.visit, steps[steps.length - 1]?.visit, search);
      } else {
        const known = search.visits.get(wanted.value);
        if (known === undefined) steps.push(enter(wanted.value, search));
        else if (known.open) step.visit.low = Math.min(step.visit.low, known.number);
      }
    }
  }
  return search.units;
}

/** Of units in import order, the sizes of each with those that import it one after the other, on the way where they are most. Linear. */
export function importerChains(
  units: readonly (readonly PackageSource[])[],
  sizeOf: (unit: readonly PackageSource[]) => number,
): number[] {
  const ofPath = new Map<string, number>();
  const chains: number[] = [];
  for (const unit of units.toReversed()) {
    const importers = unit.map(({ path, importable }) => (importable ? (ofPath.get(path) ?? 0) : 0));
    const chain = sizeOf(unit) + Math.max(0, ...importers);
    chains.push(chain);
    for (const { imports } of unit)
      for (const path of imports) ofPath.set(path, Math.max(chain, ofPath.get(path) ?? 0));
  }
  return chains.reverse();
}

interface Visit {
  readonly source: PackageSource;
  readonly number: number;
  /** The least number that is known to be in the same unit. */
  low: number;
  /** Its unit is not complete. */
  open: boolean;
}

interface Search {
  /** What a package must be compiled after, or together with. */
  readonly imports: (source: PackageSource) => readonly PackageSource[];
  next: number;
  readonly visits: Map<PackageSource, Visit>;
  /** The open ones, in the order of their numbers. */
  readonly path: Visit[];
  readonly units: PackageSource[][];
}

interface Step {
  readonly visit: Visit;
  readonly imports: Iterator<PackageSource, unknown>;
}

function enter(source: PackageSource, search: Search): Step {
  const number = search.next++;
  const visit: Visit = { source, number, low: number, open: true };
  search.visits.set(source, visit);
  search.path.push(visit);
  return { visit, imports: search.imports(source)[Symbol.iterator]() };
}

/** The imports that are among the packages. Files set apart and the package beside them count as importing each other. */
function importsWithin(packages: readonly PackageSource[]): Search["imports"] {
  const byPath = new Map(packages.flatMap((one) => (one.importable ? [[one.path, one] as const] : [])));
  const apart = groupBy(
    packages.filter(({ beside }) => beside !== undefined),
    ({ beside }) => beside,
  );
  return ({ path, importable, imports, beside }) => {
    const wanted = beside === undefined ? imports : [...imports, beside];
    const found = wanted.flatMap((one) => byPath.get(one) ?? []);
    return importable ? [...found, ...(apart.get(path) ?? [])] : found;
  };
}

function leave(visit: Visit, importer: Visit | undefined, search: Search): void {
  if (importer !== undefined) importer.low = Math.min(importer.low, visit.low);
  if (visit.low < visit.number) return;
  const members = search.path.splice(search.path.lastIndexOf(visit));
  for (const member of members) member.open = false;
  search.units.push(members.map(({ source }) => source));
}

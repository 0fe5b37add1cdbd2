/**
 * Diff of what two reports say, where there are no programs to compare: which package can do
 * what, and which entry points reach it, in the builds that both were asked about. What it
 * cannot tell: new uses of what a package could do before, other arguments, moves (they are a
 * loss and a gain), directives, files, go.mod, and whether a function was there before unless a
 * report names it. Linear in the rows.
 */
import type { BuildSet, BuildSets } from "../constraints/index.ts";
import type { Capability } from "../model/capability.ts";
import { nameInPackage } from "../model/function-id.ts";
import type {
  CapabilityChange,
  CapabilityRow,
  Change,
  EntryPoint,
  EntryPointChange,
} from "../model/report.ts";
import { reportBuilds } from "../reach/entry-points.ts";
import { sortChanges } from "./compare.ts";

/** What a report says of one module. */
export interface ReportedSide {
  readonly modulePath: string;
  readonly rows: readonly CapabilityRow[];
  /** The builds that were asked about, as an expression. */
  readonly asked: string;
}

/** `builds` is what expressions are parsed with; `weight` says how telling a capability is. */
export interface CompareReported {
  readonly builds: BuildSets;
  readonly weight: (capability: Capability) => number;
}

/** Most telling first. Swapping the sides swaps added and removed; equal sides have no changes. */
export function compareReported(
  old: ReportedSide,
  fresh: ReportedSide,
  { builds, weight }: CompareReported,
): Change[] {
  const within = builds.and(builds.parse(old.asked), builds.parse(fresh.asked));
  const [before, after] = [indexSide(old, builds), indexSide(fresh, builds)];
  const changes: Change[] = [
    ...oneWay({ here: after, there: before, change: "added", builds, within }),
    ...oneWay({ here: before, there: after, change: "removed", builds, within }),
  ];
  return sortChanges(changes, weight);
}

interface IndexedSide {
  readonly side: ReportedSide;
  readonly capabilities: ReadonlySet<Capability>;
  /** By package inside the module, then capability. */
  readonly packages: ReadonlyMap<string, BuildSet>;
  /** By function inside the module, then capability. */
  readonly entryPoints: ReadonlyMap<string, BuildSet>;
  /** Functions inside the module that the report names. */
  readonly functions: ReadonlySet<string>;
}

function indexSide(side: ReportedSide, builds: BuildSets): IndexedSide {
  const packages = new Map<string, BuildSet>();
  const entryPoints = new Map<string, BuildSet>();
  const functions = new Set<string>();
  const add = (map: Map<string, BuildSet>, key: string, expression: string) =>
    map.set(key, builds.or(map.get(key) ?? builds.none, builds.parse(expression)));
  for (const row of side.rows) {
    add(packages, packageKey(side, row), row.builds.expression);
    for (const entry of row.entryPoints) {
      add(entryPoints, entryKey(side, row, entry), entry.builds.expression);
      functions.add(functionKey(side, row, entry));
    }
  }
  return {
    side,
    capabilities: new Set(side.rows.map((row) => row.capability)),
    packages,
    entryPoints,
    functions,
  };
}

interface Direction {
  readonly here: IndexedSide;
  readonly there: IndexedSide;
  readonly change: "added" | "removed";
  readonly builds: BuildSets;
  readonly within: BuildSet;
}

function oneWay(direction: Direction): Change[] {
  const { here, there, change } = direction;
  const { side } = here;
  return side.rows.flatMap((row): Change[] => {
    const only = onlyHere(direction, row.builds.expression, there.packages.get(packageKey(side, row)));
    const capability: CapabilityChange[] =
      only === undefined
        ? []
        : [
            {
              kind: "capability",
              change,
              package: row.package,
              capability: row.capability,
              wholePackage: false,
              newToModule: !there.capabilities.has(row.capability),
              path: row.kind,
              certainty: row.certainty,
              builds: reportBuilds(direction.builds, only),
              witness: row.witness,
            },
          ];
    return [...capability, ...row.entryPoints.flatMap((entry) => entryPointChange(direction, row, entry))];
  });
}

function entryPointChange(direction: Direction, row: CapabilityRow, entry: EntryPoint): EntryPointChange[] {
  const { here, there, change, builds } = direction;
  const had = there.entryPoints.get(entryKey(here.side, row, entry));
  const only = onlyHere(direction, entry.builds.expression, had);
  if (only === undefined) return [];
  const { steps, terminal } = row.witness;
  const isOurs = steps[0]?.function === entry.function;
  return [
    {
      kind: "entry-point",
      change,
      entryPoint: entry,
      package: row.package,
      capability: row.capability,
      ...(there.functions.has(functionKey(here.side, row, entry)) && { existing: true }),
      certainty: row.certainty,
      builds: reportBuilds(builds, only),
      // The report has one path for the package: where it starts elsewhere its end is known to be shared at most.
      witness: { steps: isOurs ? steps : steps.slice(-1), terminal },
    },
  ];
}

/** The builds in which something is here and not there; undefined if there are none. */
function onlyHere(
  { builds, within }: Direction,
  expression: string,
  there: BuildSet | undefined,
): BuildSet | undefined {
  const only = builds.minus(builds.and(builds.parse(expression), within), there ?? builds.none);
  return builds.isEmpty(only) ? undefined : only;
}

function packageKey(side: ReportedSide, { package: path, capability }: CapabilityRow): string {
  return `${inModule(side, path)}\n${capability}`;
}

function functionKey(side: ReportedSide, row: CapabilityRow, entry: EntryPoint): string {
  return `${inModule(side, row.package)}\n${nameInPackage(row.package, entry.function)}`;
}

function entryKey(side: ReportedSide, row: CapabilityRow, entry: EntryPoint): string {
  return `${functionKey(side, row, entry)}\n${row.capability}`;
}

/** A path without the module's, so that a module can be compared with its copy under another path. */
function inModule({ modulePath }: ReportedSide, path: string): string {
  const isOwn =
    path === modulePath || path.startsWith(`${modulePath}/`) || path.startsWith(`${modulePath} [`);
  return isOwn ? `.${path.slice(modulePath.length)}` : path;
}

import type { LinkedFunction } from "../link/edge.ts";
import type { CapabilityRow } from "../model/report.ts";
import { entryPoints, reportBuilds } from "../reach/entry-points.ts";
import { otherPaths } from "../reach/other-paths.ts";
import {
  type Granularity,
  type PackageCapability,
  packageCapabilities,
  packageCapabilityKey,
  representativePath,
} from "../reach/package-capabilities.ts";
import type { Path } from "../reach/reach.ts";
import { certaintyOf, type DraftWitness, witnessOf } from "../reach/witness.ts";
import type { ModuleAnalysis } from "./analyze.ts";
import { fillSourceLines } from "./source-lines.ts";

/** What rows are wanted. */
export interface RowOptions {
  /** The number that the rows carry. */
  readonly input: number;
  readonly granularity?: Granularity;
  /** Witnesses of each row, if there are so many; 1 unless given. */
  readonly witnesses?: number;
}

/**
 * What each package can do, by package, then the most telling capability first, with a
 * representative witness each; of finer granularity what each function can do. Reads the files
 * of the witnesses again, for their source lines.
 */
export async function capabilityRows(
  given: ModuleAnalysis,
  { input, granularity, witnesses = 1 }: RowOptions,
): Promise<CapabilityRow[]> {
  const analysis = witnesses > 1 ? await given.whole() : given;
  const all = packageCapabilities(analysis, granularity);
  const sites = siteCounts(analysis, granularity);
  const others =
    witnesses > 1 ? otherPaths(analysis, all, witnesses - 1) : new Map<string, readonly Path[]>();
  const rows = all.map((found) => row(analysis, { input, found, sites, others }));
  await fillSourceLines(
    analysis.shownFiles,
    rows.flatMap((one) => [one.witness, ...(one.otherWitnesses ?? [])].flatMap(({ steps }) => steps)),
  );
  return rows;
}

interface RowInput {
  readonly input: number;
  readonly found: PackageCapability;
  readonly sites: ReadonlyMap<string, number>;
  readonly others: ReadonlyMap<string, readonly Path[]>;
}

interface DraftRow extends CapabilityRow {
  readonly witness: DraftWitness;
  readonly otherWitnesses?: readonly DraftWitness[];
}

function row(analysis: ModuleAnalysis, { input, found, sites, others }: RowInput): DraftRow {
  const { program, reach } = analysis;
  const path = representativePath(analysis, found);
  const key = packageCapabilityKey(found);
  const more = others.get(key) ?? [];
  const witness = witnessOf(program, path);
  const inheritedFrom = firstModule(witness);
  return {
    input,
    package: found.package,
    ...clauseName(analysis, found.package),
    ...(found.apart && { apart: true }),
    ...(found.function !== undefined && { function: found.function }),
    capability: found.capability,
    kind: path.staysInPackage ? "direct" : "transitive",
    certainty: certaintyOf(path),
    ...(inheritedFrom !== undefined && { inheritedFrom }),
    builds: reportBuilds(program.builds, found.builds),
    entryPoints: entryPoints(program, reach, found),
    sites: sites.get(key) ?? 0,
    witness,
    ...(more.length > 0 && { otherWitnesses: more.map((one) => witnessOf(program, one)) }),
  };
}

/** The first other module that a path leads through; the standard library is none. */
function firstModule({ steps }: DraftWitness): string | undefined {
  return steps.find(({ module }) => module !== undefined && !module.startsWith("std@"))?.module;
}

function clauseName({ program }: ModuleAnalysis, path: string): Pick<CapabilityRow, "packageName"> {
  const name = program.packageByPath.get(path)?.name;
  return name === undefined || path.slice(path.lastIndexOf("/") + 1) === name ? {} : { packageName: name };
}

/** At how many places each (package, capability), or (function, capability), is used directly. */
function siteCounts(
  { terminals, program }: ModuleAnalysis,
  granularity: Granularity = "package",
): Map<string, number> {
  const places = new Map<string, Set<string>>();
  for (const { from, file, line, column, capabilities } of terminals) {
    // Terminal uses carry numbers of their own program's functions.
    const { pkg, facts } = program.functions[from] as LinkedFunction;
    for (const capability of capabilities) {
      const own = granularity === "package" ? {} : { function: facts.id };
      const key = packageCapabilityKey({ package: pkg.path, ...own, capability });
      let known = places.get(key);
      if (known === undefined) places.set(key, (known = new Set()));
      known.add(`${file ?? facts.file} ${line} ${column}`);
    }
  }
  return new Map([...places].map(([key, known]) => [key, known.size]));
}

import type { CapabilityRow } from "../model/report.ts";
import { entryPoints, reportBuilds } from "../reach/entry-points.ts";
import {
  type PackageCapability,
  packageCapabilities,
  packageCapabilityKey,
  representativePath,
} from "../reach/package-capabilities.ts";
import { certaintyOf, type DraftWitness, witnessOf } from "../reach/witness.ts";
import type { ModuleAnalysis } from "./analyze.ts";
import { fillSourceLines } from "./source-lines.ts";

/**
 * What each package can do, by package, then the most telling capability first, with a
 * representative witness each. `input` is the number that the rows carry. Reads the files
 * of the witnesses again, for their source lines.
 */
export async function capabilityRows(analysis: ModuleAnalysis, input: number): Promise<CapabilityRow[]> {
  const sites = siteCounts(analysis);
  const rows = packageCapabilities(analysis).map((found) => row(analysis, { input, found, sites }));
  await fillSourceLines(
    analysis.shownFiles,
    rows.flatMap((one) => one.witness.steps),
  );
  return rows;
}

interface RowInput {
  readonly input: number;
  readonly found: PackageCapability;
  readonly sites: ReadonlyMap<string, number>;
}

function row(
  analysis: ModuleAnalysis,
  { input, found, sites }: RowInput,
): CapabilityRow & { readonly witness: DraftWitness } {
  const { program, reach } = analysis;
  const path = representativePath(analysis, found);
  return {
    input,
    package: found.package,
    ...clauseName(analysis, found.package),
    ...(found.apart && { apart: true }),
    capability: found.capability,
    kind: path.staysInPackage ? "direct" : "transitive",
    certainty: certaintyOf(path),
    builds: reportBuilds(program.builds, found.builds),
    entryPoints: entryPoints(program, reach, found),
    sites: sites.get(packageCapabilityKey(found.package, found.capability)) ?? 0,
    witness: witnessOf(program, path),
  };
}

function clauseName({ program }: ModuleAnalysis, path: string): Pick<CapabilityRow, "packageName"> {
  const name = program.packageByPath.get(path)?.name;
  return name === undefined || path.slice(path.lastIndexOf("/") + 1) === name ? {} : { packageName: name };
}

/** At how many places each (package, capability) is used directly. */
function siteCounts({ terminals, program }: ModuleAnalysis): Map<string, number> {
  const places = new Map<string, Set<string>>();
  for (const { from, file, line, column, capabilities } of terminals) {
    for (const capability of capabilities) {
      const fn = program.functions[from];
      const key = packageCapabilityKey(fn?.pkg.path ?? "", capability);
      let known = places.get(key);
      if (known === undefined) places.set(key, (known = new Set()));
      known.add(`${file ?? fn?.facts.file} ${line} ${column}`);
    }
  }
  return new Map([...places].map(([key, known]) => [key, known.size]));
}

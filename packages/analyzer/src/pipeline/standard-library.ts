/** Compiles Go's own packages, once for each release, for all ports. */
import { compilePackage } from "../compile/package.ts";
import type { BuildSets } from "../constraints/index.ts";
import { type ExportData, writeExportData } from "../export-data/index.ts";
import type { PackageFacts } from "../model/facts.ts";
import { compareText } from "../model/position.ts";
import { checkPackages } from "./check-packages.ts";
import { groupFiles } from "./grouping.ts";
import { readHeaders } from "./headers.ts";
import type { AnalyzerOptions, SourceFile } from "./module-source.ts";
import { readOtherFiles } from "./other-files.ts";
import { type PackageSource, packageSources } from "./package-source.ts";
import { parsePackages } from "./parse-packages.ts";

/** A package of the standard library: what importers can learn of it, and what it does. */
export interface StandardPackage {
  readonly exports: ExportData;
  readonly facts: PackageFacts;
}

/** Where packages that the standard library vendors lie, and what their import paths begin with there. */
const vendor = "vendor/";

/**
 * The packages of a release, sorted by path, from the files of GOROOT/src (names relative to
 * it). Commands, tests and files that no build takes are left out. `builds` must not be
 * narrowed. Holds all trees in memory: about a gigabyte, half a minute.
 */
export async function compileStandardLibrary(
  sources: readonly SourceFile[],
  options: Pick<AnalyzerOptions, "parser" | "builds" | "onProgress">,
): Promise<StandardPackage[]> {
  const { builds } = options;
  const roots = [
    { modulePath: "", files: sources.filter(({ name }) => !/^(?:cmd|vendor)\//.test(name)) },
    { modulePath: "vendor", files: sources.flatMap(withinVendor) },
  ];
  const parts = await Promise.all(roots.map((root) => packageFiles(root, builds)));
  const inputs = await parsePackages(parts.flat(), options);
  const paths = new Map(inputs.map(({ path, name }) => [path, name]));
  const resolve = (path: string) => (paths.has(`${vendor}${path}`) ? `${vendor}${path}` : path);
  return checkPackages(inputs, { builds, packageNames: (path) => paths.get(resolve(path)), resolve })
    .map(({ input, ...checked }) => ({
      facts: compilePackage(input, checked, { code: false }),
      exports: writeExportData(checked.checker, checked.source),
    }))
    .sort((a, b) => compareText(a.facts.path, b.facts.path));
}

function withinVendor(file: SourceFile): SourceFile[] {
  return file.name.startsWith(vendor) ? [{ ...file, name: file.name.slice(vendor.length) }] : [];
}

interface Root {
  readonly modulePath: string;
  readonly files: readonly SourceFile[];
}

async function packageFiles({ modulePath, files }: Root, builds: BuildSets): Promise<PackageSource[]> {
  const sorted = files.toSorted((a, b) => compareText(a.name, b.name));
  const headers = await readHeaders(sorted, { builds, tests: false });
  const others = await readOtherFiles(
    sorted.filter(({ name }) => name.endsWith(".s")),
    { builds },
  );
  const groups = groupFiles(headers.files, { modulePath, builds }).filter(({ apart }) => !apart);
  return packageSources(groups, others.assembly, builds);
}

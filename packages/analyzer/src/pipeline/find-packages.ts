/** From a module copy to the packages that must be compiled: its own and those that they import. */
import type { PackageNames } from "../declare/import-names.ts";
import type { Outcome } from "../model/diagnostic.ts";
import { compareText } from "../model/position.ts";
import type { Signal } from "../model/signal.ts";
import { type FoundDependencies, findDependencies } from "./dependencies.ts";
import { type FileGroup, groupFiles } from "./grouping.ts";
import type { Headers } from "./headers.ts";
import { holdContent } from "./held-content.ts";
import { readModuleHeaders } from "./module-headers.ts";
import type { AnalyzerOptions, ModuleSource, SourceFile } from "./module-source.ts";
import { type OtherFiles, readOtherFiles } from "./other-files.ts";
import { type PackageSource, packageSources } from "./package-source.ts";
import { readSignals } from "./signals.ts";

export interface FoundPackages {
  /** With its files sorted by name. */
  readonly source: ModuleSource;
  readonly headers: Headers;
  readonly others: OtherFiles;
  readonly signals: Outcome<readonly Signal[]>;
  /** The module's own packages, sorted by path. */
  readonly own: readonly PackageSource[];
  /** What it imports of other modules. */
  readonly dependencies: FoundDependencies;
  /** The name in the clause of an imported package, of the standard library too. */
  readonly names: PackageNames;
}

/** Finds them by the headers of their files; nothing is parsed. */
export async function findPackages(given: ModuleSource, options: AnalyzerOptions): Promise<FoundPackages> {
  const { builds, standardLibrary } = options;
  const held = holdContent();
  const heldGo = (readers: number) => (file: SourceFile) =>
    isRead(file.name, options) ? held(file, readers) : file;
  const files = given.files.map(heldGo(3)).sort((a, b) => compareText(a.name, b.name));
  const source = { ...given, files };
  const headers = await readModuleHeaders(source, options);
  const signals = await readSignals(source.files, options.cache);
  const others = await readOtherFiles(source.files, { ...options, imported: headers.imported });
  const groups = groupFiles(headers.files, { modulePath: source.modulePath, builds }).map((group) =>
    standardLibrary?.nameOf(group.path) === undefined ? group : notStandard(group),
  );
  const sources = packageSources(groups, others.assembly, builds);
  const dependencies = await findDependencies(sources, { ...options, held: heldGo(2) });
  const own = apartFromImportable(sources, dependencies.packages);
  const names = packageNames([...own, ...dependencies.packages], options);
  return { source, headers, others, signals, own, dependencies, names };
}

/** Whether a file has other readers than who searches it. */
function isRead(name: string, { tests }: AnalyzerOptions): boolean {
  return name.endsWith(".go") && (tests || !name.endsWith("_test.go"));
}

/**
 * An import path of the standard library means that, whatever the module has: its package
 * of that path gets one that no import can name.
 */
function notStandard(group: FileGroup): FileGroup {
  return { ...group, path: `${group.path} [module]` };
}

/**
 * The external tests of `x` have the path `x_test`, which may be that of a package as well: they then
 * get one that no import can name, so that nothing of theirs is taken for the package's.
 */
function apartFromImportable(
  own: readonly PackageSource[],
  dependencies: readonly PackageSource[],
): PackageSource[] {
  const taken = new Set([...own, ...dependencies].flatMap((one) => (one.importable ? [one.path] : [])));
  return own
    .map((one) =>
      !one.importable && taken.has(one.path) ? { ...one, path: `${one.path} [external-test]` } : one,
    )
    .sort((a, b) => compareText(a.path, b.path));
}

/** Names in package clauses: those of packages at hand, of the standard library, and some that the map knows. */
function packageNames(
  packages: readonly PackageSource[],
  { capabilityMap, standardLibrary }: AnalyzerOptions,
): PackageNames {
  const known = new Map(packages.map(({ path, name }) => [path, name]));
  return (importPath) =>
    known.get(importPath) ?? standardLibrary?.nameOf(importPath) ?? capabilityMap.packageName(importPath);
}

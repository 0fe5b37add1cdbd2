/** From a module copy to packages that can be checked: headers, grouping, syntax, declare; its dependencies too. */
import type { PackageNames } from "../declare/import-names.ts";
import { compareText } from "../model/position.ts";
import { type CheckedInput, checkPackages } from "./check-packages.ts";
import { type FoundDependencies, readDependencies } from "./dependencies.ts";
import { type FileGroup, groupFiles } from "./grouping.ts";
import { type Headers, readHeaders } from "./headers.ts";
import type { AnalyzerOptions, ModuleSource } from "./module-source.ts";
import { type OtherFiles, readOtherFiles } from "./other-files.ts";
import { parsePackages } from "./parse-packages.ts";

export interface LoadedModule {
  /** With its files sorted by name. */
  readonly source: ModuleSource;
  readonly headers: Headers;
  readonly others: OtherFiles;
  /** The module's own packages, sorted by path. */
  readonly own: readonly CheckedInput[];
  /** What it imports of other modules; `checked` are the packages whose bodies matter to capabilities. */
  readonly dependencies: FoundDependencies & {
    readonly all: readonly CheckedInput[];
    readonly checked: readonly CheckedInput[];
  };
}

/** Reads and parses a module and what it is built with. The trees of all packages are in memory together. */
export async function loadModule(given: ModuleSource, options: AnalyzerOptions): Promise<LoadedModule> {
  const { builds, standardLibrary } = options;
  const source = { ...given, files: given.files.toSorted((a, b) => compareText(a.name, b.name)) };
  const headers = await readHeaders(source.files, options);
  const others = await readOtherFiles(source.files, builds);
  const groups = groupFiles(headers.files, { modulePath: source.modulePath, builds }).map((group) =>
    standardLibrary?.nameOf(group.path) === undefined ? group : notStandard(group),
  );
  const inputs = await parsePackages({ groups, assembly: others.assembly }, options);
  const dependencies = await readDependencies(inputs, options);
  const checked = checkPackages([...inputs, ...dependencies.packages], {
    builds,
    packageNames: packageNames([...groups, ...dependencies.packages], options),
    standardLibrary,
  });
  return {
    source,
    headers,
    others,
    own: checked.slice(0, inputs.length),
    dependencies: {
      ...dependencies,
      all: checked.slice(inputs.length),
      checked: checked.slice(inputs.length).filter(({ input }) => !dependencies.mapped.has(input.path)),
    },
  };
}

/**
 * An import path of the standard library means that, whatever the module has: its package
 * of that path gets one that no import can name.
 */
function notStandard(group: FileGroup): FileGroup {
  return { ...group, path: `${group.path} [module]` };
}

/** Names in package clauses: those of packages at hand, of the standard library, and some that the map knows. */
function packageNames(
  packages: readonly { readonly path: string; readonly name: string }[],
  { capabilityMap, standardLibrary }: AnalyzerOptions,
): PackageNames {
  const known = new Map(packages.map(({ path, name }) => [path, name]));
  return (importPath) =>
    known.get(importPath) ?? standardLibrary?.nameOf(importPath) ?? capabilityMap.packageName(importPath);
}

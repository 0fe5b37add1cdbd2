/** The packages of other modules that a module imports, directly or not. */
import { directoryOf } from "../files/package-files.ts";
import { compareText } from "../model/position.ts";
import { groupFiles } from "./grouping.ts";
import { readHeaders } from "./headers.ts";
import type { AnalyzerOptions, DependencyPackage, SourceFile } from "./module-source.ts";
import { readOtherFiles } from "./other-files.ts";
import { type PackageSource, packageSources } from "./package-source.ts";

export interface FoundDependencies {
  /** Sorted by path. */
  readonly packages: readonly PackageSource[];
  /** Those of which the map says what they do: only what they declare matters. */
  readonly mapped: ReadonlySet<string>;
  readonly files: readonly SourceFile[];
  /** Import paths that could not be had, sorted. */
  readonly missing: readonly string[];
}

export interface FindOptions extends AnalyzerOptions {
  /** A file as it is to be read. */
  readonly held: (file: SourceFile) => SourceFile;
}

/** Finds what `own` imports, and what that imports; nothing if there are no dependencies to be had. */
export async function findDependencies(
  own: readonly PackageSource[],
  options: FindOptions,
): Promise<FoundDependencies> {
  const seen = new Set(own.flatMap(({ importable, path }) => (importable ? [path] : [])));
  const found: FoundPackage[] = [];
  const missing: string[] = [];
  for (let wanted = newImports(own, seen, options); wanted.length > 0; ) {
    const answers = await Promise.all(wanted.map(async (path) => findPackage(path, options)));
    wanted.forEach((path, index) => {
      if (answers[index] === undefined) missing.push(path);
    });
    const added = answers.filter((one) => one !== undefined);
    for (const one of added) found.push(one);
    wanted = newImports(
      added.map(({ source }) => source),
      seen,
      options,
    );
  }
  const packages = found.map(({ source }) => source).sort((a, b) => compareText(a.path, b.path));
  const paths = packages.map(({ path }) => path);
  return {
    packages,
    mapped: new Set(paths.filter(options.capabilityMap.decidesPackage)),
    files: found.flatMap(({ files }) => files),
    missing: missing.sort(compareText),
  };
}

/** What is imported and was not seen before; the standard library is known already. */
function newImports(
  packages: readonly PackageSource[],
  seen: Set<string>,
  { standardLibrary }: AnalyzerOptions,
): string[] {
  const found: string[] = [];
  for (const path of packages.flatMap(({ imports }) => imports)) {
    if (seen.has(path) || path === "C" || path === "unsafe") continue;
    seen.add(path);
    if (standardLibrary?.nameOf(path) === undefined) found.push(path);
  }
  return found.sort(compareText);
}

interface FoundPackage {
  readonly source: PackageSource;
  readonly files: readonly SourceFile[];
}

async function findPackage(path: string, options: FindOptions): Promise<FoundPackage | undefined> {
  const found = await options.dependencies?.packageAt(path);
  return found && packageOf(path, found, options);
}

async function packageOf(
  path: string,
  { module, files }: DependencyPackage,
  { builds, cache, held }: FindOptions,
): Promise<FoundPackage | undefined> {
  const sorted = files.map(held).sort((a, b) => compareText(a.name, b.name));
  // It is imported, whatever its directory is called.
  const imported = new Set(sorted.map(({ name }) => directoryOf(name)));
  const headers = await readHeaders(sorted, { builds, tests: false, cache, imported });
  const group = groupFiles(headers.files, { modulePath: "", builds }).find(({ apart }) => !apart);
  if (group === undefined) return undefined;
  const assembly = await readOtherFiles(
    sorted.filter(({ name }) => name.endsWith(".s")),
    { builds, cache, imported },
  );
  const [source] = packageSources([group], assembly.assembly, builds);
  return source && { source: { ...source, path, module }, files: sorted };
}

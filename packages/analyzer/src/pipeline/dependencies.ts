/** The packages of other modules that a module imports, directly or not. */
import type { PackageInput } from "../compile/package.ts";
import { importPaths } from "../declare/imports.ts";
import type { CapabilityMap } from "../model/capability-map.ts";
import { compareText } from "../model/position.ts";
import { groupFiles } from "./grouping.ts";
import { readHeaders } from "./headers.ts";
import type { AnalyzerOptions, DependencyPackage, SourceFile } from "./module-source.ts";
import { readOtherFiles } from "./other-files.ts";
import { parsePackages } from "./parse-packages.ts";

export interface FoundDependencies {
  /** Sorted by path. */
  readonly packages: readonly PackageInput[];
  /** Those of which the map says what they do: only what they export matters. */
  readonly mapped: ReadonlySet<string>;
  readonly files: readonly SourceFile[];
  /** Import paths that could not be had, sorted. */
  readonly missing: readonly string[];
}

/** Reads and parses what `own` imports, and what that imports; nothing if there are no dependencies to be had. */
export async function readDependencies(
  own: readonly PackageInput[],
  options: AnalyzerOptions,
): Promise<FoundDependencies> {
  const seen = new Set(own.map(({ path }) => path));
  const packages: PackageInput[] = [];
  const files: SourceFile[] = [];
  const missing: string[] = [];
  for (let wanted = newImports(own, seen, options); wanted.length > 0; ) {
    const read = await Promise.all(wanted.map(async (path) => readPackage(path, options)));
    const found = read.flatMap((one) => one ?? []);
    wanted.forEach((path, index) => {
      if (read[index] === undefined) missing.push(path);
    });
    packages.push(...found.map(({ input }) => input));
    files.push(...found.flatMap((one) => one.files));
    wanted = newImports(
      found.map(({ input }) => input),
      seen,
      options,
    );
  }
  packages.sort((a, b) => compareText(a.path, b.path));
  const mapped = new Set(
    packages.map(({ path }) => path).filter((path) => isMapped(options.capabilityMap, path)),
  );
  return { packages, mapped, files, missing: missing.sort(compareText) };
}

/** What is imported and was not seen before; the standard library is known already. */
function newImports(
  packages: readonly PackageInput[],
  seen: Set<string>,
  { standardLibrary }: AnalyzerOptions,
): string[] {
  const found: string[] = [];
  for (const path of packages.flatMap((pkg) => pkg.files.flatMap(({ tree }) => importPaths(tree)))) {
    if (seen.has(path) || path === "C" || path === "unsafe") continue;
    seen.add(path);
    if (standardLibrary?.nameOf(path) === undefined) found.push(path);
  }
  return found.sort(compareText);
}

interface ReadPackage {
  readonly input: PackageInput;
  readonly files: readonly SourceFile[];
}

async function readPackage(importPath: string, options: AnalyzerOptions): Promise<ReadPackage | undefined> {
  const found = await options.dependencies?.packageAt(importPath);
  return found && parsePackage(importPath, found, options);
}

async function parsePackage(
  importPath: string,
  { module, files }: DependencyPackage,
  { builds, parser }: AnalyzerOptions,
): Promise<ReadPackage | undefined> {
  const sorted = files.toSorted((a, b) => compareText(a.name, b.name));
  const headers = await readHeaders(sorted, { builds, tests: false });
  const { assembly } = await readOtherFiles(
    sorted.filter(({ name }) => name.endsWith(".s")),
    builds,
  );
  const group = groupFiles(headers.files, { modulePath: "", builds }).find(({ apart }) => !apart);
  if (group === undefined) return undefined;
  const [input] = await parsePackages({ groups: [group], assembly }, { builds, parser });
  return input && { input: { ...input, path: importPath, module }, files: sorted };
}

/** Whether the map decides what the package does, so that its code need not be followed. */
function isMapped(map: CapabilityMap, path: string): boolean {
  return map.packageName(path) !== undefined;
}

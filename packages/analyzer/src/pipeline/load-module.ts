/** A module whose packages can be asked about, from their sources: for looking closely at a few of them. */
import { type CheckedInput, checkPackages } from "./check-packages.ts";
import { findPackages } from "./find-packages.ts";
import type { AnalyzerOptions, ModuleSource } from "./module-source.ts";
import { parsePackages } from "./parse-packages.ts";

/**
 * The module's own packages, sorted by path, as one checker has them. Of other modules only
 * the declarations are parsed. The trees of all packages are in memory together.
 */
export async function loadModule(
  given: ModuleSource,
  options: AnalyzerOptions,
): Promise<readonly CheckedInput[]> {
  const { builds, standardLibrary } = options;
  const { own, dependencies, names } = await findPackages(given, options);
  const sources = [...own, ...dependencies.packages];
  const inputs = await parsePackages(sources, {
    ...options,
    declarationsOnly: ({ module }) => module !== undefined,
  });
  const exportsOf = (path: string) => standardLibrary?.exportsOf(path);
  return checkPackages(inputs, { builds, packageNames: names, exportsOf }).slice(0, own.length);
}

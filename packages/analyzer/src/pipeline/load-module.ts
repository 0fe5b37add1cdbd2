/** A module whose packages can be asked about, from their sources: for looking closely at a few of them. */
import { type CheckedInput, checkPackages } from "./check-packages.ts";
import { findPackages } from "./find-packages.ts";
import type { AnalyzerOptions, ModuleSource } from "./module-source.ts";
import { parseMentioned } from "./parse-mentioned.ts";
import { parsePackages } from "./parse-packages.ts";

/**
 * The module's own packages, sorted by path, as one checker has them. Of other modules only the declarations
 * that can be meant are parsed, and syntax errors elsewhere are not seen. The trees of all packages are in memory together.
 */
export async function loadModule(
  given: ModuleSource,
  options: AnalyzerOptions,
): Promise<readonly CheckedInput[]> {
  const { builds, standardLibrary } = options;
  const { own, dependencies, names } = await findPackages(given, options);
  const inputs = await parsePackages(own, options);
  const imported = await parseMentioned(dependencies.packages, { own, inputs, ...options });
  const exportsOf = (path: string) => standardLibrary?.exportsOf(path);
  const checked = checkPackages([...inputs, ...imported], { builds, packageNames: names, exportsOf });
  return checked.slice(0, own.length);
}

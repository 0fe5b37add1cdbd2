/** Compiles packages that import each other. */
import { compilePackage, type PackageInput } from "../compile/package.ts";
import type { BuildSets } from "../constraints/index.ts";
import type { PackageNames } from "../declare/import-names.ts";
import { declarePackage } from "../declare/package-scope.ts";
import { type ExportData, readExportData, writeExportData } from "../export-data/index.ts";
import type { PackageFacts } from "../model/facts.ts";
import { createChecker, createSourcePackage, type PackageInterface } from "../types/index.ts";
import type { StandardLibrary } from "./module-source.ts";

export interface CompileOptions {
  readonly builds: BuildSets;
  readonly packageNames: PackageNames;
  readonly standardLibrary?: StandardLibrary | undefined;
  /** The path of the package that an import path means, where that is another one: Go's own vendored packages. */
  readonly resolve?: (importPath: string) => string;
  /** Paths of packages of which only what they export is wanted. */
  readonly withoutBodies?: ReadonlySet<string>;
}

export interface CompiledPackage {
  readonly facts: PackageFacts;
  /** What importers can learn of it; made when it is asked for. */
  readonly exports: () => ExportData;
}

/** The packages compiled, in the order given, without those of which no bodies are wanted. Their trees are in memory together. */
export function compilePackages(
  packages: readonly PackageInput[],
  { builds, packageNames, standardLibrary, resolve = (path) => path, withoutBodies }: CompileOptions,
): CompiledPackage[] {
  const interfaces = new Map<string, PackageInterface | undefined>();
  const importPackage = (written: string): PackageInterface | undefined => {
    const path = resolve(written);
    if (!interfaces.has(path)) {
      const exports = standardLibrary?.exportsOf(path);
      interfaces.set(path, exports && readExportData(checker, exports));
    }
    return interfaces.get(path);
  };
  const checker = createChecker({ builds, importPackage });
  const checked = packages.map((input) => {
    const { path, name, files } = input;
    const scope = declarePackage(files, packageNames);
    const sets = files.map((file) => builds.and(builds.asked, builds.narrow(builds.parse(file.builds))));
    const source = createSourcePackage(checker, { path, name, scope, builds: sets });
    // Files set apart, and external tests, have paths that no import can name.
    interfaces.set(path, source);
    return { input, scope, source };
  });
  const wanted = checked.filter(({ input }) => withoutBodies?.has(input.path) !== true);
  return wanted.map(({ input, scope, source }) => ({
    facts: compilePackage(input, { checker, scope, source }),
    exports: () => writeExportData(checker, source),
  }));
}

/** Sets up the type checker for packages that import each other. */
import type { PackageInput } from "../compile/package.ts";
import type { BuildSets } from "../constraints/index.ts";
import type { PackageNames } from "../declare/import-names.ts";
import { declarePackage, type PackageScope } from "../declare/package-scope.ts";
import { type ExportData, readExportData } from "../export-data/index.ts";
import {
  type Checker,
  createChecker,
  createSourcePackage,
  type PackageInterface,
  type SourcePackage,
} from "../types/index.ts";

export interface CheckOptions {
  readonly builds: BuildSets;
  readonly packageNames: PackageNames;
  /** What a package that is not among those given exports; undefined if it cannot be had. */
  readonly exportsOf?: (path: string) => ExportData | undefined;
  /** The path of the package that an import path means, where that is another one: Go's own vendored packages. */
  readonly resolve?: (importPath: string) => string;
}

export interface CheckedInput {
  readonly input: PackageInput;
  readonly checker: Checker;
  readonly scope: PackageScope;
  readonly source: SourcePackage;
}

/** The packages as one checker has them, in the order given. Nothing is checked before it is asked for. */
export function checkPackages(
  packages: readonly PackageInput[],
  { builds, packageNames, exportsOf, resolve = (path) => path }: CheckOptions,
): CheckedInput[] {
  const interfaces = new Map<string, PackageInterface | undefined>();
  const importPackage = (written: string): PackageInterface | undefined => {
    const path = resolve(written);
    if (!interfaces.has(path)) {
      const exports = exportsOf?.(path);
      interfaces.set(path, exports && readExportData(checker, exports));
    }
    return interfaces.get(path);
  };
  const checker = createChecker({ builds, importPackage });
  const sources = new Map<string, SourcePackage>();
  const beside = ({ beside: path }: PackageInput) =>
    path === undefined
      ? undefined
      : { path, lookUp: (name: string) => sources.get(path)?.lookUp(name) ?? [] };
  return packages.map((input) => {
    const { path, name, files } = input;
    const scope = declarePackage(files, packageNames);
    const sets = files.map((file) => builds.and(builds.asked, builds.narrow(builds.parse(file.builds))));
    const source = createSourcePackage(checker, { path, name, scope, builds: sets, beside: beside(input) });
    sources.set(path, source);
    if (input.importable) interfaces.set(path, source);
    return { input, checker, scope, source };
  });
}

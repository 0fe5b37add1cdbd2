/** Compiles the packages of a module, which import each other. */
import { compilePackage, type PackageInput } from "../compile/package.ts";
import type { BuildSets } from "../constraints/index.ts";
import type { PackageNames } from "../declare/import-names.ts";
import { declarePackage } from "../declare/package-scope.ts";
import type { PackageFacts } from "../model/facts.ts";
import { createChecker, createSourcePackage, type PackageInterface } from "../types/index.ts";

export interface ModuleInput {
  readonly packages: readonly PackageInput[];
  readonly packageNames: PackageNames;
  readonly builds: BuildSets;
}

/** The facts of all packages, in the order given. Their trees are in memory together. */
export function compileModule({ packages, packageNames, builds }: ModuleInput): PackageFacts[] {
  const interfaces = new Map<string, PackageInterface>();
  const checker = createChecker({ builds, importPackage: (path) => interfaces.get(path) });
  const checked = packages.map((input) => {
    const { path, name, files } = input;
    const scope = declarePackage(files, packageNames);
    const sets = files.map((file) => builds.and(builds.asked, builds.narrow(builds.parse(file.builds))));
    const source = createSourcePackage(checker, { path, name, scope, builds: sets });
    // Files set apart, and external tests, have paths that no import can name.
    interfaces.set(path, source);
    return { input, checked: { checker, scope, source } };
  });
  return checked.map(({ input, checked: one }) => compilePackage(input, one));
}

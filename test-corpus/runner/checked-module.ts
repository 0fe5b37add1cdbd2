/** The packages of a module as the stage `types` takes them, those of the standard library that a case brings among them. */
import type { BuildSet, BuildSets, ModuleSource } from "@capdiff/analyzer";
import { declarePackage, type PackageScope } from "../../packages/analyzer/src/declare/package-scope.ts";
import { type FileGroup, groupFiles } from "../../packages/analyzer/src/pipeline/grouping.ts";
import { readHeaders } from "../../packages/analyzer/src/pipeline/headers.ts";
import { packageSources } from "../../packages/analyzer/src/pipeline/package-source.ts";
import { parsePackages } from "../../packages/analyzer/src/pipeline/parse-packages.ts";
import {
  type Checker,
  createChecker,
  createSourcePackage,
  type SourcePackage,
} from "../../packages/analyzer/src/types/index.ts";
import { realParser } from "./analysis.ts";

/** Folder of a case whose packages stand in for those of the standard library. */
export const standardFolder = "std/";

export interface CheckedPackage {
  readonly pkg: SourcePackage;
  readonly scope: PackageScope;
  /** The builds of each file. */
  readonly builds: readonly BuildSet[];
  /** It stands in for one of the standard library. */
  readonly standard: boolean;
}

export interface CheckedModule {
  readonly checker: Checker;
  readonly packages: readonly CheckedPackage[];
}

/** Makes the packages of a module, by their paths; nothing in them is looked at before it is asked for. */
export async function checkedModule(
  source: ModuleSource,
  { builds, tests }: { readonly builds: BuildSets; readonly tests: boolean },
): Promise<CheckedModule> {
  const { files } = await readHeaders(source.files, { builds, tests });
  const groups = groupFiles(files, { modulePath: source.modulePath, builds });
  const sources = packageSources(groups, new Map(), builds);
  const parsed = await parsePackages(sources, { parser: await realParser() });
  const prefix = `${source.modulePath}/${standardFolder}`;
  const pathOf = ({ path }: FileGroup) => (path.startsWith(prefix) ? path.slice(prefix.length) : path);
  const names = new Map(groups.map((group) => [pathOf(group), group.name]));
  const byPath = new Map<string, CheckedPackage>();
  const checker = createChecker({ builds, importPackage: (path) => byPath.get(path)?.pkg });
  groups.forEach((group, index) => {
    const path = pathOf(group);
    const list = parsed[index]?.files ?? [];
    const scope = declarePackage(list, (wanted) => names.get(wanted));
    const sets = list.map((file) => builds.and(builds.asked, builds.narrow(builds.parse(file.builds))));
    const pkg = createSourcePackage(checker, { path, name: group.name, scope, builds: sets });
    byPath.set(path, { pkg, scope, builds: sets, standard: path !== group.path });
  });
  return { checker, packages: [...byPath.values()] };
}

/** The packages of a module as the stage `types` takes them, those of the standard library that a case brings among them. */
import type { BuildSet, BuildSets, ModuleSource } from "@capdiff/analyzer";
import { importsC } from "../../packages/analyzer/src/declare/imports.ts";
import {
  declarePackage,
  type PackageFile,
  type PackageScope,
} from "../../packages/analyzer/src/declare/package-scope.ts";
import { type FileGroup, groupFiles } from "../../packages/analyzer/src/pipeline/grouping.ts";
import { readHeaders } from "../../packages/analyzer/src/pipeline/headers.ts";
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
  const parsed = await Promise.all(groups.map((group) => parseGroup(group, builds)));
  const prefix = `${source.modulePath}/${standardFolder}`;
  const pathOf = ({ path }: FileGroup) => (path.startsWith(prefix) ? path.slice(prefix.length) : path);
  const names = new Map(groups.map((group) => [pathOf(group), group.name]));
  const byPath = new Map<string, CheckedPackage>();
  const checker = createChecker({ builds, importPackage: (path) => byPath.get(path)?.pkg });
  groups.forEach((group, index) => {
    const path = pathOf(group);
    const list = parsed[index] ?? [];
    const scope = declarePackage(list, (wanted) => names.get(wanted));
    const sets = list.map((file) => builds.and(builds.asked, builds.narrow(builds.parse(file.builds))));
    const pkg = createSourcePackage(checker, { path, name: group.name, scope, builds: sets });
    byPath.set(path, { pkg, scope, builds: sets, standard: path !== group.path });
  });
  return { checker, packages: [...byPath.values()] };
}

async function parseGroup({ files }: FileGroup, builds: BuildSets): Promise<PackageFile[]> {
  const parser = await realParser();
  const withCgo = builds.narrow(builds.tag("cgo"));
  const parsed = await Promise.all(
    files.map(async ({ header, builds: set }) => {
      const content = await header.file.read();
      const tree = parser.parse(header.name, content).value;
      const inBuilds = importsC(tree) ? builds.and(set, withCgo) : set;
      return { tree, builds: inBuilds, bytes: content.length, test: header.test };
    }),
  );
  return parsed
    .filter((file) => !builds.isEmpty(file.builds))
    .map((file) => ({ ...file, builds: builds.expression(file.builds) }));
}

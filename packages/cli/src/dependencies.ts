/** The modules that a target is built with, as the analyzer asks for them. */
import { isAbsolute, join } from "node:path";
import type { Dependencies, SourceFile, StandardLibrary } from "@capdiff/analyzer";
import {
  type BuildList,
  type BuildListOptions,
  buildList,
  compareByteOrder,
  compareGoVersions,
  type ListedModule,
  type ModuleCopy,
  packageResolver,
  type SourceDiagnostic,
} from "@capdiff/modules";
import { untilDeadline } from "./deadline.ts";
import type { AnalysisRequest, DependencyModule } from "./engine.ts";

/** A module, and the import paths of its packages that were asked for. */
export interface ReadModule extends Omit<DependencyModule, "isDecided"> {
  readonly packages: readonly string[];
  /** It stands in for the module that has this path. */
  readonly isOther: boolean;
}

export interface OpenDependencies extends Dependencies {
  /** Of which modules packages were asked for so far, and which, by the bytes of their paths; those in a vendor folder are left out. */
  readonly modules: () => readonly ReadModule[];
  /** The copy of one of them, as a target. */
  readonly copyOf: (path: string) => ModuleCopy | undefined;
  /** What was noticed about the build list and about fetching, so far. */
  readonly diagnostics: () => readonly SourceDiagnostic[];
  readonly close: () => Promise<void>;
}

/** How a build list is made of what was asked for. */
export function readingOptions({
  asMain,
  allowOutside,
  dependencies,
}: Pick<AnalysisRequest, "asMain" | "allowOutside" | "dependencies">): Partial<BuildListOptions> {
  return { ...(asMain && { asMain }), allowOutside, vendor: dependencies === "vendor" };
}

/** Makes the build list of a target. Packages are fetched when they are asked for. */
export async function openDependencies(
  target: ModuleCopy,
  standardLibrary: StandardLibrary,
  { deadline, ...options }: BuildListOptions & Pick<AnalysisRequest, "deadline">,
): Promise<OpenDependencies> {
  const list = await buildList(target, options);
  const resolver = packageResolver(target, list, {
    ...options,
    isStandard: (path) => standardLibrary.nameOf(path) !== undefined,
  });
  const directories = new Map<ModuleCopy, ReadonlyMap<string, readonly SourceFile[]>>();
  const used = new Map<string, UsedModule>();
  return {
    modules: () =>
      [...used]
        .map(([path, { name, copy, packages }]) => ({
          path,
          name,
          h1: copy.h1,
          packages: [...packages.keys()],
          directories: [...new Set(packages.values())].sort(compareByteOrder),
          isOther: copy.modulePath !== path,
        }))
        .sort((a, b) => compareByteOrder(a.path, b.path)),
    copyOf: (path) => {
      const copy = used.get(path)?.copy;
      return copy && { ...copy, query: queryFor(copy, target, list) };
    },
    packageAt: async (importPath) => {
      const found = await resolver.packageSource(importPath);
      if (found.kind !== "found") return undefined;
      const byDirectory = directories.get(found.copy) ?? filesByDirectory(found.copy);
      directories.set(found.copy, byDirectory);
      const module = moduleName(found.module);
      if (found.copy !== target) {
        const { path } = found.module;
        const known = used.get(path) ?? { name: module, copy: found.copy, packages: new Map() };
        used.set(path, known);
        known.packages.set(importPath, found.directory);
      }
      const files = byDirectory.get(found.directory) ?? [];
      // What lies in the target's own vendor folder is to be looked at there.
      const place = found.copy === target ? "" : `${module}/`;
      const named = files.map((file) => ({ ...file, name: `${place}${file.name}` }));
      return { module, files: untilDeadline(named, deadline) };
    },
    diagnostics: () => [
      ...list.diagnostics,
      ...resolver.diagnostics(),
      ...(used.size > 0 ? ignoredVendor(target, list) : []),
    ],
    close: () => resolver.close(),
  };
}

/** How a module that the target is built with is named from where the program runs. */
function queryFor({ source, query }: ModuleCopy, target: ModuleCopy, { workspace }: BuildList): string {
  if (source !== "directory" || isAbsolute(query)) return query;
  return join(workspace?.directory ?? target.query, query);
}

/** From here on Go builds with a vendor folder that is there. */
const vendorSince = "1.14";

/** That the folder holds what Go would build with. */
function ignoredVendor(
  { source, files, modulePath }: ModuleCopy,
  { origin, modules }: BuildList,
): readonly SourceDiagnostic[] {
  if (source !== "directory" || origin === "vendor") return [];
  const { goVersion = "" } = modules.find(({ path }) => path === modulePath) ?? {};
  const isVendored = files.some(({ name }) => name === "vendor/modules.txt");
  if (!isVendored || compareGoVersions(goVersion, vendorSince) < 0) return [];
  const message = "Go builds with the vendor folder, which was not read: --deps=vendor reads it";
  return [{ code: "vendor-ignored", severity: "error", message }];
}

/** A module of which packages were asked for. */
interface UsedModule {
  readonly name: string;
  readonly copy: ModuleCopy;
  /** Their directories in the copy, by their import paths. */
  readonly packages: Map<string, string>;
}

function moduleName({ path, version, replacedBy }: ListedModule): string {
  // A directory has none, whatever it replaces.
  const used = replacedBy === undefined ? version : replacedBy.version;
  return used === undefined ? path : `${path}@${used}`;
}

function filesByDirectory({ files }: ModuleCopy): Map<string, SourceFile[]> {
  const found = new Map<string, SourceFile[]>();
  for (const file of files) {
    const directory = file.name.slice(0, Math.max(0, file.name.lastIndexOf("/")));
    const list = found.get(directory);
    if (list === undefined) found.set(directory, [file]);
    else list.push(file);
  }
  return found;
}

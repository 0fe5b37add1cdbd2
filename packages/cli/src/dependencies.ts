/** The modules that a target is built with, as the analyzer asks for them. */
import { isAbsolute, join } from "node:path";
import type { Dependencies, SourceFile, StandardLibrary } from "@capdiff/analyzer";
import {
  type BuildList,
  type BuildListOptions,
  buildList,
  compareByteOrder,
  compareGoVersions,
  type FoundPackage,
  h1Hash,
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
  /** It stands in for the module that is published under this path. */
  readonly isOther: boolean;
}

export interface OpenDependencies extends Dependencies {
  /** Of which modules packages were asked for so far, and which, by the bytes of their paths. */
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
        .map(([path, { packages, ...one }]) => ({
          path,
          name: one.name,
          place: one.place,
          h1: one.copy.h1,
          packages: [...packages.keys()],
          directories: [...new Set(packages.values())].sort(compareByteOrder),
          isOther: one.isOther,
        }))
        .sort((a, b) => compareByteOrder(a.path, b.path)),
    copyOf: (path) => {
      const one = used.get(path);
      return one && { ...one.copy, query: queryFor(one, target, list) };
    },
    packageAt: async (importPath) => {
      const found = await resolver.packageSource(importPath);
      if (found.kind !== "found") return undefined;
      const byDirectory = directories.get(found.copy) ?? filesByDirectory(found.copy);
      directories.set(found.copy, byDirectory);
      const module = moduleName(found.module);
      // The target's own packages may be asked for too.
      if (found.copy !== target || found.directory.startsWith(vendorFolder)) {
        const { path } = found.module;
        const known = used.get(path) ?? usedModule(found, target, list);
        used.set(path, known);
        known.packages.set(importPath, found.directory.slice(known.folder.length).replace(/^\//u, ""));
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
function queryFor(
  { copy: { source, query }, folder }: UsedModule,
  target: ModuleCopy,
  { workspace }: BuildList,
): string {
  if (source !== "directory" || isAbsolute(query) || folder !== "") return query;
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
interface UsedModule extends Pick<ReadModule, "name" | "place" | "isOther"> {
  readonly copy: ModuleCopy;
  /** Where it lies in the target's vendor folder, as `vendor/path`; empty elsewhere. */
  readonly folder: string;
  /** Their directories in the copy, by their import paths. */
  readonly packages: Map<string, string>;
}

function usedModule({ module, copy }: FoundPackage, target: ModuleCopy, list: BuildList): UsedModule {
  const name = moduleName(module);
  const packages = new Map<string, string>();
  const isReplaced = module.replacedBy !== undefined;
  if (copy === target) {
    const folder = `${vendorFolder}${module.path}`;
    const vendored = vendoredCopy(module.path, target, list);
    return { name, place: folder, copy: vendored, folder, packages, isOther: isReplaced };
  }
  const isOther = isReplaced || copy.source === "directory" || copy.modulePath !== module.path;
  return { name, place: name, copy, folder: "", packages, isOther };
}

const vendorFolder = "vendor/";

/** What the target's vendor folder has of a module, as a module. */
function vendoredCopy(path: string, target: ModuleCopy, { modules }: BuildList): ModuleCopy {
  const place = `${vendorFolder}${path}/`;
  const nested = modules.flatMap((one) =>
    one.path.startsWith(`${path}/`) ? [`${vendorFolder}${one.path}/`] : [],
  );
  const files = target.files
    .filter(({ name }) => name.startsWith(place) && !nested.some((other) => name.startsWith(other)))
    .map((file) => ({ ...file, name: file.name.slice(place.length) }));
  return {
    source: "directory",
    modulePath: path,
    query: join(target.query, vendorFolder, path),
    h1: h1Hash(files.map(({ name, sha256 }) => ({ name: `${path}/${name}`, sha256 }))),
    files,
    diagnostics: [],
    close: async () => {},
  };
}

/** By what is read: what replaces a module has a name of its own, and a directory no version. */
function moduleName({ path, version, replacedBy }: ListedModule): string {
  if (replacedBy?.version !== undefined) return `${replacedBy.path}@${replacedBy.version}`;
  return version === undefined || replacedBy !== undefined ? path : `${path}@${version}`;
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

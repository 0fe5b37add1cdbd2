/** The modules that a target is built with, as the analyzer asks for them. */
import type { Dependencies, SourceFile, StandardLibrary } from "@capdiff/analyzer";
import {
  type BuildListOptions,
  buildList,
  compareByteOrder,
  type ListedModule,
  type ModuleCopy,
  packageResolver,
  type SourceDiagnostic,
} from "@capdiff/modules";
import { untilDeadline } from "./deadline.ts";
import type { AnalysisRequest, DependencyModule } from "./engine.ts";

export interface OpenDependencies extends Dependencies {
  /** Of which modules packages were asked for so far, by the bytes of their paths; those in a vendor folder are left out. */
  readonly modules: () => readonly DependencyModule[];
  /** The copy of one of them. */
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
  const used = new Map<string, { readonly name: string; readonly copy: ModuleCopy }>();
  return {
    modules: () =>
      [...used]
        .map(([path, { name, copy }]) => ({ path, name, h1: copy.h1 }))
        .sort((a, b) => compareByteOrder(a.path, b.path)),
    copyOf: (path) => used.get(path)?.copy,
    packageAt: async (importPath) => {
      const found = await resolver.packageSource(importPath);
      if (found.kind !== "found") return undefined;
      const byDirectory = directories.get(found.copy) ?? filesByDirectory(found.copy);
      directories.set(found.copy, byDirectory);
      const module = moduleName(found.module);
      if (found.copy !== target) used.set(found.module.path, { name: module, copy: found.copy });
      const files = byDirectory.get(found.directory) ?? [];
      // What lies in the target's own vendor folder is to be looked at there.
      const place = found.copy === target ? "" : `${module}/`;
      const named = files.map((file) => ({ ...file, name: `${place}${file.name}` }));
      return { module, files: untilDeadline(named, deadline) };
    },
    diagnostics: () => [...list.diagnostics, ...resolver.diagnostics()],
    close: () => resolver.close(),
  };
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

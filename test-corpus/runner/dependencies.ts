/** Modules that a case is built with: the files below `deps/MODULE@VERSION/`. */
import type { Dependencies } from "@capdiff/analyzer";
import { CaseError } from "./case-error.ts";
import { sourceFile } from "./module-files.ts";
import type { ArchiveFile } from "./txtar.ts";

export const dependencyFolder = "deps/";

/** What a case's files say of other modules; undefined if they have none, and then imports are missing. */
export function dependenciesOf(files: readonly ArchiveFile[]): Dependencies | undefined {
  const below = files.filter(({ name }) => name.startsWith(dependencyFolder));
  if (below.length === 0) return undefined;
  const named = below.map((file) => ({ ...file, name: file.name.slice(dependencyFolder.length) }));
  const modules = new Set(named.map(moduleOf));
  return {
    packageAt: async (importPath) => {
      const module = [...modules].find((one) => isWithin(importPath, pathOf(one)));
      if (module === undefined) return undefined;
      const directory = module + importPath.slice(pathOf(module).length);
      const found = named.filter(({ name }) => name.slice(0, name.lastIndexOf("/")) === directory);
      return found.length === 0 ? undefined : { module, files: found.map(sourceFile) };
    },
  };
}

function moduleOf({ name }: ArchiveFile): string {
  const module = /^[^@]+@[^/]+(?=\/)/.exec(name)?.[0];
  if (module === undefined) throw new CaseError(`${name}: below ${dependencyFolder} comes MODULE@VERSION/`);
  return module;
}

function pathOf(module: string): string {
  return module.slice(0, module.indexOf("@"));
}

function isWithin(importPath: string, modulePath: string): boolean {
  return importPath === modulePath || importPath.startsWith(`${modulePath}/`);
}

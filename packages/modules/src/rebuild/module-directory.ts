/** Where in a repository a module lies, and which tag a version has, by Go's rules. */

import type { Repository } from "../git/repository.ts";
import { parseGoMod } from "../go-mod.ts";
import { splitPathVersion } from "../module-path.ts";
import { quoted } from "../printable.ts";

/** How a module path relates to its repository. */
export interface ModuleLayout {
  readonly path: string;
  /** Directory of the module without its major version: empty is the root of the repository. */
  readonly codeDirectory: string;
  /** `v2` if the module may lie in a directory of that name below. */
  readonly majorDirectory: string | undefined;
}

/**
 * The layouts that a module may have, the likeliest first: one if the import path of the repository's root is
 * known; otherwise the end of the path may be a directory, however many elements of it.
 */
export function moduleLayouts(
  path: string,
  repository: { readonly root: string | undefined; readonly subdirectory?: string | undefined },
): readonly ModuleLayout[] {
  const { prefix = path, pathMajor = "" } = splitPathVersion(path) ?? {};
  const { root, subdirectory = "" } = repository;
  const majorDirectory = pathMajor.startsWith("/") && root !== path ? pathMajor.slice(1) : undefined;
  if (root !== undefined) {
    const below = root === path ? "" : prefix.slice(root.length).replace(/^\//u, "");
    return [{ path, codeDirectory: joined(subdirectory, below), majorDirectory }];
  }
  const elements = prefix.split("/").slice(1);
  const ends = elements.map((_, start) => elements.slice(start).join("/"));
  return [...ends, ""].map((codeDirectory) => ({ path, codeDirectory, majorDirectory }));
}

function joined(a: string, b: string): string {
  return [a, b].filter((part) => part !== "").join("/");
}

/** The tag of a version: `directory/v1.2.3`. */
export function versionTag({ codeDirectory }: ModuleLayout, version: string): string {
  return joined(codeDirectory, version.replace(/\+incompatible$/u, ""));
}

/** Which directory of a commit holds the module, or why Go finds none. */
export type FoundDirectory =
  | { readonly kind: "found"; readonly directory: string }
  | { readonly kind: "none"; readonly why: string };

/** Finds the module at a fetched commit. A go.mod counts if its path has the major version of the module's. */
export async function moduleDirectory(
  repository: Repository,
  commit: string,
  { layout, limit }: { readonly layout: ModuleLayout; readonly limit: number },
): Promise<FoundDirectory> {
  const { path, codeDirectory, majorDirectory } = layout;
  const { pathMajor = "" } = splitPathVersion(path) ?? {};
  const read = (directory: string): Promise<Buffer | undefined> =>
    repository.readFile(commit, joined(directory, "go.mod"), limit);
  const plain = declared(await read(codeDirectory));
  const isPlain = plain !== undefined && fitsMajor(plain, pathMajor);
  if (majorDirectory !== undefined) {
    const below = joined(codeDirectory, majorDirectory);
    const major = declared(await read(below));
    const isMajor = major !== undefined && fitsMajor(major, pathMajor);
    if (isMajor && isPlain)
      return none(`both ${shownFile(codeDirectory)} and ${shownFile(below)} are of ${pathMajor.slice(1)}`);
    if (isMajor) return { kind: "found", directory: below };
    if (major !== undefined) return none(`${shownFile(below)} declares module ${quoted(major)}`);
  }
  if (isPlain) return { kind: "found", directory: codeDirectory };
  if (plain !== undefined) return none(`${shownFile(codeDirectory)} declares module ${quoted(plain)}`);
  const mayLackGoMod = codeDirectory === "" && (pathMajor === "" || pathMajor.startsWith("."));
  return mayLackGoMod ? { kind: "found", directory: "" } : none(`there is no ${shownFile(codeDirectory)}`);
}

function none(why: string): FoundDirectory {
  return { kind: "none", why };
}

function shownFile(directory: string): string {
  return quoted(joined(directory, "go.mod"));
}

/** The module path in a go.mod; empty if it has none. */
function declared(goMod: Buffer | undefined): string | undefined {
  return goMod && (parseGoMod(goMod.toString("utf8"), "go.mod", "dependency").value.module?.path ?? "");
}

function fitsMajor(declaredPath: string, pathMajor: string): boolean {
  const major = declaredPath === "" ? undefined : splitPathVersion(declaredPath)?.pathMajor;
  if (major === undefined) return false;
  const number = (text: string): string => text.slice(1).replace(/-unstable$/u, "");
  if (pathMajor === "") return ["", "v0", "v1"].includes(number(major));
  return major !== "" && major.slice(1) === pathMajor.slice(1);
}

/** Directories that stand in for modules: those inside the target's own tree, others only if the caller says so. */
import { constants } from "node:fs";
import { readFile, realpath } from "node:fs/promises";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { fileFailure, openRegularFile } from "../file-handle.ts";
import type { ModuleCopy } from "../module-copy.ts";
import { quoted } from "../printable.ts";
import { SourceError } from "../source-error.ts";
import type { BuildListOptions } from "./model.ts";

/** The target's directory, and whether others may be read. */
export type ReplacementPlace = Pick<BuildListOptions, "allowOutside"> & { readonly target: ModuleCopy };

/**
 * The directory that a `replace` names, with links followed. Rejects with a `SourceError` if it is not there, or
 * lies outside of the target where that is not allowed, or if the target is no directory itself.
 */
export async function replacementDirectory(
  path: string,
  { target, allowOutside }: ReplacementPlace,
): Promise<string> {
  if (target.source !== "directory" && !isAbsolute(path)) throw outside(path, "is not part of the target");
  const root =
    target.source === "directory" ? await followed(resolve(target.query), target.query) : undefined;
  const named = resolve(root ?? "/", path);
  if (allowOutside !== true && !isInside(root, named)) throw outside(path, "lies outside of the target");
  const directory = await followed(named, path);
  if (allowOutside !== true && !isInside(root, directory))
    throw outside(path, "leads out of the target through a symbolic link");
  return directory;
}

function outside(path: string, why: string): SourceError {
  return new SourceError("outside", `replacement directory ${quoted(path)} ${why}: it is not read`);
}

async function followed(path: string, shown: string): Promise<string> {
  return realpath(path).catch((error: unknown) => {
    throw fileFailure(shown, error);
  });
}

function isInside(root: string | undefined, path: string): boolean {
  if (root === undefined) return false;
  const way = relative(root, path);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** The text of the directory's go.mod. Rejects with a `SourceError` if there is none that can be read. */
export async function readDirectoryGoMod(directory: string, limit: number): Promise<string> {
  const handle = await openRegularFile(join(directory, "go.mod"), "go.mod", constants.O_NOFOLLOW);
  try {
    if ((await handle.stat()).size > limit)
      throw new SourceError("too-large", `go.mod is larger than ${limit} bytes`);
    return await readFile(handle, "utf8");
  } finally {
    await handle.close();
  }
}

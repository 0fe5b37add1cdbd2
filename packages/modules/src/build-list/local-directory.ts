/** Directories that go.mod and go.work name: those inside the target's own tree, others only if the caller says so. */
import { constants } from "node:fs";
import { readFile, realpath } from "node:fs/promises";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { fileFailure, openRegularFile } from "../file-handle.ts";
import type { ModuleCopy } from "../module-copy.ts";
import { quoted } from "../printable.ts";
import { SourceError } from "../source-error.ts";
import type { BuildListOptions } from "./model.ts";

/** The target's directory, and whether others may be read. */
export type LocalPlace = Pick<BuildListOptions, "allowOutside"> & {
  readonly target: ModuleCopy;
  /** The absolute directory from which relative names start; unset, the target's. */
  readonly base?: string | undefined;
  /** What a message calls the directory; unset, a replacement directory. */
  readonly what?: string | undefined;
};

/** What an error says to whoever wants more to be read. */
export const ALLOW_OUTSIDE = "--allow-outside reads it";

/**
 * The directory that is named, with links followed. Rejects with a `SourceError` if it is not there, or lies outside
 * of the target where that is not allowed, or if the target is no directory itself.
 */
export async function localDirectory(
  path: string,
  { target, allowOutside, base, what = "replacement directory" }: LocalPlace,
): Promise<string> {
  const shown = `${what} ${quoted(path)}`;
  if (target.source !== "directory" && !isAbsolute(path))
    throw new SourceError("outside", `${shown} is not part of the target: it is not read`);
  const root = await targetDirectory(target);
  const named = resolve(base ?? root ?? "/", path);
  if (allowOutside !== true && !isInside(root, named)) throw outside(shown, "lies outside of the target");
  const directory = await followed(named, path);
  if (allowOutside !== true && !isInside(root, directory))
    throw outside(shown, "leads out of the target through a symbolic link");
  return directory;
}

/** Where a target lies, with links followed; undefined if it is no directory. */
export async function targetDirectory(target: ModuleCopy): Promise<string | undefined> {
  return target.source === "directory" ? followed(resolve(target.query), target.query) : undefined;
}

function outside(shown: string, why: string): SourceError {
  return new SourceError("outside", `${shown} ${why}: it is not read (${ALLOW_OUTSIDE})`);
}

async function followed(path: string, shown: string): Promise<string> {
  return realpath(path).catch((error: unknown) => {
    throw fileFailure(shown, error);
  });
}

/** Whether an absolute path is a directory or below it. */
export function isInside(directory: string | undefined, path: string): boolean {
  if (directory === undefined) return false;
  const way = relative(directory, path);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** A small file in a directory: `shown` is its name in messages. */
export interface LocalFile {
  readonly directory: string;
  readonly name: string;
  readonly shown: string;
  /** In bytes. */
  readonly limit: number;
}

/** The text of the file. Rejects with a `SourceError` if there is none that can be read. */
export async function readLocalFile({ directory, name, shown, limit }: LocalFile): Promise<string> {
  const handle = await openRegularFile(join(directory, name), shown, constants.O_NOFOLLOW);
  try {
    if ((await handle.stat()).size > limit)
      throw new SourceError("too-large", `${quoted(shown)} is larger than ${limit} bytes`);
    return await readFile(handle, "utf8");
  } finally {
    await handle.close();
  }
}

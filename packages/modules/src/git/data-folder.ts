import { lstatSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** Bytes of a file that names a folder. */
const NAME_BYTES = 4096;

/**
 * The folder that holds a repository's own data, where `place` is its `.git`: the folder itself, or, in a worktree or a
 * submodule, the one that the file names. Undefined if it is neither.
 */
export function dataFolder(place: string): string | undefined {
  if (isFolder(place)) return place;
  // git takes the rest of the file, without line ends.
  const [, named = ""] = /^gitdir: ([^\r\n]+)[\r\n]*$/u.exec(smallText(place) ?? "") ?? [];
  const folder = resolve(dirname(place), named);
  return named !== "" && isFolder(folder) ? folder : undefined;
}

/**
 * All folders whose configuration and objects git heeds when it serves the repository in a folder. Undefined if a file that
 * names one of them is not understood: git may read it otherwise.
 */
export function servedFolders(folder: string): readonly string[] | undefined {
  const git = join(folder, ".git");
  const own = dataFolder(git);
  if (own === undefined && isThere(git)) return undefined;
  const all: string[] = [];
  for (const data of own === undefined ? [folder] : [folder, own]) {
    // A worktree shares the data of the repository that it is of.
    const common = smallText(join(data, "commondir"));
    if (common === undefined) return undefined;
    all.push(data, ...(common.trim() === "" ? [] : [resolve(data, common.trim())]));
  }
  return all;
}

/** Whether there is anything of that name, also a link to nothing. */
export function isThere(place: string): boolean {
  return lstatSync(place, { throwIfNoEntry: false }) !== undefined;
}

/** Whether there is a folder of that name, or a link to one. */
export function isFolder(place: string): boolean {
  try {
    return statSync(place).isDirectory();
  } catch {
    return false;
  }
}

/** Whether there is a file of that name, or a link to one. */
export function isFile(place: string): boolean {
  try {
    return statSync(place).isFile();
  } catch {
    return false;
  }
}

/** Empty if there is none; undefined of what is no small file. */
function smallText(file: string): string | undefined {
  if (!isThere(file)) return "";
  try {
    const found = statSync(file);
    return found.isFile() && found.size <= NAME_BYTES ? readFileSync(file, "utf8") : undefined;
  } catch {
    return undefined;
  }
}

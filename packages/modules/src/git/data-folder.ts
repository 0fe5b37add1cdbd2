import { readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** Bytes of a file that names a folder. */
const NAME_BYTES = 4096;

/**
 * The folder that holds a repository's own data, where `place` is its `.git`: the folder itself, or, in a worktree or a
 * submodule, the one that the file names. Undefined if it is neither.
 */
export function dataFolder(place: string): string | undefined {
  if (isFolder(place)) return place;
  const [, named = ""] = /^gitdir: (.+)\n?$/u.exec(smallText(place)) ?? [];
  const folder = resolve(dirname(place), named);
  return named !== "" && isFolder(folder) ? folder : undefined;
}

/** All folders whose configuration and objects git heeds when it serves the repository in a folder. */
export function servedFolders(folder: string): readonly string[] {
  const own = dataFolder(join(folder, ".git"));
  return [folder, ...(own === undefined ? [] : [own])].flatMap((data) => {
    // A worktree shares the data of the repository that it is of.
    const common = smallText(join(data, "commondir")).trim();
    return common === "" ? [data] : [data, resolve(data, common)];
  });
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

/** Empty for what is no small file. */
function smallText(file: string): string {
  try {
    const found = statSync(file);
    return found.isFile() && found.size <= NAME_BYTES ? readFileSync(file, "utf8") : "";
  } catch {
    return "";
  }
}

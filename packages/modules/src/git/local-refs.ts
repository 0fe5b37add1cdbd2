import { createHash } from "node:crypto";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { readSmallFile } from "../cache.ts";
import { compareByteOrder } from "../module-copy.ts";

/** More files of refs than that, or larger ones, are left to git. */
const MAX_FILES = 2000;
const MAX_BYTES = 16 * 1024 * 1024;

/**
 * A hash of all that decides what a local repository lists as refs: the files that hold them, and its configuration.
 * Undefined where git alone can tell, such as for other forms of storage.
 */
export async function localRefsKey(folder: string): Promise<string | undefined> {
  const data = (await isFolder(join(folder, ".git"))) ? join(folder, ".git") : folder;
  if (!(await isFolder(join(data, "refs"))) || (await isFolder(join(data, "reftable")))) return undefined;
  const entries = await readdir(join(data, "refs"), { recursive: true, withFileTypes: true });
  const loose = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name));
  if (loose.length > MAX_FILES) return undefined;
  const hash = createHash("sha256");
  const places = ["HEAD", "config", "packed-refs"].map((name) => join(data, name));
  for (const file of [...places, ...loose.sort(compareByteOrder)]) {
    const content = readSmallFile(file, MAX_BYTES);
    const mayLack = file === places[2];
    if (content === undefined && !(mayLack && !(await isThere(file)))) return undefined;
    hash.update(JSON.stringify([file, content?.length ?? -1])).update(content ?? "");
  }
  return `refs-${hash.digest("hex")}`;
}

async function isFolder(place: string): Promise<boolean> {
  return stat(place).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

async function isThere(place: string): Promise<boolean> {
  return stat(place).then(
    () => true,
    () => false,
  );
}

import { createHash } from "node:crypto";
import { type Dirent, readdirSync } from "node:fs";
import { join } from "node:path";
import { readSmallFile } from "../cache.ts";
import { compareByteOrder } from "../module-copy.ts";
import { isFolder, isThere } from "./data-folder.ts";

/** More files of refs than that, or larger ones, are left to git. */
const MAX_FILES = 2000;
const MAX_BYTES = 16 * 1024 * 1024;

/**
 * A hash of all that decides what a local repository lists as refs: the files that hold them, and its configuration.
 * Undefined where git alone can tell, such as for other forms of storage. Reads synchronously: that is a tenth of the
 * time for files as small as these.
 */
export function localRefsKey(folder: string): string | undefined {
  const own = join(folder, ".git");
  // Where it is a file the data is elsewhere, and that elsewhere may be shared.
  if (isThere(own) && !isFolder(own)) return undefined;
  const data = isFolder(own) ? own : folder;
  if (!isFolder(join(data, "refs")) || isFolder(join(data, "reftable"))) return undefined;
  const loose = filesBelow(join(data, "refs"));
  if (loose === undefined) return undefined;
  const hash = createHash("sha256");
  const packed = join(data, "packed-refs");
  for (const file of [join(data, "HEAD"), join(data, "config"), packed, ...loose]) {
    const content = readSmallFile(file, MAX_BYTES);
    if (content === undefined && !(file === packed && !isThere(file))) return undefined;
    hash.update(JSON.stringify([file, content?.length ?? -1])).update(content ?? "");
  }
  return `refs-${hash.digest("hex")}`;
}

/** Sorted; undefined if there are too many, or the folder cannot be read. */
function filesBelow(folder: string): readonly string[] | undefined {
  const files: string[] = [];
  const folders = [folder];
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    const entries = entriesOf(next);
    if (entries === undefined) return undefined;
    for (const entry of entries) {
      const place = join(next, entry.name);
      if (entry.isDirectory()) folders.push(place);
      else files.push(place);
    }
    if (files.length + folders.length > MAX_FILES) return undefined;
  }
  return files.sort(compareByteOrder);
}

function entriesOf(folder: string): readonly Dirent[] | undefined {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return undefined;
  }
}

/**
 * What is kept of a checksum database: tiles and look-ups that were authenticated, the tree heads that were seen,
 * evidence of forks. Written by temporary file and rename. What is read of it is authenticated like an answer, but for what takes
 * long: that a whole tile has the hash that was found of it.
 */
import { createHash } from "node:crypto";
import { mkdir, readdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { inCache, readSmallFile, writeWhole } from "../cache.ts";

const FILE_BYTES = 1024 * 1024;

/** The folder of one database. Without a folder nothing is kept. */
export interface DatabaseDisk {
  read(path: string): Promise<Buffer | undefined>;
  write(path: string, content: string | Uint8Array): Promise<void>;
  /** The note of the largest tree that was seen. */
  latestHead(): Promise<string | undefined>;
  /** Keeps a head beside those that are there; {@link latestHead} tells which is the largest. */
  addHead(size: number, note: string): Promise<void>;
  /** Removes the heads of smaller trees, once they were found consistent with the one of this size. */
  dropHeadsBelow(size: number): Promise<void>;
  /** Keeps what proves a fork; returns where, undefined if nowhere. */
  keepEvidence(text: string): Promise<string | undefined>;
}

/** What is kept below capdiff's folder of the database of that name. */
export function databaseDisk(cacheDir: string | undefined, name: string): DatabaseDisk {
  if (cacheDir === undefined) return nowhere;
  const folder = join(cacheDir, "sumdb", ...name.replaceAll(":", "_").split("/"));
  const heads = join(folder, "heads");
  const write = (file: string, content: string | Uint8Array): Promise<void> =>
    inCache(file, async () => {
      await mkdir(dirname(file), { recursive: true, mode: 0o700 });
      await writeWhole(file, content);
    });
  return {
    read: async (path) => readSmallFile(join(folder, path), FILE_BYTES),
    write: (path, content) => write(join(folder, path), content),
    latestHead: () => latestHead(heads),
    addHead: (size, note) => write(join(heads, headName(size, note)), note),
    dropHeadsBelow: async (size) => {
      for (const name of await headNames(heads))
        if (sizeOf(name) < size) await rm(join(heads, name), { force: true });
    },
    keepEvidence: async (text) => {
      const file = join(
        folder,
        "forks",
        `${createHash("sha256").update(text).digest("hex").slice(0, 16)}.txt`,
      );
      await write(file, text);
      return file;
    },
  };
}

const nowhere: DatabaseDisk = {
  read: async () => undefined,
  write: async () => {},
  latestHead: async () => undefined,
  addHead: async () => {},
  dropHeadsBelow: async () => {},
  keepEvidence: async () => undefined,
};

/** Two notes of trees of one size have two names: both stay, and neither hides the other. */
function headName(size: number, note: string): string {
  return `${String(size).padStart(16, "0")}-${createHash("sha256").update(note).digest("hex").slice(0, 16)}`;
}

function sizeOf(name: string): number {
  return Number(name.split("-", 1)[0]);
}

async function headNames(heads: string): Promise<readonly string[]> {
  const names = await readdir(heads).catch((): string[] => []);
  return names.filter((name) => /^[0-9]{16}-[0-9a-f]{16}$/u.test(name)).sort();
}

/** Another process may drop a head once there is a larger one: the folder is looked at again then. */
async function latestHead(heads: string): Promise<string | undefined> {
  for (;;) {
    const last = (await headNames(heads)).at(-1);
    if (last === undefined) return undefined;
    const note = readSmallFile(join(heads, last), FILE_BYTES);
    if (note !== undefined) return note.toString("utf8");
    if ((await headNames(heads)).at(-1) === last) return undefined;
  }
}

/**
 * Compiled packages on disk, one file an entry, named by its key. An entry says what it is,
 * which key it is for, and the hash of what follows; one that is damaged, or of another
 * key, is removed and made again. Written by temporary file and rename, so that other
 * processes see a whole entry or none. A folder that cannot be used is an empty cache.
 */
import { createHash, randomBytes } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { FactsCache } from "@capdiff/analyzer";

const magic = "capdiff facts 1";

/** A cache below that folder. `salt` is part of every hash: entries of another program are not found. */
export function diskCache(folder: string, salt: string): FactsCache {
  const fileOf = (key: string) => join(folder, key.slice(-2), key);
  return {
    digest: (text) => hexDigest(`${salt}\n${text}`),
    get: async (key) => {
      const file = fileOf(key);
      const entry = await readFile(file).catch(() => undefined);
      if (entry === undefined) return undefined;
      const text = readEntry(entry, key);
      if (text === undefined) await rm(file, { force: true }).catch(() => undefined);
      return text;
    },
    put: async (key, text) => {
      await writeEntry(fileOf(key), `${headOf(key, text)}${text}`).catch(() => undefined);
    },
  };
}

function headOf(key: string, text: string | Buffer): string {
  return `${magic}\n${key}\n${hexDigest(text)}\n`;
}

function readEntry(entry: Buffer, key: string): string | undefined {
  const length = Buffer.byteLength(headOf(key, ""));
  const content = entry.subarray(length);
  return entry.subarray(0, length).toString() === headOf(key, content) ? content.toString() : undefined;
}

function hexDigest(text: string | Buffer): string {
  return createHash("sha256").update(text).digest("hex");
}

async function writeEntry(file: string, content: string): Promise<void> {
  const temporary = `${file}.${process.pid}-${randomBytes(6).toString("hex")}.tmp`;
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  try {
    await writeFile(temporary, content, { flag: "wx", mode: 0o600 });
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/**
 * Texts that can be made again, kept on disk by keys that say all that they depend on. One
 * file an entry: what it is, its key, the CRC-32 of what follows. An entry that is damaged, or
 * of another key, is removed and counts as absent. Written by temporary file and rename, so
 * that other processes see a whole entry or none. A folder that cannot be used has nothing.
 */
import { randomBytes } from "node:crypto";
import { rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { crc32 } from "node:zlib";
import { readRegularFile } from "./file-handle.ts";
import { makeFolder } from "./make-folder.ts";

/** Where texts are kept. */
export interface TextStore {
  /** The text under that key, letters, digits and `-`; undefined if there is none. Never rejects. */
  readonly get: (key: string) => Promise<string | undefined>;
  /** Never rejects: a text that cannot be kept is made again. */
  readonly put: (key: string, text: string) => Promise<void>;
}

const magic = "capdiff text 1";

/** The texts in that folder, which is made when there is something to keep. */
export function textStore(folder: string): TextStore {
  const fileOf = (key: string) => join(folder, key.slice(-2), key);
  return {
    get: async (key) => {
      const file = fileOf(key);
      const entry = contentOf(file);
      const text = entry && textOf(entry, key);
      if (entry !== undefined && text === undefined) await rm(file, { force: true }).catch(() => undefined);
      return text;
    },
    put: async (key, text) => {
      await write(fileOf(key), `${head(key, text)}${text}`).catch(() => undefined);
    },
  };
}

function contentOf(file: string): Buffer | undefined {
  try {
    return readRegularFile(file, { shown: file, limit: largest });
  } catch {
    return undefined;
  }
}

/** Bytes of an entry that is read: as many as a text may have. */
const largest = 512 * 1024 * 1024;

function head(key: string, text: string | Uint8Array): string {
  return `${magic}\n${key}\n${crc32(text).toString(16)}\n`;
}

function textOf(entry: Buffer, key: string): string | undefined {
  const lines = 3;
  let length = 0;
  for (let line = 0; line < lines; line++) length = entry.indexOf("\n", length) + 1;
  const text = entry.subarray(length);
  return entry.toString("utf8", 0, length) === head(key, text) ? text.toString("utf8") : undefined;
}

async function write(file: string, content: string): Promise<void> {
  const temporary = `${file}.${process.pid}-${randomBytes(6).toString("hex")}.tmp`;
  await makeFolder(dirname(file), 0o700);
  try {
    await writeFile(temporary, content, { flag: "wx", mode: 0o600 });
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

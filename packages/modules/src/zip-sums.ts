/**
 * SHA-256 sums of the members of zips that were read whole before. To hash a zip is much
 * quicker than to inflate it: a zip of the same bytes has the same members. BLAKE2b is the quickest of the
 * cryptographic hashes that Node has.
 */
import { createHash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { type TextStore, textStore } from "./text-store.ts";

export interface ZipSums {
  /** The sums that are known of a zip with that hash, one for each member in the order of the zip. */
  readonly get: (zip: string, members: number) => Promise<readonly string[] | undefined>;
  readonly put: (zip: string, sums: readonly string[]) => Promise<void>;
}

/** The sums in capdiff's folder; undefined if there is none. */
export function zipSums(cacheDir: string | undefined): ZipSums | undefined {
  return cacheDir === undefined ? undefined : sumsIn(textStore(join(cacheDir, "sums")));
}

function sumsIn(store: TextStore): ZipSums {
  return {
    get: async (zip, members) => {
      const sums = (await store.get(`zip-${zip}`))?.split("\n");
      return sums?.length === members ? sums : undefined;
    },
    put: (zip, sums) => store.put(`zip-${zip}`, sums.join("\n")),
  };
}

const chunkBytes = 1 << 20;

/** A cryptographic hash of the first `size` bytes of a file, hexadecimal. */
export async function zipHash(file: FileHandle, size: number): Promise<string> {
  const hash = createHash("blake2b512");
  const buffer = Buffer.allocUnsafe(Math.min(size, chunkBytes));
  for (let at = 0; at < size; ) {
    const { bytesRead } = await file.read(buffer, 0, buffer.length, at);
    if (bytesRead === 0) break;
    hash.update(buffer.subarray(0, bytesRead));
    at += bytesRead;
  }
  return hash.digest("hex");
}

/**
 * SHA-256 sums of the members of zips that were read whole before, so that they need not be
 * inflated again: a zip of the same bytes has the same members. Which bytes a zip has is told
 * by a hash of them (BLAKE2b is the quickest of the cryptographic ones that Node has), or by
 * the file's inode and times if these cannot have stayed the same while the bytes changed, as
 * git tells it. What is read of a zip is hashed in any case.
 */
import { createHash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { type TextStore, textStore } from "./text-store.ts";

/** Where sums are kept. */
export interface ZipSums {
  /** The sums of a zip's members, in the order of the zip; what is not known is made and kept. */
  readonly of: (zip: HashedZip, make: () => Promise<readonly string[]>) => Promise<readonly string[]>;
}

/** An open zip. */
export interface HashedZip {
  readonly file: FileHandle;
  readonly members: number;
}

/** The sums in capdiff's folder; undefined if there is none. */
export function zipSums(cacheDir: string | undefined): ZipSums | undefined {
  return cacheDir === undefined ? undefined : sumsIn(textStore(join(cacheDir, "sums")));
}

function sumsIn(store: TextStore): ZipSums {
  const get = async (key: string, members: number) => {
    const sums = (await store.get(key))?.split("\n");
    return sums?.length === members ? sums : undefined;
  };
  return {
    of: async ({ file, members }, make) => {
      const identity = await fileIdentity(file);
      const seen = await get(identity.key, members);
      if (seen !== undefined) return seen;
      const byContent = `zip-${await zipHash(file)}`;
      const known = await get(byContent, members);
      const sums = known ?? (await make());
      if (known === undefined) await store.put(byContent, sums.join("\n"));
      if (identity.isSettled) await store.put(identity.key, sums.join("\n"));
      return sums;
    },
  };
}

/** Milliseconds after which a change of a file shows in its times on every file system. */
const settled = 4000;

interface FileIdentity {
  readonly key: string;
  /** Nothing can have been written with these times after the file was looked at. */
  readonly isSettled: boolean;
}

/** What no two contents of files share, but for those that are written within the resolution of times. */
async function fileIdentity(file: FileHandle): Promise<FileIdentity> {
  const { dev, ino, size, mtimeNs, ctimeNs, ctimeMs } = await file.stat({ bigint: true });
  const words = [dev, ino, size, mtimeNs, ctimeNs].join(" ");
  const key = `file-${createHash("sha256").update(words).digest("hex")}`;
  return { key, isSettled: Date.now() - Number(ctimeMs) > settled };
}

const chunkBytes = 1 << 20;

/** A cryptographic hash of a file's content, hexadecimal. */
export async function zipHash(file: FileHandle): Promise<string> {
  const hash = createHash("blake2b512");
  const buffer = Buffer.allocUnsafe(chunkBytes);
  for (let at = 0; ; ) {
    const { bytesRead } = await file.read(buffer, 0, buffer.length, at);
    if (bytesRead === 0) return hash.digest("hex");
    hash.update(buffer.subarray(0, bytesRead));
    at += bytesRead;
  }
}

/**
 * What is in zips that were opened before, so that they need not be checked and inflated again: a zip of the
 * same bytes has the same members. Which bytes a zip has is told by a hash of them (BLAKE2b is the quickest of the
 * cryptographic ones that Node has), or by the file's inode and times if these cannot have stayed the same while
 * the bytes changed, as git tells it. What is read of a zip is hashed in any case.
 */
import { createHash } from "node:crypto";
import type { BigIntStats } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { join } from "node:path";
import type { SourceLimits } from "./limits.ts";
import { type TextStore, textStore } from "./text-store.ts";
import type { ZipEntry } from "./zip-container.ts";

/** A file of a module zip, with the SHA-256 of its content in hex. */
export interface ListedMember {
  readonly name: string;
  readonly sha256: string;
  readonly entry: ZipEntry;
}

/** A module zip that keeps to all rules. Plain. */
export interface ZipListing {
  readonly path: string;
  readonly version: string;
  /** Sorted by the bytes of their names. */
  readonly members: readonly ListedMember[];
}

/** Where listings are kept. */
export interface ZipListings {
  /** What is in a zip, within those limits; what is not known is made and kept. */
  readonly of: (zip: ListedZip, make: () => Promise<ZipListing>) => Promise<ZipListing>;
  /** Keeps what is in a zip that we have just written ourselves and given its name, so that it is known from now on. */
  readonly keepWritten: (zip: ListedZip, written: WrittenZip) => Promise<void>;
}

/** A zip that was listed: what is in it, and what was known of the file before it was looked at. */
export interface WrittenZip {
  readonly listing: ZipListing;
  readonly before: Pick<BigIntStats, "size" | "mtimeNs">;
}

/** An open zip. */
export interface ListedZip {
  readonly file: FileHandle;
  readonly limits: SourceLimits;
}

/** The listings in capdiff's folder; undefined if there is none. */
export function zipListings(cacheDir: string | undefined): ZipListings | undefined {
  return cacheDir === undefined ? undefined : listingsIn(textStore(join(cacheDir, "zips")));
}

function listingsIn(store: TextStore): ZipListings {
  const get = async (key: string): Promise<ZipListing | undefined> => {
    const text = await store.get(key);
    // The store answers with what was put there.
    return text === undefined ? undefined : (JSON.parse(text) as ZipListing);
  };
  return {
    of: async ({ file, limits }, make) => {
      const identity = await fileIdentity(file);
      const byFile = listingKey("file", identity.words, limits);
      const seen = await get(byFile);
      if (seen !== undefined) return seen;
      const byContent = listingKey("zip", await zipHash(file), limits);
      const known = await get(byContent);
      const listing = known ?? (await make());
      const text = JSON.stringify(listing);
      if (known === undefined) await store.put(byContent, text);
      if (identity.isSettled) await store.put(byFile, text);
      return listing;
    },
    keepWritten: async ({ file, limits }, { listing, before }) => {
      const { words, isFine, size, mtimeNs } = await fileIdentity(file);
      // A new name leaves these as they were: who changed them wrote to the file.
      const isSame = size === before.size && mtimeNs === before.mtimeNs;
      if (isFine && isSame) await store.put(listingKey("file", words, limits), JSON.stringify(listing));
    },
  };
}

/** Changes whenever a listing that was kept before could be misread. */
const format = 2;

/** The key of a listing: what it is made of, and the limits that the zip was held against. */
export function listingKey(kind: "file" | "zip", words: string, limits: SourceLimits): string {
  const hash = createHash("sha256").update(JSON.stringify([format, words, limits]));
  return `${kind}-${hash.digest("hex")}`;
}

/** Milliseconds after which a change of a file shows in its times on every file system. */
const settled = 4000;

interface FileIdentity {
  readonly words: string;
  /** Nothing can have been written with these times after the file was looked at. */
  readonly isSettled: boolean;
  /** The file system's times are so fine that whoever writes after we did would change them. */
  readonly isFine: boolean;
  readonly size: bigint;
  readonly mtimeNs: bigint;
}

/** What no two contents of files share, but for those that are written within the resolution of times. */
async function fileIdentity(file: FileHandle): Promise<FileIdentity> {
  const { dev, ino, size, mtimeNs, ctimeNs, ctimeMs } = await file.stat({ bigint: true });
  const words = [dev, ino, size, mtimeNs, ctimeNs].join(" ");
  return {
    words,
    size,
    mtimeNs,
    isSettled: Date.now() - Number(ctimeMs) > settled,
    isFine: mtimeNs % microsecond !== 0n || ctimeNs % microsecond !== 0n,
  };
}

/** Nanoseconds. Coarser file systems keep no part of one. */
const microsecond = 1000n;

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

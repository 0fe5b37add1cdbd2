/**
 * SHA-256 of the files in a zip: here, and where there is much to do on other processors too. Which thread did what
 * changes nothing, errors included. Memory: one file of at most a megabyte, or a chunk of a larger one, a thread.
 */
import { createHash, hash as hashAtOnce } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { TaskOptions } from "../module-copy.ts";
import type { ZipEntry, ZipInput } from "../zip-container.ts";
import { smallContent, zipEntryContent } from "../zip-content.ts";
import { type HashThread, hashThreads } from "./threads.ts";

/** What is hashed: the order counts. */
export interface HashedMember {
  readonly entry: ZipEntry;
}

/** Neighbours in the list of members, which one thread hashes at a time. */
export interface Batch {
  readonly entries: readonly ZipEntry[];
}

/** A batch is whole once it has so many bytes or files. */
const BATCH_BYTES = 1024 * 1024;
const BATCH_FILES = 64;

/** Bytes that are hashed here before threads are started: in about the time that it takes to start them. */
const BYTES_HERE = 16 * BATCH_BYTES;
let bytesSoFar = 0;

/** SHA-256 of each member in hexadecimal, in their order. Rejects as {@link zipEntryContent} does. */
export async function hashMembers(
  input: ZipInput,
  members: readonly HashedMember[],
  task: TaskOptions,
): Promise<readonly string[]> {
  bytesSoFar += members.reduce((sum, { entry }) => sum + entry.size, 0);
  const batches = batchesOf(members);
  const threads = bytesSoFar < BYTES_HERE || batches.length < 2 ? [] : hashThreads();
  return hashBatches(batches, { input, threads, task });
}

/** What batches are hashed with. */
export interface HashWork {
  readonly input: ZipInput;
  /** Beside this one. */
  readonly threads: readonly HashThread[];
  readonly task: TaskOptions;
}

/** The sums of all batches, one after the other. */
export async function hashBatches(
  batches: readonly Batch[],
  { input, threads, task }: HashWork,
): Promise<readonly string[]> {
  const total = batches.reduce((sum, { entries }) => sum + entries.length, 0);
  const waiting = [...batches.entries()].reverse();
  const found: (readonly string[])[] = [];
  const failures = new Map<number, unknown>();
  let done = 0;
  task.onProgress?.({ phase: "hash", done, total });
  const lane = async (hash: (batch: Batch) => Promise<readonly string[]>): Promise<void> => {
    for (let next = waiting.pop(); next !== undefined && failures.size === 0; next = waiting.pop()) {
      const [at, batch] = next;
      try {
        task.signal?.throwIfAborted();
        found[at] = await hash(batch);
        done += batch.entries.length;
        task.onProgress?.({ phase: "hash", done, total });
      } catch (error) {
        failures.set(at, error);
      }
    }
  };
  const here = async ({ entries }: Batch): Promise<readonly string[]> => {
    // What is hashed synchronously keeps timers, signals and threads waiting.
    await nextTurn();
    return hashEntries(input, entries);
  };
  const there = (thread: HashThread) => async (batch: Batch) =>
    (await thread.hash(input.file.fd, batch.entries)) ?? here(batch);
  // The file stays open until every thread is done with it, whatever fails.
  await Promise.all([lane(here), ...threads.map((thread) => lane(there(thread)))]);
  // Batches are taken in their order, so that the first that fails is among those that were.
  const [first] = [...failures.keys()].sort((a, b) => a - b);
  if (first !== undefined) throw failures.get(first);
  return found.flat();
}

/** The members in batches, in their order. */
export function batchesOf(members: readonly HashedMember[]): readonly Batch[] {
  const batches: Batch[] = [];
  let entries: ZipEntry[] = [];
  let bytes = 0;
  for (const [index, { entry }] of members.entries()) {
    entries.push(entry);
    bytes += entry.size;
    if (bytes < BATCH_BYTES && entries.length < BATCH_FILES && index < members.length - 1) continue;
    batches.push({ entries });
    entries = [];
    bytes = 0;
  }
  return batches;
}

/** SHA-256 of each entry in hexadecimal; the file is any that is open. */
export async function hashEntries(
  input: Pick<ZipInput, "shown"> & { readonly file: { readonly fd: number } },
  entries: readonly ZipEntry[],
): Promise<readonly string[]> {
  const sums: string[] = [];
  for (const entry of entries) {
    const content = smallContent(input, entry);
    sums.push(content === undefined ? await hashLarge(input, entry) : hashAtOnce("sha256", content, "hex"));
  }
  return sums;
}

async function hashLarge(...[input, entry]: Parameters<typeof zipEntryContent>): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of zipEntryContent(input, entry)) hash.update(chunk);
  return hash.digest("hex");
}

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
interface Batch {
  readonly start: number;
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
  const waiting = batchesOf(members).reverse();
  const threads = bytesSoFar < BYTES_HERE || waiting.length < 2 ? [] : hashThreads();
  const found = new Map<number, readonly string[]>();
  const failures = new Map<number, unknown>();
  let done = 0;
  const take = (): Batch | undefined => (failures.size === 0 ? waiting.pop() : undefined);
  const lane = async (hash: (batch: Batch) => Promise<readonly string[]>): Promise<void> => {
    for (let batch = take(); batch !== undefined; batch = take()) {
      try {
        task.signal?.throwIfAborted();
        found.set(batch.start, await hash(batch));
        task.onProgress?.({ phase: "hash", done: (done += batch.entries.length), total: members.length });
      } catch (error) {
        failures.set(batch.start, error);
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
  task.onProgress?.({ phase: "hash", done: 0, total: members.length });
  // The file stays open until every thread is done with it, whatever fails.
  await Promise.all([lane(here), ...threads.map((thread) => lane(there(thread)))]);
  // Batches are taken in their order, so that the first that fails is among those that were.
  const [first] = [...failures.keys()].sort((a, b) => a - b);
  if (first !== undefined) throw failures.get(first);
  return [...found].sort(([a], [b]) => a - b).flatMap(([, sums]) => sums);
}

function batchesOf(members: readonly HashedMember[]): Batch[] {
  const batches: Batch[] = [];
  let entries: ZipEntry[] = [];
  let bytes = 0;
  for (const [index, { entry }] of members.entries()) {
    entries.push(entry);
    bytes += entry.size;
    if (bytes < BATCH_BYTES && entries.length < BATCH_FILES && index < members.length - 1) continue;
    batches.push({ start: index + 1 - entries.length, entries });
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

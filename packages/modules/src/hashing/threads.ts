/** Threads that hash beside this one, as many as there are processors for. They end with the program. */
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { ZipEntry } from "../zip-container.ts";

/** What a thread is asked. Its answer is the sums, undefined if anything is wrong with a file. */
export interface HashRequest {
  /** Files are known to all threads of a process by the same number. */
  readonly fd: number;
  readonly entries: readonly ZipEntry[];
}

/** A thread, seen from the program. */
export interface HashThread {
  /**
   * SHA-256 of each entry, in hexadecimal; undefined if the thread could not tell, for whatever reason. The file must stay
   * open until then. Never rejects.
   */
  readonly hash: (fd: number, entries: readonly ZipEntry[]) => Promise<readonly string[] | undefined>;
}

/** More gain little: the disk, and the thread that hands out the work, are shared. */
const MOST = 3;

/** Beside the bundle; sources that are run as they stand have none, and hash in one thread. */
const program = new URL("./hash-worker.js", import.meta.url);

let started: readonly HashThread[] | undefined;

/** The threads, started when they are first asked for. */
export function hashThreads(): readonly HashThread[] {
  const number = existsSync(program) ? Math.min(MOST, availableParallelism() - 1) : 0;
  started ??= Array.from({ length: number }, () => openHashThread(program));
  return started;
}

/** Starts one. While nothing is asked of it, it keeps no program from ending. */
export function openHashThread(file: URL): HashThread {
  const worker = new Worker(file);
  const open: ((sums: readonly string[] | undefined) => void)[] = [];
  let isOver = false;
  const settle = (sums: readonly string[] | undefined): void => {
    open.shift()?.(sums);
    if (open.length === 0) worker.unref();
  };
  const end = (): void => {
    isOver = true;
    while (open.length > 0) settle(undefined);
  };
  worker.on("message", settle);
  worker.on("error", end);
  worker.on("exit", end);
  worker.unref();
  return {
    hash: (fd, entries) =>
      new Promise((resolve) => {
        if (isOver) return resolve(undefined);
        open.push(resolve);
        worker.ref();
        worker.postMessage({ fd, entries } satisfies HashRequest);
      }),
  };
}

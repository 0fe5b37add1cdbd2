/** A compiling thread, seen from the program. What it was told of a package it is not told again. */
import { Worker } from "node:worker_threads";
import type { CompiledPackage, UnitTask } from "@capdiff/analyzer";
import { resetFlags, setFlags } from "../start/v8-flags.ts";
import type { CompileRequest, CompileResponse, WorkerStart } from "./messages.ts";

export interface ThreadOptions {
  /** The program of a thread. */
  readonly program: URL;
  readonly start: WorkerStart;
}

export interface Thread {
  /** Units that it has, as whoever hands them out counts. */
  units: number;
  readonly compile: (task: UnitTask) => Promise<readonly CompiledPackage[]>;
  /** Rejects what is being compiled. */
  readonly giveUp: (reason: unknown) => void;
  readonly close: () => Promise<void>;
}

interface Settle {
  readonly resolve: (compiled: readonly CompiledPackage[]) => void;
  readonly reject: (reason: unknown) => void;
}

/** Throws where the system gives no thread. */
export function openThread({ program, start }: ThreadOptions): Thread {
  const worker = startWorker(program, start);
  const open = new Map<number, Settle>();
  const told = new Map<string, string>();
  let count = 0;
  let ended: { readonly why: unknown } | undefined;
  const giveUp = (reason: unknown) => {
    for (const { reject } of open.values()) reject(reason);
    open.clear();
  };
  worker.on("message", (response: CompileResponse) => {
    const settle = open.get(response.number);
    open.delete(response.number);
    if ("failure" in response) settle?.reject(response.failure);
    else settle?.resolve(response.compiled);
  });
  const end = (why: unknown) => {
    ended ??= { why };
    giveUp(why);
  };
  worker.on("error", end);
  worker.on("exit", () => end(new Error("a compiling thread ended before its work did")));
  return {
    units: 0,
    compile: (task) =>
      new Promise((resolve, reject) => {
        // Nobody would answer.
        if (ended !== undefined) throw ended.why;
        const number = count++;
        open.set(number, { resolve, reject });
        worker.postMessage(requestOf(number, task, told));
      }),
    giveUp,
    close: async () => {
      await worker.terminate();
    },
  };
}

function startWorker(program: URL, start: WorkerStart): Worker {
  resetFlags();
  try {
    return new Worker(program, { workerData: start });
  } catch (error) {
    // The thread would have.
    setFlags();
    throw error;
  }
}

function requestOf(
  number: number,
  { imports, ...task }: UnitTask,
  told: Map<string, string>,
): CompileRequest {
  const exports = imports.filter(({ path, text }) => told.get(path) !== text);
  for (const { path, text } of exports) told.set(path, text);
  return { number, task, imports: imports.map(({ path }) => path), exports };
}

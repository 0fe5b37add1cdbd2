/**
 * Compiles units: here while there is little to do, on threads once there is more. Units are
 * taken in the order in which they are asked for.
 */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { CompiledPackage, UnitCompiler, UnitTask } from "@capdiff/analyzer";
import { openThread, type Thread, type ThreadOptions } from "./thread.ts";

export interface PoolOptions extends ThreadOptions {
  /** Compiles here. */
  readonly here: (task: UnitTask) => Promise<readonly CompiledPackage[]>;
  /** Threads at most; with one everything is compiled here. */
  readonly threads: number;
  /** Once it is aborted, all that was not compiled is given up with its reason. */
  readonly signal?: AbortSignal | undefined;
}

export interface CompilePool extends UnitCompiler {
  /** Ends the threads, and compiles no more: what is asked for later, by work that was not waited for, is refused. */
  readonly close: () => Promise<void>;
}

/** Bytes of Go that are compiled here before threads are started: as long as it takes to start them. */
const bytesHere = 400_000;

/** Units that a thread has at a time: one to compile, and one so that it need not wait. */
const unitsAtOnce = 2;

type Job = (compile: (task: UnitTask) => Promise<readonly CompiledPackage[]>) => Promise<void>;

export function compilePool(options: PoolOptions): CompilePool {
  const { here, threads: most, signal } = options;
  const waiting: Job[] = [];
  const threads: Thread[] = [];
  let bytes = 0;
  let isBusyHere = false;
  let isClosed = false;

  const takeHere = () => (most < 2 || bytes < bytesHere ? waiting.shift() : undefined);
  const compileHere = async () => {
    isBusyHere = true;
    const compile = async (task: UnitTask) => {
      bytes += bytesOf(task);
      return here(task);
    };
    for (let job = takeHere(); job !== undefined; job = takeHere()) {
      await job(compile);
      // Compiling is synchronous: let timers and signals have their turn.
      await nextTurn();
    }
    isBusyHere = false;
    if (waiting.length > 0) handOut();
  };
  const handOut = () => {
    while (threads.length < most && threads.length < waiting.length) threads.push(openThread(options));
    for (let thread = leastBusy(threads); thread !== undefined; thread = leastBusy(threads)) {
      const job = waiting.shift();
      if (job === undefined) return;
      const { compile } = thread;
      const taken = thread;
      taken.units++;
      void job(compile).finally(() => {
        taken.units--;
        handOut();
      });
    }
  };
  signal?.addEventListener("abort", () => {
    for (const thread of threads) thread.giveUp(signal.reason);
  });
  return {
    compile: (task) =>
      new Promise((resolve, reject) => {
        if (isClosed) {
          reject(closed());
          return;
        }
        waiting.push(async (compile) => {
          try {
            signal?.throwIfAborted();
            const given = await task();
            if (isClosed) throw closed();
            resolve(await compile(given));
          } catch (error) {
            reject(error);
          }
        });
        if (threads.length > 0) handOut();
        else if (!isBusyHere) void compileHere();
      }),
    close: async () => {
      isClosed = true;
      waiting.length = 0;
      await Promise.all(threads.splice(0).map((thread) => thread.close()));
    },
  };
}

function closed(): Error {
  return new Error("the compiler was closed");
}

function bytesOf({ packages }: UnitTask): number {
  return packages.flatMap(({ files }) => files).reduce((sum, { content }) => sum + content.length, 0);
}

/** The one that has the fewest units, if it takes one more. */
function leastBusy(threads: readonly Thread[]): Thread | undefined {
  const [first] = threads.toSorted((a, b) => a.units - b.units);
  return first !== undefined && first.units < unitsAtOnce ? first : undefined;
}

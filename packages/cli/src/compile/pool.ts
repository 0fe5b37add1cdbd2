/**
 * Compiles units, here and on threads, which are started when more is waiting than takes as long as that. The units that most
 * has to wait for go to threads, the others are compiled here meanwhile.
 */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { CompiledPackage, UnitCompiler, UnitSize, UnitTask } from "@capdiff/analyzer";
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

/** Bytes of Go that are compiled while a thread starts. */
const bytesOfStart = 150_000;

/** Beside threads no unit with more bytes is compiled here: meanwhile nobody takes what they send. */
const bytesHere = 100_000;

/** Units that a thread has at a time: one to compile, and one so that it need not wait, if there are many. */
const unitsAtOnce = 2;

interface Job extends UnitSize {
  readonly run: (compile: (task: UnitTask) => Promise<readonly CompiledPackage[]>) => Promise<void>;
}

export function compilePool(options: PoolOptions): CompilePool {
  const { here, signal } = options;
  let most = options.threads;
  const waiting = new Set<Job>();
  const threads: Thread[] = [];
  let isTakingHere = false;
  let isBusyHere = false;
  let isClosed = false;

  const take = (job: Job | undefined) => {
    if (job !== undefined) waiting.delete(job);
    return job;
  };
  const takeHere = () =>
    take(firstOf(waiting, (job) => (threads.length > 0 && job.bytes > bytesHere ? Infinity : job.chain)));
  const takeAway = () => take(firstOf(waiting, (job) => -job.chain));
  const compileHere = async () => {
    isTakingHere = true;
    for (let job = takeHere(); job !== undefined; job = takeHere()) {
      isBusyHere = true;
      handOut();
      await job.run(here);
      isBusyHere = false;
      // Compiling is synchronous: let timers, signals and threads have their turn.
      await nextTurn();
    }
    isTakingHere = false;
  };
  /** Undefined where the system gives no more: what there is does all the work then. */
  const openOneMore = (): Thread | undefined => {
    try {
      const opened = openThread(options);
      threads.push(opened);
      return opened;
    } catch {
      most = threads.length;
      return undefined;
    }
  };
  /** The one with the fewest units, if it takes one more, or a new one. */
  const freeThread = (): Thread | undefined => {
    const [first] = threads.toSorted((a, b) => a.units - b.units);
    if (first?.units === 0) return first;
    const isAlone = waiting.size < (isBusyHere ? 1 : 2);
    if (most > 1 && threads.length < most && !isAlone && bytesOf(waiting) > bytesOfStart) {
      const opened = openOneMore();
      if (opened !== undefined) return opened;
    }
    return first !== undefined && first.units < unitsAtOnce ? first : undefined;
  };
  const handOut = () => {
    for (let thread = freeThread(); thread !== undefined; thread = freeThread()) {
      const job = thread.units === 0 || waiting.size > most ? takeAway() : undefined;
      if (job === undefined) return;
      void compileOn(thread, job);
    }
  };
  const compileOn = async (thread: Thread, job: Job) => {
    thread.units++;
    await job.run(thread.compile);
    thread.units--;
    handOut();
  };
  signal?.addEventListener("abort", () => {
    for (const thread of threads) thread.giveUp(signal.reason);
  });
  return {
    compile: (task, size) =>
      new Promise((resolve, reject) => {
        if (isClosed) {
          reject(closed());
          return;
        }
        const run: Job["run"] = async (compile) => {
          try {
            signal?.throwIfAborted();
            const given = await task();
            if (isClosed) throw closed();
            resolve(await compile(given));
          } catch (error) {
            reject(error);
          }
        };
        waiting.add({ ...size, run });
        handOut();
        if (!isTakingHere) void compileHere();
      }),
    close: async () => {
      isClosed = true;
      waiting.clear();
      await Promise.all(threads.splice(0).map((thread) => thread.close()));
    },
  };
}

function closed(): Error {
  return new Error("the compiler was closed");
}

/** The job of which a number is the least, the earliest of several; none if it is infinite. */
function firstOf(jobs: Iterable<Job>, number: (job: Job) => number): Job | undefined {
  let [found, least]: [Job | undefined, number] = [undefined, Infinity];
  for (const job of jobs) {
    const one = number(job);
    if (one < least) [found, least] = [job, one];
  }
  return found;
}

function bytesOf(jobs: Iterable<Job>): number {
  let sum = 0;
  for (const { bytes } of jobs) sum += bytes;
  return sum;
}

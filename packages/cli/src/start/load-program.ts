/**
 * Runs the script of the program with the code that V8 made of it in an earlier run: to make it anew takes
 * longer than a short run. Node has the like (`module.enableCompileCache`) from version 22.8 on only.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { Script } from "node:vm";
import type * as Program from "../program.ts";
import { codeFolder, codeStore } from "./code-store.ts";

export interface LoadedProgram {
  readonly program: typeof Program;
  /** Keeps the code that there is now, if it is worth it. Never throws. */
  readonly keepCode: () => void;
}

/** `keeps`: code may be taken from the user's cache folder and put there. */
export function loadProgram({ keeps }: { readonly keeps: boolean }): LoadedProgram {
  const file = fileURLToPath(new URL(`./${PROGRAM_FILE}`, import.meta.url));
  const folder = keeps ? codeFolder() : undefined;
  const store = folder === undefined ? undefined : codeStore(folder, PROGRAM_FILE);
  const kept = store?.read();
  // It is built as ASCII.
  const source = readFileSync(file, "latin1");
  const script = new Script(source, { filename: file, ...(kept && { cachedData: kept.code }) });
  const worth = kept === undefined || script.cachedDataRejected === true ? 0 : kept.cost;
  const module = { exports: {} };
  // The script is a function.
  const run = script.runInThisContext() as (...given: readonly unknown[]) => void;
  run(module.exports, createRequire(file), module, file, dirname(file));
  return {
    program: module.exports as typeof Program,
    keepCode: () => {
      const cost = costOfRun();
      // Code is there of functions that were run: a run that did more has more.
      if (cost > worth * muchMore) store?.write({ code: script.createCachedData(), cost });
    },
  };
}

const muchMore = 2;

/** Milliseconds of work so far. */
function costOfRun(): number {
  const { user, system } = process.cpuUsage();
  return Math.round((user + system) / 1000);
}

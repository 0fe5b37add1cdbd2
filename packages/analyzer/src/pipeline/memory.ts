/**
 * What evaluation tells of a module, kept under the name of the module rather than what is in it: each evaluation says
 * what it depends on, and is used as long as that is as it was. So only what an edit reaches is evaluated again.
 */
import type { Memory } from "../evaluate/evaluations.ts";
import type { KeptEvaluations } from "../evaluate/kept-evaluations.ts";
import { cacheKey } from "./facts-cache.ts";
import type { AnalyzerOptions, ModuleSource } from "./module-source.ts";

/** Characters of what is kept; a module of which there is more is evaluated anew. */
const sizeLimit = 1 << 26;

export interface ModuleMemory extends Memory {
  /** Puts something in place of what is kept, if there is anything. */
  readonly keep: (evaluations: KeptEvaluations | undefined) => Promise<void>;
}

/** Undefined of a module without a name, and without a cache. */
export async function openMemory(
  { name, modulePath }: ModuleSource,
  { cache, builds, standardLibrary, tests }: AnalyzerOptions,
): Promise<ModuleMemory | undefined> {
  if (cache === undefined || name === undefined) return undefined;
  const of = [modulePath, name, builds.narrowing, standardLibrary?.digest ?? null, tests];
  const key = cacheKey(cache, "evaluations", of);
  const text = await cache.get(key);
  return {
    // The cache answers with what was put there, which was this.
    kept: text === undefined ? undefined : (JSON.parse(text) as KeptEvaluations),
    digest: cache.digest,
    keep: async (evaluations) => {
      const made = evaluations && JSON.stringify(evaluations);
      if (made !== undefined && made.length <= sizeLimit) await cache.put(key, made);
    },
  };
}

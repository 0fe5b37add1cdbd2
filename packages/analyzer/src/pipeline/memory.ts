/**
 * What was worked out of a module before. Evaluations are kept under the name of the module rather than what is in it: each
 * says what it depends on, and is used as long as that is as it was, so that only what an edit reaches is evaluated again. Flows
 * are kept under all that they depend on.
 */
import type { Memory } from "../evaluate/evaluations.ts";
import type { FoldedCalls } from "../evaluate/fold-calls.ts";
import type { KeptEvaluations } from "../evaluate/kept-evaluations.ts";
import type { CapabilityMap } from "../model/capability-map.ts";
import type { Traced } from "../trace/trace-flows.ts";
import { cacheKey, type FactsCache } from "./facts-cache.ts";
import type { AnalyzerOptions, ModuleSource } from "./module-source.ts";

/** Characters of what is kept; what is larger is worked out anew. */
export const sizeLimit = 1 << 26;

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

export interface FlowMemory {
  /** The key that flows are kept under. */
  readonly key: string;
  /** The flows that were kept, else those that are traced. Evaluation is as if they had been traced. */
  readonly traced: (folded: FoldedCalls, trace: () => Traced) => Traced;
  /** Keeps those that were traced. */
  readonly keep: () => Promise<void>;
}

export interface KeptFlows extends Traced {
  /** The functions that are evaluated for them. */
  readonly evaluated: readonly number[];
}

/** Those that were kept under a key. */
export async function keptFlows(cache: FactsCache, key: string): Promise<KeptFlows | undefined> {
  const text = await cache.get(key);
  // The cache answers with what was put there, which was this.
  return text === undefined ? undefined : (JSON.parse(text) as KeptFlows);
}

/** Whether users have a say in a map: what depends on it is not kept. */
export function isOfUsers({ lines, isPartial }: CapabilityMap): boolean {
  return lines.length > 0 || isPartial;
}

/** Undefined without the keys of all packages of the program, and if it depends on maps of users. */
export async function openFlowMemory(
  keys: readonly string[] | undefined,
  { cache, standardLibrary, capabilityMap, flowMap, whole }: AnalyzerOptions,
): Promise<FlowMemory | undefined> {
  if (cache === undefined || keys === undefined || flowMap === undefined) return undefined;
  if (isOfUsers(capabilityMap)) return undefined;
  const key = cacheKey(cache, "flows", keys, standardLibrary?.digest ?? null, whole ?? false);
  const kept = await keptFlows(cache, key);
  let made: string | undefined;
  return {
    key,
    traced: (folded, trace) => {
      if (kept !== undefined) {
        folded.evaluate(kept.evaluated);
        return kept;
      }
      const traced = trace();
      // Before lines of source are filled in.
      made = JSON.stringify({ ...traced, evaluated: folded.evaluated() } satisfies KeptFlows);
      return traced;
    },
    keep: async () => {
      if (made !== undefined && made.length <= sizeLimit) await cache.put(key, made);
    },
  };
}

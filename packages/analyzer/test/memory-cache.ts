/** A cache in memory, for tests. */
import { createHash } from "node:crypto";
import type { FactsCache } from "@capdiff/analyzer";

export interface MemoryCache extends FactsCache {
  readonly entries: Map<string, string>;
}

export function memoryCache(): MemoryCache {
  const entries = new Map<string, string>();
  return {
    entries,
    get: async (key) => entries.get(key),
    put: async (key, text) => {
      entries.set(key, text);
    },
    digest: (text) => createHash("sha256").update(text).digest("hex"),
  };
}

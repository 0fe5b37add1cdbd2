/**
 * Where what was made before is kept. Keys say all that a text depends on, so an entry never
 * grows old: it is there or it is not; or the text says itself what it depends on (see `memory.ts`). Neither function rejects: a cache that cannot be
 * used has nothing.
 */
export interface FactsCache {
  /** The text that was put under that key; undefined if there is none, or what is there is damaged. */
  readonly get: (key: string) => Promise<string | undefined>;
  readonly put: (key: string, text: string) => Promise<void>;
  /** A cryptographic hash of a text, since who writes the code would choose the collisions. */
  readonly digest: (text: string) => string;
}

/** The key of something of that kind which depends on those values alone. They must be JSON-able. */
export function cacheKey(cache: FactsCache, kind: string, ...values: readonly unknown[]): string {
  return `${kind}-${cache.digest(JSON.stringify(values))}`;
}

/** What the cache has under a key, else what `make` makes, which is put there. */
export async function cached<T>(
  cache: FactsCache | undefined,
  key: (cache: FactsCache) => string,
  make: () => Promise<T>,
): Promise<T> {
  if (cache === undefined) return make();
  const wanted = key(cache);
  const text = await cache.get(wanted);
  // The cache answers with what was put there, which was this.
  if (text !== undefined) return JSON.parse(text) as T;
  const made = await make();
  await cache.put(wanted, JSON.stringify(made));
  return made;
}

/** What is left when two lists are paired. */
export interface Pairing<Old, New = Old> {
  readonly pairs: readonly (readonly [Old, New])[];
  readonly removed: readonly Old[];
  readonly added: readonly New[];
}

/**
 * Pairs the items of two lists by rounds of keys: items whose keys are equal are paired
 * in order, as many as both lists have; what is left goes to the next round. Mirrored
 * inputs give mirrored results. A key that is undefined pairs with nothing. Linear in
 * items and rounds.
 */
export function pairByKeys<T>(
  old: readonly T[],
  fresh: readonly T[],
  keys: readonly ((item: T, side: "old" | "new") => string | undefined)[],
): Pairing<T> {
  const pairs: [T, T][] = [];
  let removed = old;
  let added = fresh;
  for (const key of keys) {
    const round = pairOnce(removed, added, key);
    for (const pair of round.pairs) pairs.push(pair);
    ({ removed, added } = round);
  }
  return { pairs, removed, added };
}

function pairOnce<T>(
  old: readonly T[],
  fresh: readonly T[],
  key: (item: T, side: "old" | "new") => string | undefined,
): { pairs: [T, T][]; removed: T[]; added: T[] } {
  const waiting = new Map<string, T[]>();
  for (const item of fresh) {
    const its = key(item, "new");
    if (its === undefined) continue;
    const list = waiting.get(its);
    if (list === undefined) waiting.set(its, [item]);
    else list.push(item);
  }
  const pairs: [T, T][] = [];
  const paired = new Set<T>();
  const removed: T[] = [];
  const next = new Map<string, number>();
  for (const item of old) {
    const its = key(item, "old");
    const at = its === undefined ? 0 : (next.get(its) ?? 0);
    const partner = its === undefined ? undefined : waiting.get(its)?.[at];
    if (its === undefined || partner === undefined) {
      removed.push(item);
      continue;
    }
    next.set(its, at + 1);
    pairs.push([item, partner]);
    paired.add(partner);
  }
  return { pairs, removed, added: fresh.filter((item) => !paired.has(item)) };
}

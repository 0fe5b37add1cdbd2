/** Choices that are the same in every run. */

/** Chooses by a seed: the same seed, and the same questions in the same order, give the same answers. */
export interface Random {
  /** From 0 up to but without `below`. */
  readonly number: (below: number) => number;
  /** One of several; there must be one. */
  readonly choose: <const List extends readonly [unknown, ...unknown[]]>(list: List) => List[number];
}

/** Seeded by text (FNV-1a), then mulberry32. */
export function createRandom(seed: string): Random {
  let state = 0x811c9dc5;
  for (const character of seed) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const number = (below: number) => Math.floor(next() * below);
  return { number, choose: (list) => list[number(list.length)] ?? list[0] };
}

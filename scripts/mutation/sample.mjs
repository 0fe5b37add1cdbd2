/** Draws a random sample that its seed gives again. */

/**
 * @template T
 * @param {readonly T[]} items
 * @param {number} count
 * @param {number} seed
 * @returns {T[]} `count` of the items, or all, in their own order
 */
export function sampleOf(items, count, seed) {
  const random = generator(seed);
  const drawn = items.map((item, place) => ({ item, place, rank: random() }));
  return drawn
    .sort((a, b) => a.rank - b.rank)
    .slice(0, count)
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}

/**
 * Mulberry32: small, and good enough to draw with.
 *
 * @param {number} seed
 * @returns {() => number} numbers from 0 to 1
 */
function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

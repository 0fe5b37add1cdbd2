/** Some of many, the same ones each time. */

/**
 * So many elements of a list, in an order that the seed decides; all if there are fewer.
 *
 * @template T
 * @param {readonly T[]} list
 * @param {number} size
 * @param {number} seed
 */
export function sample(list, size, seed) {
  const next = randomNumbers(seed);
  const rest = [...list];
  for (let i = 0; i < Math.min(size, rest.length); i++) {
    const other = i + Math.floor(next() * (rest.length - i));
    // Both are places of the list.
    [rest[i], rest[other]] = [/** @type {T} */ (rest[other]), /** @type {T} */ (rest[i])];
  }
  return rest.slice(0, size);
}

/**
 * Numbers from 0 up to 1 (a linear congruential generator with the constants of Numerical Recipes).
 *
 * @param {number} seed
 */
function randomNumbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Universes of modules made at random, as text of a test case. The same seed makes the same one. */

const PATHS = ["a", "b", "c", "d", "e", "f"];
const GO_LINES = ["", " go 1.16", " go 1.17", " go 1.21", " go 1.21"];

/**
 * A generator of whole numbers below a limit (mulberry32).
 *
 * @param {number} seed
 */
function numbers(seed) {
  let state = seed;
  return (/** @type {number} */ limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
}

/** @param {number} seed */
export function randomCase(seed) {
  const below = numbers(seed);
  const pick = (/** @type {readonly string[]} */ list) => list[below(list.length)] ?? "";
  const versions = PATHS.flatMap((path) =>
    Array.from({ length: 1 + below(4) }, (_, index) => `${path} v1.${index}.0`),
  );
  const require = (/** @type {number} */ most) =>
    Array.from({ length: below(most + 1) }, () => pick(versions)).join(", ");
  const lines = [`main${pick(GO_LINES.slice(1))}: ${require(5)}`];
  if (below(3) === 0) lines.push(`exclude ${pick(versions)}`);
  const replaced = [undefined, undefined, pick(versions), pick(PATHS)][below(4)];
  if (replaced !== undefined) lines.push(`replace ${replaced} => ${pick(versions)}`);
  lines.push(...versions.map((version) => `${version}${pick(GO_LINES)}: ${require(3)}`));
  return `random, seed ${seed}\n-- modules --\n${lines.join("\n")}\n`;
}

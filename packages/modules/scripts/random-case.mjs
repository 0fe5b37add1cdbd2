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

/** Modules that a workspace uses; one may be a module that is published too. */
const USED = [[], [], ["x"], ["x", "y"], ["a", "x"]];

/**
 * What makes a workspace of a universe, in some of them.
 *
 * @param {{
 *   below: (limit: number) => number,
 *   pick: (list: readonly string[]) => string,
 *   require: (most: number) => string,
 *   versions: readonly string[],
 * }} universe
 */
function workspaceLines({ below, pick, require, versions }) {
  const used = USED[below(USED.length)] ?? [];
  const replaced = () => pick([pick(versions), pick(PATHS)]);
  return used.flatMap((name) => [
    `use ${name}${pick(GO_LINES)}: ${require(4)}`,
    ...(below(4) === 0 ? [`in ${name} exclude ${pick(versions)}`] : []),
    ...(below(4) === 0 ? [`in ${name} replace ${replaced()} => ${pick(versions)}`] : []),
    ...(below(4) === 0 ? [`in go.work replace ${replaced()} => ${pick(versions)}`] : []),
  ]);
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
  lines.push(...workspaceLines({ below, pick, require, versions }));
  lines.push(...versions.map((version) => `${version}${pick(GO_LINES)}: ${require(3)}`));
  return `random, seed ${seed}\n-- modules --\n${lines.join("\n")}\n`;
}

/**
 * A plugin of Stryker that leaves out what was not drawn. Stryker selects mutants by
 * ranges of source, and a range holds all that is nested in it; this skips a node
 * unless it, or something in it, was drawn.
 *
 * Stryker loads this file by path into the same process, so that `draw` and the plugin
 * share the list.
 *
 * @typedef {import("./mutants.mjs").Mutant["location"]} Range
 */

/** @type {readonly Range[]} */
let drawn = [];

/** @param {readonly Range[]} ranges to be kept; the files they are in do not matter */
export function draw(ranges) {
  drawn = ranges;
}

/**
 * @param {{ node: { loc?: Range | null } }} path Babel's; its lines count from 1
 * @returns {string | undefined} the reason to ignore it
 */
function shouldIgnore({ node }) {
  const { loc } = node;
  if (loc === undefined || loc === null) return undefined;
  const start = { line: loc.start.line - 1, column: loc.start.column };
  const end = { line: loc.end.line - 1, column: loc.end.column };
  const holds = drawn.some((range) => !isBefore(range.start, start) && !isBefore(end, range.end));
  return holds ? undefined : "not drawn";
}

/**
 * @param {import("./mutants.mjs").Position} a
 * @param {import("./mutants.mjs").Position} b
 */
function isBefore(a, b) {
  return a.line < b.line || (a.line === b.line && a.column < b.column);
}

export const strykerPlugins = [{ kind: "Ignore", name: "drawn", value: { shouldIgnore } }];

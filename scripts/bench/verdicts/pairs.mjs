/** Real upgrades: pairs of versions of published modules. */
import { readFileSync } from "node:fs";
import { ScriptError } from "../../workspace.mjs";

/**
 * @typedef {object} Pair
 * @property {string} module
 * @property {string} old
 * @property {string} new
 */

/**
 * Reads a list with a pair a line: module, old version, new version, with tabs between them.
 *
 * @param {string} text
 * @returns {Pair[]}
 */
export function readPairs(text) {
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return lines.map((line, index) => {
    const [module = "", old = "", fresh = "", ...more] = line.split("\t");
    if (module === "" || !isVersion(old) || !isVersion(fresh) || more.length > 0)
      throw new ScriptError(`pair ${index + 1} is not a module and two versions: ${line}`);
    return { module, old, new: fresh };
  });
}

/** @param {string} path */
export function readPairsFile(path) {
  try {
    return readPairs(readFileSync(path, "utf8"));
  } catch (error) {
    if (error instanceof ScriptError) throw error;
    throw new ScriptError(`cannot read the list of upgrades: ${/** @type {Error} */ (error).message}`);
  }
}

/** @param {string} text */
function isVersion(text) {
  return /^v\d+\.\d+\.\d+/.test(text);
}

/**
 * Whether more changes than the last number: then new features are announced.
 *
 * @param {Pair} pair
 */
export function isMinor(pair) {
  const head = (/** @type {string} */ version) => version.split(".").slice(0, 2).join(".");
  return head(pair.old) !== head(pair.new);
}

/**
 * The first pairs, in turn of each module: a limit then leaves none of them out first.
 *
 * @param {readonly Pair[]} pairs
 * @returns {Pair[]}
 */
export function inTurn(pairs) {
  /** @type {Map<string, number>} */
  const seen = new Map();
  const turns = pairs.map((pair) => {
    const turn = seen.get(pair.module) ?? 0;
    seen.set(pair.module, turn + 1);
    return { pair, turn };
  });
  return turns.sort((a, b) => a.turn - b.turn).map(({ pair }) => pair);
}

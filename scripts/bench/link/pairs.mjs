/** Who can do what, beside Capslock: (package, capability) and (function, capability). A row a module, and one for all. */
import { join } from "node:path";
import { portFlags, usual } from "../modules/ports.mjs";
import { capdiff, fetchDependencies, sourcesOf, withNewCache } from "../modules/workshop.mjs";
import { someOf } from "../tables/benchmark.mjs";
import { compareSets, together } from "../tables/sets.mjs";
import { count, figure, percentDown, words } from "../tables/table.mjs";
import { askCapslock } from "./capslock.mjs";
import { infosOfFile, pairsOf } from "./infos.mjs";

/** @typedef {import("./infos.mjs").Granularity} Granularity */
/** @typedef {import("./infos.mjs").Pairs} Pairs */
/** @typedef {import("../tables/benchmark.mjs").Listed} Listed */
/** @typedef {import("../tables/benchmark.mjs").Note} Note */
/** @typedef {import("../tables/sets.mjs").Agreement} Agreement */

export const pairsColumns = [
  { title: "module", width: 39 },
  { title: "Capslock" },
  { title: "capdiff" },
  { title: "recall", width: 11 },
  { title: "precision", width: 11 },
];

/**
 * @typedef {object} PairsTable
 * @property {Granularity} granularity
 * @property {readonly string[]} flags of capdiff: which map
 * @property {{ recall: number, precision: number }} [bars] for all modules together
 * @property {number} differences how many pairs of a module are shown that differ
 */

/**
 * @param {PairsTable} table
 * @returns {Omit<import("../tables/benchmark.mjs").Body, "rows">}
 */
export function pairsBody({ granularity, flags, bars, differences }) {
  /** @type {Agreement[]} */
  const all = [];
  return {
    make: async ({ module }, note) => {
      const theirs = (await capslockPairs(module))[granularity];
      const ours = await ourPairs(module, granularity, flags);
      const agreement = compareSets(theirs.keys(), ours.keys());
      all.push(agreement);
      for (const text of differing(agreement, { theirs, ours }, differences)) note(`: ${text}`);
      return [row(module, agreement)];
    },
    last: () => row("all together", together(all), bars),
  };
}

/**
 * @param {string} name
 * @param {Agreement} agreement
 * @param {{ recall: number, precision: number }} [bars]
 */
function row(name, { expected, actual, recall, precision }, bars) {
  return [
    words(name),
    figure(expected, count),
    figure(actual, count),
    figure(recall, percentDown, bars && { atLeast: bars.recall }),
    figure(precision, percentDown, bars && { atLeast: bars.precision }),
  ];
}

/**
 * @param {Agreement} agreement
 * @param {{ theirs: Pairs, ours: Pairs }} sides
 * @param {number} most
 */
function differing({ missing, extra }, { theirs, ours }, most) {
  const shown = /** @param {readonly string[]} list @param {Pairs} side */ (list, side) =>
    list.map((pair) => `${pair.replace("\t", " ")}: ${side.get(pair) ?? ""}`);
  return [...someOf("missing", shown(missing, theirs), most), ...someOf("extra", shown(extra, ours), most)];
}

/** @type {Map<string, Promise<Record<Granularity, Pairs>>>} */
const asked = new Map();

/**
 * Capslock is asked once.
 *
 * @param {string} module
 */
function capslockPairs(module) {
  let answer = asked.get(module);
  if (answer === undefined) asked.set(module, (answer = askForPairs(module)));
  return answer;
}

/** @param {string} module */
function askForPairs(module) {
  return withNewCache(async (folder) => {
    await fetchDependencies(module, usual);
    const output = join(folder, "capslock.json");
    await askCapslock(sourcesOf(module), { output });
    return {
      package: await pairsOf(infosOfFile(output), "package"),
      function: await pairsOf(infosOfFile(output), "function"),
    };
  });
}

/**
 * @param {string} module
 * @param {Granularity} granularity
 * @param {readonly string[]} flags
 */
function ourPairs(module, granularity, flags) {
  return withNewCache(async (folder) => {
    const output = join(folder, "capdiff.json");
    const asCapslock = ["--granularity", granularity, "--format", "capslock", "--output", output];
    await capdiff(["scan", module, "--as-main", ...portFlags(usual), ...flags, ...asCapslock], folder);
    return pairsOf(infosOfFile(output), granularity);
  });
}

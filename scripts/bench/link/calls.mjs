/** What calls through interfaces and of function values may run, beside variable type analysis on SSA form. */
import { portFlags, usual } from "../modules/ports.mjs";
import { askOracle, capdiff, fetchDependencies, withNewCache } from "../modules/workshop.mjs";
import { someOf } from "../tables/benchmark.mjs";
import { readLines } from "../tables/lines.mjs";
import { compareSets, together } from "../tables/sets.mjs";
import { count, figure, percentDown, words } from "../tables/table.mjs";

/** @typedef {import("../tables/lines.mjs").Line} Line */
/** @typedef {import("../tables/lines.mjs").Lines} Lines */
/** @typedef {import("../tables/sets.mjs").Agreement} Agreement */

export const callsColumns = [
  { title: "module", width: 39 },
  { title: "dynamic calls" },
  { title: "callees" },
  { title: "recall", width: 11 },
  { title: "breadth", width: 8 },
];

/** @typedef {Agreement & { calls: number }} CallsAgreement calls: how many are dynamic by either side */

/**
 * Compares what dynamic calls run: calls that either side has for dynamic. A callee counts whatever that side says of how
 * it is known. Files that either excludes are left out.
 *
 * @param {Lines} expected
 * @param {Lines} actual
 * @returns {CallsAgreement}
 */
export function compareCalls(expected, actual) {
  const lines = [expected, actual].map((side) =>
    side.lines.filter(({ file }) => !expected.excluded.has(file) && !actual.excluded.has(file)),
  );
  const dynamic = new Set(
    lines.flatMap((side) => side.filter(({ kind }) => kind === "dynamic").map(placeOf)),
  );
  const [want = [], have = []] = lines.map((side) =>
    side.filter((line) => dynamic.has(placeOf(line))).map((line) => `${placeOf(line)}\t${line.what}`),
  );
  return { ...compareSets(want, have), calls: dynamic.size };
}

/** @param {Line} line */
function placeOf({ text }) {
  return text.slice(0, text.indexOf("\t"));
}

/**
 * @param {number} differences
 * @returns {Omit<import("../tables/benchmark.mjs").Body, "rows">}
 */
export function callsBody(differences) {
  /** @type {CallsAgreement[]} */
  const all = [];
  return {
    make: async ({ module }, note) => {
      await fetchDependencies(module, usual);
      const theirs = await askOracle(["calls", "."], module, usual);
      const ours = await withNewCache((cache) =>
        capdiff(["inspect", "calls", module, "--as-main", ...portFlags(usual)], cache),
      );
      const agreement = compareCalls(readLines(theirs.stdout), readLines(ours.stdout));
      all.push(agreement);
      const { missing, extra } = agreement;
      for (const text of [...someOf("missing", missing, differences), ...someOf("extra", extra, differences)])
        note(`: ${text.replaceAll("\t", " ")}`);
      return [row(module, agreement)];
    },
    last: () =>
      row(
        "all together",
        { ...together(all), calls: all.reduce((sum, { calls }) => sum + calls, 0) },
        { recall: { atLeast: 0.99 }, breadth: { atMost: 1.2 } },
      ),
  };
}

/**
 * @param {string} name
 * @param {CallsAgreement} agreement
 * @param {{ recall?: import("../tables/table.mjs").Bar, breadth?: import("../tables/table.mjs").Bar }} [bars]
 */
function row(name, { calls, expected, actual, recall }, bars = {}) {
  return [
    words(name),
    figure(calls, count),
    figure(expected, count),
    figure(recall, percentDown, bars.recall),
    figure(actual / Math.max(expected, 1), (value) => value.toFixed(2), bars.breadth),
  ];
}

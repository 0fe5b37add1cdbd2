/** Real upgrades: how many raise an alert, among which of them, and whether somebody read it. */
import { count, figure, percentUp, words } from "../tables/table.mjs";
import { inTurn, isMinor } from "./pairs.mjs";
import { resultOf, workOff } from "./results.mjs";
import { keyOf, readReviewedFile } from "./reviewed.mjs";
import { interval } from "./wilson.mjs";

/** @typedef {import("./pairs.mjs").Pair} Pair */
/** @typedef {import("./results.mjs").Result} Result */
/** @typedef {{ pair: Pair, result: Result }} Judged */
/** @typedef {import("../tables/benchmark.mjs").Note} Note */
/** @typedef {import("../tables/table.mjs").Figure} Figure */

export const upgradeColumns = [
  { title: "upgrades", width: 44 },
  { title: "pairs" },
  { title: "failed" },
  { title: "incomplete" },
  { title: "block" },
  { title: "review" },
  { title: "review share", width: 12 },
  { title: "95 % interval", width: 16 },
  { title: "inform" },
  { title: "clear" },
];

/** @type {readonly { name: string, holds: (judged: Judged) => boolean }[]} */
const groups = [
  { name: "all pairs", holds: () => true },
  { name: "that gain a (package, capability)", holds: ({ result }) => result.gained.length > 0 },
  { name: "that gain a capability new to the module", holds: ({ result }) => result.gainedByModule > 0 },
  { name: "minor upgrades", holds: ({ pair }) => isMinor(pair) },
  {
    name: "minor upgrades that gain one",
    holds: ({ pair, result }) => isMinor(pair) && result.gained.length > 0,
  },
  { name: "patch upgrades", holds: ({ pair }) => !isMinor(pair) },
];

export const gainColumns = [
  { title: "upgrades", width: 44 },
  { title: "pairs" },
  { title: "gain a (package, capability)", width: 28 },
  { title: "95 % interval", width: 16 },
  { title: "gain one new to the module", width: 26 },
  { title: "95 % interval", width: 16 },
];

/**
 * @param {readonly Pair[]} pairs
 * @param {{ limit: number, jobs: number, folder: string, digest: string }} options
 * @returns {Promise<Judged[]>}
 */
export async function judgeUpgrades(pairs, { limit, jobs, ...kept }) {
  const chosen = inTurn(pairs).slice(0, limit);
  return workOff(chosen, {
    jobs,
    work: async (pair) => {
      const targets = [`${pair.module}@${pair.old}`, `${pair.module}@${pair.new}`];
      return { pair, result: await resultOf(["diff", ...targets], kept) };
    },
    says: ({ module, old, new: fresh }, { result }) =>
      `${module} ${old} ${fresh}: ${result.failed || worst(result)}, ${result.userSeconds.toFixed(1)} s CPU`,
  });
}

/**
 * @param {readonly Judged[]} judged
 * @returns {import("../tables/benchmark.mjs").Body}
 */
export function upgradesBody(judged) {
  return {
    rows: judged.length === 0 ? [] : groups.map(({ name }) => ({ module: name })),
    make: async ({ module }, note) => {
      if (module === "all pairs") for (const line of alertLines(judged)) note(line);
      return [row(module, judged.filter(holdsIn(module)))];
    },
  };
}

/** @param {string} name of a group */
function holdsIn(name) {
  return groups.find((group) => group.name === name)?.holds ?? (() => false);
}

/**
 * @param {string} name
 * @param {readonly Judged[]} all
 * @returns {Figure[]}
 */
function row(name, all) {
  const judged = all.filter(({ result }) => result.failed === "");
  const number = (/** @type {string} */ tier) => judged.filter(({ result }) => worst(result) === tier).length;
  const review = number("review");
  return [
    words(name),
    figure(all.length, count),
    figure(all.length - judged.length, count, { atMost: 0 }),
    figure(judged.filter(({ result }) => result.incomplete).length, count),
    figure(number("block"), count, { atMost: 0 }),
    figure(review, count),
    judged.length === 0 ? words("-") : figure(review / judged.length, percentUp, { atMost: 0.02 }),
    words(interval(review, judged.length)),
    figure(number("inform"), count),
    figure(number("clear"), count),
  ];
}

/** @param {Pick<Result, "alerts">} result */
export function worst({ alerts }) {
  return (
    /** @type {const} */ (["block", "review", "inform"]).find((tier) =>
      alerts.some((one) => one.tier === tier),
    ) ?? "clear"
  );
}

/**
 * Each pair that failed, and each rule that raised an alert above `inform` on a pair, with what was said about it.
 *
 * @param {readonly Judged[]} judged
 * @returns {string[]}
 */
function alertLines(judged) {
  const reviewed = new Map(readReviewedFile().map((one) => [keyOf(one), one]));
  return judged.flatMap(({ pair, result }) => {
    const name = `: ${pair.module} ${pair.old} ${pair.new}`;
    if (result.failed !== "") return [`${name}: failed: ${result.failed}`];
    const alerts = result.alerts.filter(({ tier }) => tier !== "inform");
    return [...new Set(alerts.map(({ rule }) => rule))].map((rule) => {
      const [first, ...others] = alerts.filter((alert) => alert.rule === rule);
      const said = reviewed.get(keyOf({ ...pair, rule }));
      const more = others.length === 0 ? "" : `, and ${others.length} more`;
      const read = said === undefined ? "unread" : `${said.said}: ${said.why}`;
      return `${name}: ${first?.tier} ${rule} (${read}): ${first?.message} (${first?.at}${more})`;
    });
  });
}

/**
 * How often upgrades gain a capability at all: the base rate.
 *
 * @param {readonly Judged[]} judged
 * @returns {import("../tables/benchmark.mjs").Body}
 */
export function gainsBody(judged) {
  const had = judged.filter(({ result }) => result.failed === "");
  return {
    rows:
      had.length === 0 ? [] : ["all pairs", "minor upgrades", "patch upgrades"].map((module) => ({ module })),
    make: async ({ module }) => {
      const these = had.filter(holdsIn(module));
      const gain = these.filter(({ result }) => result.gained.length > 0).length;
      const fresh = these.filter(({ result }) => result.gainedByModule > 0).length;
      const share = (/** @type {number} */ some) =>
        words(these.length === 0 ? "-" : `${some} (${((100 * some) / these.length).toFixed(1)} %)`);
      return [
        [
          words(module),
          figure(these.length, count),
          share(gain),
          words(interval(gain, these.length)),
          share(fresh),
          words(interval(fresh, these.length)),
        ],
      ];
    },
  };
}

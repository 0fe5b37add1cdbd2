/** Fixtures of the corpus, as they are written and in other forms: how many get the tier that they want. */
import { count, figure, percentDown, words } from "../tables/table.mjs";
import { loadRunner } from "./runner.mjs";
import { interval } from "./wilson.mjs";

/** @typedef {import("../../../test-corpus/runner/fixtures.ts").FixtureKind} FixtureKind */
/** @typedef {import("../tables/table.mjs").Figure} Figure */

/**
 * How it went with the fixtures of a kind in one form.
 * @typedef {object} Tally
 * @property {number} cases
 * @property {number} tier how many have the tier
 * @property {number} whole how many have all that WANT says; NaN of other forms
 * @property {Map<string, number>} unfit how many have no such form, by the reason
 * @property {string[]} misses
 */

export const fixtureColumns = [
  { title: "fixtures", width: 34 },
  { title: "cases", width: 5 },
  { title: "no such form", width: 12 },
  { title: "tier", width: 11 },
  { title: "95 % interval", width: 16 },
  { title: "places and words", width: 16 },
];

/** The name of the form in which fixtures are written. */
const written = "as written";

/** By kind, what all forms together must reach. @type {Readonly<Record<FixtureKind, { written: number, forms: number }>>} */
const bars = {
  attacks: { written: 1, forms: 0.95 },
  twins: { written: 0.98, forms: 0.98 },
  benign: { written: 0, forms: 0 },
};

/**
 * @param {{ quick: boolean }} options quick: only as they are written
 * @returns {import("../tables/benchmark.mjs").Body}
 */
export function fixturesBody({ quick }) {
  const kinds = /** @type {const} */ (["attacks", "twins", "benign"]);
  return {
    rows: kinds.map((module) => ({ module })),
    make: async ({ module }, note) => {
      const kind = kinds.find((one) => one === module) ?? "benign";
      const tallies = await tally(kind, quick || kind === "benign");
      const forms = [...tallies].filter(([form]) => form !== written);
      for (const [form, { misses, unfit }] of tallies) {
        for (const miss of misses) note(`, ${form}: ${miss}`);
        for (const [why, number] of unfit) note(`, ${form}: ${number} without: ${why}`);
      }
      return [
        ...[...tallies].map(([form, one]) =>
          row(`${kind}, ${form}`, one, form === written ? bars[kind].written : 0),
        ),
        ...(forms.length === 0
          ? []
          : [row(`${kind}, all other forms`, together(forms.map(([, one]) => one)), bars[kind].forms)]),
      ];
    },
  };
}

/**
 * @param {string} name
 * @param {Tally} tally
 * @param {number} bar
 * @returns {Figure[]}
 */
function row(name, { cases, tier, whole, unfit }, bar) {
  const without = [...unfit.values()].reduce((sum, number) => sum + number, 0);
  return [
    words(name),
    figure(cases, count),
    figure(without, count),
    figure(cases === 0 ? Number.NaN : tier / cases, percentDown, { atLeast: bar }),
    words(interval(tier, cases)),
    Number.isNaN(whole) ? words("") : figure(whole / cases, percentDown, { atLeast: bar }),
  ];
}

/**
 * @param {readonly Tally[]} tallies
 * @returns {Tally}
 */
function together(tallies) {
  const sum = (/** @type {(one: Tally) => number} */ of) =>
    tallies.reduce((total, one) => total + of(one), 0);
  const unfit = new Map(
    tallies.flatMap((one, index) => [...one.unfit].map(([why, number]) => [`${index} ${why}`, number])),
  );
  return {
    cases: sum((one) => one.cases),
    tier: sum((one) => one.tier),
    whole: Number.NaN,
    unfit,
    misses: [],
  };
}

/**
 * @param {FixtureKind} kind
 * @param {boolean} onlyWritten
 * @returns {Promise<Map<string, Tally>>} by form
 */
async function tally(kind, onlyWritten) {
  runner ??= loadRunner();
  const {
    applyMutation,
    fixtureNames,
    formProblems,
    mutations,
    openFixture,
    readCode,
    readFixture,
    verdictProblems,
  } = await runner;
  /** @type {Map<string, Tally>} */
  const tallies = new Map([[written, noTally(0)]]);
  for (const { name } of onlyWritten ? [] : mutations) tallies.set(name, noTally(Number.NaN));
  /** @param {string} form */
  const at = (form) => tallies.get(form) ?? noTally(0);
  for (const name of fixtureNames(kind)) {
    const fixture = readFixture(kind, name);
    const { judge } = await openFixture(fixture);
    const problems = verdictProblems(fixture, await judge(fixture.new));
    add(at(written), name, { problems, tier: problems.every((line) => !line.startsWith("the tier is ")) });
    if (onlyWritten) continue;
    const code = await readCode(fixture);
    for (const mutation of mutations) {
      const mutated = applyMutation(mutation, code);
      const one = at(mutation.name);
      if ("why" in mutated) {
        one.unfit.set(mutated.why, (one.unfit.get(mutated.why) ?? 0) + 1);
        continue;
      }
      const found = formProblems(fixture, await judge(mutated.files));
      add(one, name, { problems: found, tier: found.length === 0 });
    }
  }
  return tallies;
}

/** @type {Promise<import("./runner.mjs").Runner> | undefined} */
let runner;

/**
 * @param {number} whole
 * @returns {Tally}
 */
function noTally(whole) {
  return { cases: 0, tier: 0, whole, unfit: new Map(), misses: [] };
}

/**
 * @param {Tally} tally
 * @param {string} name
 * @param {{ problems: readonly string[], tier: boolean }} outcome
 */
function add(tally, name, { problems, tier }) {
  tally.cases++;
  if (tier) tally.tier++;
  if (problems.length === 0) tally.whole++;
  for (const problem of problems) tally.misses.push(`${name}: ${problem}`);
}

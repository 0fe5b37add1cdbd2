/** All builds at once say of each build what a run for that build alone says. */
import { loadAnalyzer } from "../../analyzer.mjs";
import { shortest } from "../measure.mjs";
import { portName, six, usual } from "../modules/ports.mjs";
import { fetchDependencies, references } from "../modules/workshop.mjs";
import { compareLines, readLines, restrict } from "../tables/lines.mjs";
import { count, figure, megabytes, seconds, times, words } from "../tables/table.mjs";

/** @typedef {import("../tables/benchmark.mjs").Listed} Listed */

export const buildsColumns = [
  { title: "module", width: 39 },
  { title: "equal", width: 7 },
  { title: "lines" },
  { title: "all builds", width: 9 },
  { title: portName(usual), width: 9 },
  { title: "ratio", width: 8 },
  { title: "peak", width: 9 },
];

/**
 * The times are the shortest of `runs`, taken in turn.
 *
 * @param {Listed} listed
 * @param {{ runs: number, differ: import("../types.mjs").Differ }} options
 */
export async function buildsRow({ module }, { runs, differ }) {
  await fetchDependencies(module, usual);
  const [all, narrowed] = await inTurn(module, runs);
  const lines = readLines(all[0]?.stdout ?? "");
  const holds = await builds();
  let equal = 0;
  for (const port of six) {
    const alone = await references(module, { port });
    const agreement = compareLines(readLines(alone.stdout), restrict(lines, holds(port)));
    differ(agreement, port);
    if (agreement.missing.length === 0 && agreement.extra.length === 0) equal++;
  }
  const [ofAll, ofOne] = [shortest(all), shortest(narrowed)];
  return [
    words(module),
    figure(equal, (number) => `${number} of ${six.length}`, { atLeast: six.length }),
    figure(lines.lines.length, count, { atLeast: 1 }),
    figure(ofAll, seconds),
    figure(ofOne, seconds),
    figure(ofAll / ofOne, times, { atMost: 2 }),
    figure(Math.max(...all.map(({ peakMegabytes }) => peakMegabytes)), megabytes),
  ];
}

/**
 * @param {string} module
 * @param {number} runs
 */
async function inTurn(module, runs) {
  /** @type {import("../measure.mjs").Measure[]} */
  const all = [];
  /** @type {import("../measure.mjs").Measure[]} */
  const narrowed = [];
  for (let i = 0; i < runs; i++) {
    all.push(await references(module, {}));
    narrowed.push(await references(module, { port: usual }));
  }
  return /** @type {const} */ ([all, narrowed]);
}

/** Whether a port's build is in what a `//go:build` expression says. */
async function builds() {
  const { createBuilds } = await loadAnalyzer();
  const sets = createBuilds();
  return /** @param {import("../modules/ports.mjs").Port} port */ (port) =>
    /** @param {string} expression */
    (expression) =>
      sets.contains(sets.parse(expression), { ...port, tags: [] });
}

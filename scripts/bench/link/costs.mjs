/** What a scan costs beside Capslock: cold, and after a change. */
import { join } from "node:path";
import { shortest } from "../measure.mjs";
import { editableCopy } from "../modules/editable.mjs";
import { portFlags, usual } from "../modules/ports.mjs";
import { capdiff, fetchDependencies, sourcesOf, withNewCache } from "../modules/workshop.mjs";
import { figure, megabytes, seconds, times, words } from "../tables/table.mjs";
import { askCapslock } from "./capslock.mjs";

/** @typedef {import("../measure.mjs").Measure} Measure */
/** @typedef {import("../tables/benchmark.mjs").Listed} Listed */
/** @typedef {import("../tables/table.mjs").Figure} Figure */

export const coldColumns = [
  { title: "module", width: 39 },
  { title: "capdiff", width: 8 },
  { title: "Capslock", width: 9 },
  { title: "ratio", width: 9 },
  { title: "bar" },
  { title: "peak", width: 9 },
  { title: "of Capslock", width: 9 },
  { title: "ratio", width: 9 },
];

/** Either will do. @typedef {{ ratio: number, atMost: number }} Either */

/** @type {Either} */
const memory = { ratio: 3, atMost: 150 };
/** @type {Either} */
const afterEdit = { ratio: 20, atMost: 0.6 };
const coldSeconds = 0.8;

/**
 * How many times as much the other one takes. It breaks its bar only where ours breaks its own too.
 *
 * @param {number} theirs
 * @param {number} ours
 * @param {Either} bar
 */
export function ratioFigure(theirs, ours, { ratio, atMost }) {
  return figure(theirs / ours, times, ours <= atMost ? {} : { atLeast: ratio });
}

/**
 * Both are run once unmeasured, then in turn; the shortest times and the highest peaks count. Without Capslock ours are
 * shown alone.
 *
 * @param {Listed} listed
 * @param {{ runs: number, capslock: boolean }} options
 * @returns {Promise<Figure[]>}
 */
export function coldRow({ module, speedup = 5 }, { runs, capslock }) {
  return withNewCache(async (folder) => {
    await fetchDependencies(module, usual);
    const ours = [];
    const theirs = [];
    for (let i = 0; i <= runs; i++) {
      ours.push(await withNewCache((cache) => scan(module, cache)));
      if (capslock) theirs.push(await askCapslock(sourcesOf(module), { output: join(folder, "c.json") }));
    }
    const bars = { ratio: speedup, atMost: coldSeconds };
    const [time, peak] = [shortest(ours.slice(1)), highest(ours)];
    return [
      words(module),
      figure(time, seconds),
      ...(capslock ? compared(shortest(theirs.slice(1)), time, bars, seconds) : [none, none]),
      words(`${speedup} x`),
      figure(peak, megabytes),
      ...(capslock ? compared(highest(theirs), peak, memory, megabytes) : [none, none]),
    ];
  });
}

const none = words("-");

/**
 * @param {number} theirs NaN where it cannot be had
 * @param {number} ours
 * @param {Either} bar
 * @param {(value: number) => string} form
 */
function compared(theirs, ours, bar, form) {
  return Number.isNaN(theirs) ? [none, none] : [figure(theirs, form), ratioFigure(theirs, ours, bar)];
}

/** @param {readonly Measure[]} runs */
function highest(runs) {
  return Math.max(...runs.map(({ peakMegabytes }) => peakMegabytes));
}

/**
 * @param {string} target
 * @param {string} cache
 */
function scan(target, cache) {
  return capdiff(["scan", target, "--as-main", ...portFlags(usual), "--format", "json"], cache);
}

export const warmColumns = [
  { title: "module", width: 39 },
  { title: "edited", width: 28 },
  { title: "EXEC", width: 7 },
  { title: "capdiff", width: 8 },
  { title: "Capslock", width: 9 },
  { title: "ratio", width: 9 },
];

/**
 * Both scan a copy, then the copy after each of `runs` edits, each another one; the shortest times count.
 *
 * @param {Listed} listed
 * @param {{ runs: number }} options
 * @returns {Promise<Figure[]>}
 */
export function warmRow({ module }, { runs }) {
  return withNewCache(async (folder) => {
    await fetchDependencies(module, usual);
    const copy = editableCopy(module, folder);
    const cache = join(folder, "cache");
    const output = join(folder, "c.json");
    const places = copy.execPlaces((await scan(copy.path, cache)).stdout);
    await askCapslock(copy.path, { output });
    const ours = [];
    const theirs = [];
    let shown = 0;
    for (let i = 0; i < runs; i++) {
      copy.edit(String(i));
      const run = await scan(copy.path, cache);
      ours.push(run);
      if (copy.execPlaces(run.stdout) === places + 1) shown++;
      theirs.push(await askCapslock(copy.path, { output }));
    }
    return [
      words(module),
      words(copy.edited),
      figure(shown / runs, (share) => (share === 1 ? "shown" : "missed"), { atLeast: 1 }),
      figure(shortest(ours), seconds),
      ...compared(shortest(theirs), shortest(ours), afterEdit, seconds),
    ];
  });
}

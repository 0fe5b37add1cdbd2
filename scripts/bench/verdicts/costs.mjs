/** What verdicts cost: a warm diff, and its stages that trace and judge. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inRoot, ScriptError } from "../../workspace.mjs";
import { measure, shortest } from "../measure.mjs";
import { withNewCache } from "../modules/workshop.mjs";
import { count, figure, megabytes, seconds, words } from "../tables/table.mjs";
import { secondsIn } from "./profile.mjs";

/** @typedef {import("./pairs.mjs").Pair} Pair */

export const costColumns = [
  { title: "upgrade", width: 58 },
  { title: "lines of Go", width: 11 },
  { title: "first", width: 9 },
  { title: "warm", width: 8 },
  { title: "facts alone", width: 11 },
  { title: "fold", width: 8 },
  { title: "trace", width: 8 },
  { title: "judge", width: 8 },
  { title: "peak", width: 8 },
];

/** Up to so many lines of a version bars hold. */
const barLines = 50_000;
/** Seconds that flows of both versions may take, one each. */
const traceSeconds = 2;
/** Bytes of a line of Go, comments and empty lines included, about. */
const bytesOfLine = 28;

/** The functions that the stages begin with. Values are folded when trace or judge ask for them, and count there too. */
const stages = {
  fold: ["foldCalls", "argumentsOf"],
  trace: ["traceFlows"],
  judge: ["judge", "waysTo", "diffSides"],
};

/**
 * The last pair of each module, and for each what it costs, of both versions together: with nothing kept, downloads included;
 * all kept, the shortest of several runs; then with the facts of packages alone, and the stages of such a run, from one with a
 * profile, which makes them slower.
 *
 * @param {readonly Pair[]} pairs
 * @param {{ runs: number, limit: number }} options
 * @returns {import("../tables/benchmark.mjs").Body}
 */
export function costsBody(pairs, { runs, limit }) {
  const last = [...new Map(pairs.map((pair) => [pair.module, pair])).values()].slice(0, limit);
  const byName = new Map(last.map((pair) => [`${pair.module} ${pair.old} ${pair.new}`, pair]));
  return {
    rows: [...byName.keys()].map((module) => ({ module })),
    make: async ({ module }) => {
      const pair = byName.get(module);
      if (pair === undefined) return [];
      return withNewCache(async (cache) => {
        const first = await diff(pair, cache);
        const warm = [];
        for (let run = 0; run < runs; run++) warm.push(await diff(pair, cache));
        forgetAnalyses(cache);
        const alone = await diff(pair, cache);
        forgetAnalyses(cache);
        const lines = Math.round(goBytes(first.stdout) / bytesOfLine);
        const parts = await stageSeconds(pair, cache);
        const bar = (/** @type {number} */ atMost) => (lines > barLines ? {} : { atMost });
        return [
          [
            words(module),
            figure(lines, count),
            figure(first.seconds, seconds),
            figure(shortest(warm), seconds, bar(1.5)),
            figure(alone.seconds, seconds),
            figure(parts.fold, seconds),
            figure(parts.trace, seconds, bar(traceSeconds)),
            figure(parts.judge, seconds, bar(1)),
            figure(Math.max(...warm.map(({ peakMegabytes }) => peakMegabytes)), megabytes),
          ],
        ];
      });
    },
  };
}

/** Leaves nothing but what was compiled. @param {string} cache */
function forgetAnalyses(cache) {
  const folder = join(cache, "facts");
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" }))
    if (/(?:^|[\\/])(?:analysis|evaluations|flows)-[^\\/]*$/.test(name)) rmSync(join(folder, name));
}

/**
 * @param {Pair} pair
 * @param {string} cache
 * @param {readonly string[]} [flags] of node
 */
async function diff({ module, old, new: fresh }, cache, flags = []) {
  const command = [inRoot("packages/cli/bin/capdiff.js"), "diff", `${module}@${old}`, `${module}@${fresh}`];
  const run = await measure([...flags, ...command, "--format", "json", "--cache-dir", cache]);
  if (run.status !== 0)
    throw new ScriptError(`capdiff diff ${module} ended with ${run.status}: ${run.stderr}`);
  return run;
}

/** Of the larger version. @param {string} report */
function goBytes(report) {
  const { inputs } = /** @type {import("@capdiff/analyzer").Report} */ (JSON.parse(report));
  return Math.max(...inputs.map(({ counts }) => counts.bytes));
}

/**
 * @param {Pair} pair
 * @param {string} cache
 */
async function stageSeconds(pair, cache) {
  const folder = mkdtempSync(join(tmpdir(), "capdiff-profile-"));
  try {
    await diff(pair, cache, ["--cpu-prof", "--cpu-prof-dir", folder]);
    const profiles = readdirSync(folder).map(
      (name) =>
        /** @type {import("./profile.mjs").Profile} */ (JSON.parse(readFileSync(join(folder, name), "utf8"))),
    );
    const total = (/** @type {readonly string[]} */ names) =>
      profiles.reduce((sum, profile) => sum + secondsIn(profile, names), 0);
    const trace = total(stages.trace);
    // Flows are traced when they are first asked for, by what compares.
    return { fold: total(stages.fold), trace, judge: total([...stages.judge, ...stages.trace]) - trace };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * `npm run mutation [-- --stage NAME] [--sample N] [--seed N] [--tests PATH]...`: changes the
 * analyzer's sources in N random places, one at a time, and sees whether a test of the
 * analyzer or of the corpus notices, or one below the paths that are given. What survives
 * is code that no test holds; add a test. `--list` only shows the places.
 *
 * A mutant that makes the tests run out of time counts as killed, one that no test
 * reaches as survived. Exits with 0 whatever the score: it is a figure, not a gate.
 */
import { readdirSync } from "node:fs";
import { relative } from "node:path";
import { parseArgs } from "node:util";
import { Stryker } from "@stryker-mutator/core";
import { draw } from "./mutation/ignorer.mjs";
import { keyOf, mutantsOf, rangeOf } from "./mutation/mutants.mjs";
import { sampleOf } from "./mutation/sample.mjs";
import { testsVariable } from "./mutation/tests.mjs";
import { asScript, inRoot, root, ScriptError } from "./workspace.mjs";

/** @typedef {import("./mutation/mutants.mjs").Mutant} Mutant */
/** @typedef {Mutant & { status: string }} Result */

const analyzer = "packages/analyzer/src";

await asScript(async () => {
  const { files, sample, seed, tests, list } = wanted();
  const all = await mutantsOf(files);
  const drawn = sampleOf(all, sample, seed);
  if (drawn.length === 0) throw new ScriptError("nothing to mutate in these files");
  process.stdout.write(
    `${drawn.length} of ${all.length} mutants in ${files.length} files; --seed ${seed} draws them again\n`,
  );
  if (list) {
    for (const mutant of drawn) process.stdout.write(`${placeOf(mutant)}: ${wordsOf(mutant)}\n`);
    return;
  }
  if (tests.length > 0) process.env[testsVariable] = JSON.stringify(tests);
  draw(drawn.map(({ location }) => location));
  report(ofSample(await runStryker(drawn), drawn));
});

/** @returns {{ files: string[], sample: number, seed: number, tests: string[], list: boolean }} */
function wanted() {
  const { values } = parseArgs({
    options: {
      stage: { type: "string" },
      sample: { type: "string" },
      seed: { type: "string" },
      tests: { type: "string", multiple: true },
      list: { type: "boolean" },
    },
  });
  const { stage = "", sample = "40", seed = String(Math.floor(Math.random() * 1e6)) } = values;
  const { tests = [], list = false } = values;
  const stages = readdirSync(inRoot(analyzer), { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  const names = stages.map(({ name }) => name).filter((name) => stage === "" || name === stage);
  if (names.length === 0) {
    throw new ScriptError(`no stage "${stage}"; there are: ${stages.map(({ name }) => name).join(", ")}`);
  }
  const files = names.flatMap((name) => sourcesIn(`${analyzer}/${name}`));
  return { files: files.sort(), sample: count(sample, "sample"), seed: count(seed, "seed"), tests, list };
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function sourcesIn(folder) {
  return readdirSync(inRoot(folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return sourcesIn(path);
    return path.endsWith(".ts") ? [path] : [];
  });
}

/**
 * @param {string} text
 * @param {string} option
 */
function count(text, option) {
  if (!/^\d+$/.test(text)) throw new ScriptError(`--${option} takes a whole number, not "${text}"`);
  return Number(text);
}

/**
 * @param {readonly Mutant[]} drawn
 * @returns {Promise<Result[]>} those of the drawn mutants, and of some around them
 */
async function runStryker(drawn) {
  /** @type {Record<string, unknown>} (the level of the log is an enum that only its own package exports) */
  const options = {
    mutate: drawn.map(rangeOf),
    plugins: [inRoot("scripts/mutation/runner.mjs"), inRoot("scripts/mutation/ignorer.mjs")],
    ignorers: ["drawn"],
    testRunner: "vitest-of-drawn",
    drawnMutants: drawn.map(keyOf),
    vitest: { configFile: "scripts/mutation/vitest.config.mjs", related: false },
    coverageAnalysis: "perTest",
    ignorePatterns: ["dist", "/.git", "/docs"],
    reporters: ["progress-append-only"],
    // Stryker rewrites the paths in a tsconfig with an API that TypeScript 7 no longer has.
    tsconfigFile: "none",
    logLevel: "warn",
    concurrency: 2,
    // A loaded machine takes its time; that must not pass for a mutant that a test noticed.
    timeoutMS: 60_000,
    dryRunTimeoutMinutes: 60,
    allowConsoleColors: false,
    cleanTempDir: "always",
  };
  const stryker = new Stryker(options);
  try {
    return await stryker.runMutationTest();
  } catch (error) {
    throw new ScriptError(`Stryker could not run: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/**
 * Throws when Stryker does not know a drawn mutant: the score would be of fewer than it says.
 *
 * @param {readonly Result[]} results whose lines and columns count from 1
 * @param {readonly Mutant[]} drawn
 */
function ofSample(results, drawn) {
  const byKey = new Map(results.map(fromZero).map((result) => [keyOf(result), result]));
  return drawn.map((mutant) => {
    const result = byKey.get(keyOf(mutant));
    if (result === undefined) throw new ScriptError(`Stryker did not run ${keyOf(mutant)}`);
    return result;
  });
}

/**
 * @param {Result} result
 * @returns {Result}
 */
function fromZero(result) {
  const { start, end } = result.location;
  const location = {
    start: { line: start.line - 1, column: start.column - 1 },
    end: { line: end.line - 1, column: end.column - 1 },
  };
  return { ...result, location };
}

/** @param {readonly Result[]} results */
function report(results) {
  const having = (/** @type {string[]} */ ...statuses) =>
    results.filter(({ status }) => statuses.includes(status));
  const survivors = having("Survived", "NoCoverage");
  const killed = having("Killed").length;
  const timeouts = having("Timeout").length;
  const invalid = results.length - killed - timeouts - survivors.length;
  for (const survivor of survivors) {
    const why = survivor.status === "NoCoverage" ? ", which no test reaches" : "";
    process.stdout.write(`${placeOf(survivor)}: survives as ${wordsOf(survivor)}${why}\n`);
  }
  const score = (100 * (killed + timeouts)) / Math.max(1, results.length - invalid);
  process.stdout.write(
    `killed ${killed}, timed out ${timeouts}, survived ${survivors.length}, invalid ${invalid}: score ${score.toFixed(0)} %\n`,
  );
}

/** @param {Mutant} mutant whose lines and columns count from 0 */
function placeOf({ fileName, location: { start } }) {
  return `${relative(root, fileName)}:${start.line + 1}:${start.column + 1}`;
}

/** @param {Mutant} mutant */
function wordsOf({ replacement, mutatorName }) {
  return `${oneLine(replacement)} (${mutatorName})`;
}

/** @param {string} text */
function oneLine(text) {
  const line = text.replace(/\s+/g, " ");
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}

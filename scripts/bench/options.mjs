/** What `npm run bench --` is told. */
import { parseArgs } from "node:util";
import { ScriptError } from "../workspace.mjs";

/** By benchmark, in their order. */
const tableNames = {
  types: ["agreement", "ports", "builds", "warm"],
  link: ["pairs", "functions", "own-map", "calls", "witnesses", "facts", "cold", "warm"],
  verdicts: ["fixtures", "upgrades", "gains", "modules", "costs"],
  verify: ["hashes", "speed", "sums", "rebuilt", "versions", "real-list", "bits", "large", "list"],
};
const allTables = Object.values(tableNames).flat();
const tablesByBenchmark = Object.entries(tableNames)
  .map(([name, tables]) => `${name} has ${tables.join(", ")}`)
  .join("; ");

export const help = `npm run bench [-- NAME...] [OPTION...]

Runs the benchmarks of these names, or all. For the benchmarks types and link, and of verify --runs and --tables:
  --modules A,B   only modules that have one of these words in their path
  --quick         only the small modules of the list, each timed once
  --runs N        how often a time is taken; the best counts (3)
  --tables A,B    only these; ${tablesByBenchmark}
  --differences N how many lines of a disagreement are shown (5)
  --witnesses N   how many witnesses of a module are looked up (50)
  --seed N        which ones (1)
For verdicts also:
  --pairs FILE    real upgrades: a module and two versions a line (or the environment variable CAPDIFF_UPGRADES)
  --results DIR   where results are kept between runs (node_modules/.cache/bench/verdicts)
  --limit N       only the first N pairs, in turn of each module
  --jobs N        so many pairs at once (1)
For all:
  --write         puts the figures into docs/measurements.md too
types compares with go/types, link with Capslock and variable type analysis. That needs Go, and for Capslock the configured
module proxy once; without Go the other figures are shown.
`;

const flags = /** @type {const} */ ({
  modules: { type: "string", multiple: true },
  quick: { type: "boolean" },
  runs: { type: "string" },
  tables: { type: "string", multiple: true },
  differences: { type: "string" },
  witnesses: { type: "string" },
  seed: { type: "string" },
  pairs: { type: "string" },
  results: { type: "string" },
  limit: { type: "string" },
  jobs: { type: "string" },
  write: { type: "boolean" },
  help: { type: "boolean", short: "h" },
});

/**
 * @typedef {object} BenchOptions
 * @property {readonly string[]} names of benchmarks
 * @property {readonly string[]} modules words that paths of modules have; all without any
 * @property {boolean} quick
 * @property {number} runs
 * @property {readonly string[]} tables all without any
 * @property {number} differences
 * @property {number} witnesses
 * @property {number} seed
 * @property {string | undefined} pairs
 * @property {string | undefined} results
 * @property {number} limit
 * @property {number} jobs
 * @property {boolean} write
 * @property {boolean} help
 */

/**
 * Throws a ScriptError for what it does not know.
 *
 * @param {readonly string[]} args
 * @returns {BenchOptions}
 */
export function readOptions(args) {
  const { values, positionals } = parsed(args);
  const tables = words(values.tables ?? []);
  const other = tables.find((name) => !allTables.includes(name));
  if (other !== undefined) throw new ScriptError(`no table "${other}"; ${tablesByBenchmark}`);
  return {
    names: positionals,
    modules: words(values.modules ?? []),
    quick: values.quick ?? false,
    runs: Math.max(1, count("--runs", values.runs ?? (values.quick ? "1" : "3"))),
    tables,
    differences: count("--differences", values.differences ?? "5"),
    witnesses: count("--witnesses", values.witnesses ?? "50"),
    seed: count("--seed", values.seed ?? "1"),
    pairs: values.pairs,
    results: values.results,
    limit: count("--limit", values.limit ?? "9999"),
    jobs: Math.max(1, count("--jobs", values.jobs ?? "1")),
    write: values.write ?? false,
    help: values.help ?? false,
  };
}

/** @param {readonly string[]} args */
function parsed(args) {
  try {
    return parseArgs({ args: [...args], options: flags, allowPositionals: true });
  } catch (error) {
    // parseArgs throws nothing but what is wrong with the arguments.
    throw new ScriptError(`${/** @type {Error} */ (error).message}\n\n${help}`);
  }
}

/** @param {readonly string[]} given */
function words(given) {
  return given.flatMap((text) => text.split(",")).filter((word) => word !== "");
}

/**
 * @param {string} flag
 * @param {string} text
 */
function count(flag, text) {
  if (!/^\d{1,4}$/.test(text)) throw new ScriptError(`${flag} needs a number, not "${text}"`);
  return Number(text);
}

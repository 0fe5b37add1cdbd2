/**
 * Whether verdicts can be believed: attacks of the corpus and honest code, in all forms, and real upgrades, beside their bars.
 * What breaks a bar is marked with an exclamation mark. Results of real modules are kept: a run that was interrupted goes on
 * where it was, as long as capdiff is the same.
 */
import { inRoot } from "../workspace.mjs";
import { createBenchmark } from "./tables/benchmark.mjs";
import { costColumns, costsBody } from "./verdicts/costs.mjs";
import { fixtureColumns, fixturesBody } from "./verdicts/fixtures.mjs";
import { moduleColumns, modulesBody } from "./verdicts/modules.mjs";
import { readPairsFile } from "./verdicts/pairs.mjs";
import { programDigest } from "./verdicts/results.mjs";
import { gainColumns, gainsBody, judgeUpgrades, upgradeColumns, upgradesBody } from "./verdicts/upgrades.mjs";

const { options, table, chosen, finish } = createBenchmark("verdicts");
const { tables, modules, quick, runs, limit, jobs } = options;
const isAsked = (/** @type {string[]} */ ...names) =>
  tables.length === 0 || names.some((name) => tables.includes(name));

const list = options.pairs ?? process.env["CAPDIFF_UPGRADES"];
const all = list === undefined ? [] : readPairsFile(list);
const pairs = all.filter(
  ({ module }) => modules.length === 0 || modules.some((word) => module.includes(word)),
);
const kept = {
  folder: options.results ?? inRoot("node_modules/.cache/bench/verdicts"),
  digest: programDigest(),
};

await table("fixtures", "Fixtures that get the tier that they want", fixtureColumns, fixturesBody({ quick }));
const judged = isAsked("upgrades", "gains") ? await judgeUpgrades(pairs, { limit, jobs, ...kept }) : [];
await table("upgrades", "Real upgrades, by their worst finding", upgradeColumns, upgradesBody(judged));
await table("gains", "Of the same: the base rate", gainColumns, gainsBody(judged));
await table("modules", "One version alone", moduleColumns, { rows: chosen(), ...modulesBody(kept) });
await table(
  "costs",
  "The last upgrade of each module, both versions: all kept, then the facts of packages alone, with the stages of such a run, profiled",
  costColumns,
  costsBody(pairs, { runs, limit }),
);
finish({
  programs: pairs.length === 0 ? [] : [`${judged.length} of ${pairs.length} upgrades`],
  without:
    "no list of upgrades: --pairs FILE or CAPDIFF_UPGRADES names one, with module, old and new version a line",
});

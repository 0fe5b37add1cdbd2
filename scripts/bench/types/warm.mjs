/** A change shows at once: everything cached, then one function runs a program. */
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { importPath, mostImported, withCommand } from "./edit.mjs";
import { usual } from "./ports.mjs";
import { count, figure, megabytes, seconds, words } from "./table.mjs";
import { capdiff, fetchDependencies, sourcesOf, withNewCache } from "./workshop.mjs";

/** @typedef {import("../types.mjs").Listed} Listed */

export const warmColumns = [
  { title: "module", width: 39 },
  { title: "lines of Go", width: 9 },
  { title: "edited", width: 28 },
  { title: "EXEC", width: 7 },
  { title: "first", width: 8 },
  { title: "unchanged", width: 8 },
  { title: "edited scan", width: 8 },
  { title: "peak", width: 9 },
];

/**
 * Scans a copy with all that it is built with, all builds: once with an empty cache, once more, then after each
 * of `runs` edits, each another one; the shortest of these counts.
 *
 * @param {Listed} listed
 * @param {{ runs: number }} options
 */
export function warmRow({ module }, { runs }) {
  return withNewCache(async (folder) => {
    await fetchDependencies(module, usual);
    const copy = join(folder, "module");
    cpSync(sourcesOf(module), copy, { recursive: true });
    const files = goFiles(copy);
    const path = module.replace(/@.*/, "");
    const edited = mostImported(files, path);
    if (edited === undefined) throw new Error(`${module}: no function to edit`);
    const scan = () => capdiff(["scan", copy, "--deps", "all", "--format", "json"], join(folder, "cache"));
    const first = await scan();
    const unchanged = await scan();
    const places = execPlaces(unchanged.stdout, importPath(edited.name, path));
    const after = [];
    let shown = 0;
    for (let i = 0; i < runs; i++) {
      writeFileSync(join(copy, edited.name), withCommand(edited.text, String(i)) ?? "");
      const run = await scan();
      after.push(run);
      if (execPlaces(run.stdout, importPath(edited.name, path)) === places + 1) shown++;
    }
    const lines = files.reduce((sum, { text }) => sum + text.split("\n").length - 1, 0);
    return [
      words(module),
      figure(lines, count),
      words(edited.name),
      figure(shown / runs, (share) => (share === 1 ? "shown" : "missed"), { atLeast: 1 }),
      figure(first.seconds, seconds),
      figure(unchanged.seconds, seconds),
      figure(Math.min(...after.map((run) => run.seconds)), seconds, lines > 50_000 ? {} : { atMost: 1 }),
      figure(Math.max(...after.map(({ peakMegabytes }) => peakMegabytes)), megabytes),
    ];
  });
}

/**
 * Without tests.
 *
 * @param {string} folder
 */
function goFiles(folder) {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => name.endsWith(".go") && !name.endsWith("_test.go"))
    .sort()
    .map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }));
}

/**
 * How many places of a package use EXEC directly, by a report.
 *
 * @param {string} json
 * @param {string} path
 */
function execPlaces(json, path) {
  const { capabilities } = /** @type {import("@capdiff/analyzer").Report} */ (JSON.parse(json));
  return capabilities?.find((row) => row.package === path && row.capability === "EXEC")?.sites ?? 0;
}

/** A change shows at once: everything cached, then one function runs a program. */
import { join } from "node:path";
import { shortest } from "../measure.mjs";
import { editableCopy } from "../modules/editable.mjs";
import { usual } from "../modules/ports.mjs";
import { capdiff, fetchDependencies, withNewCache } from "../modules/workshop.mjs";
import { count, figure, megabytes, seconds, words } from "../tables/table.mjs";

/** @typedef {import("../tables/benchmark.mjs").Listed} Listed */

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
    const copy = editableCopy(module, folder);
    const scan = () =>
      capdiff(["scan", copy.path, "--deps", "all", "--format", "json"], join(folder, "cache"));
    const first = await scan();
    const unchanged = await scan();
    const places = copy.execPlaces(unchanged.stdout);
    const after = [];
    let shown = 0;
    for (let i = 0; i < runs; i++) {
      copy.edit(String(i));
      const run = await scan();
      after.push(run);
      if (copy.execPlaces(run.stdout) === places + 1) shown++;
    }
    return [
      words(module),
      figure(copy.lines, count),
      words(copy.edited),
      figure(shown / runs, (share) => (share === 1 ? "shown" : "missed"), { atLeast: 1 }),
      figure(first.seconds, seconds),
      figure(unchanged.seconds, seconds),
      figure(shortest(after), seconds, copy.lines > 50_000 ? {} : { atMost: 1 }),
      figure(Math.max(...after.map(({ peakMegabytes }) => peakMegabytes)), megabytes),
    ];
  });
}

/** Paths that names alone tell: how many pairs have one, and whether each of its steps is a call. */
import { createReadStream, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { portFlags, usual } from "../modules/ports.mjs";
import { askOracle, capdiff, fetchDependencies, withNewCache } from "../modules/workshop.mjs";
import { someOf } from "../tables/benchmark.mjs";
import { share } from "../tables/sets.mjs";
import { count, figure, percentDown, words } from "../tables/table.mjs";
import { withoutTypeArguments } from "./infos.mjs";
import { sample } from "./sample.mjs";

/** @typedef {import("@capdiff/analyzer").CapabilityRow} CapabilityRow */
/** @typedef {import("../tables/benchmark.mjs").Listed} Listed */

export const witnessColumns = [
  { title: "module", width: 39 },
  { title: "packages" },
  { title: "static", width: 11 },
  { title: "functions" },
  { title: "static", width: 11 },
  { title: "witnesses" },
  { title: "steps" },
  { title: "found", width: 11 },
];

/**
 * The calls of a path that names alone tell, as lines for `oracle static`. A use that calls nothing (of a variable, of C,
 * a conversion, a declaration, a function of package unsafe, which is built in) has none.
 *
 * @param {CapabilityRow["witness"]} witness
 * @returns {string[]}
 */
export function stepLines({ steps, terminal }) {
  return steps.flatMap((step, index) => {
    const next = steps[index + 1];
    const callee = next?.function ?? (terminal.kind === "function" ? terminal.name : undefined);
    if (step.use === "import" && callee !== undefined)
      // The initialisation of a package is one function to SSA.
      return [`${step.package}\t-\t${callee.replace(/\.init[:#].*$/, ".init")}`];
    if (step.use !== "call" || callee === undefined || callee.startsWith("unsafe.")) return [];
    const place = `${step.site.file.replace(/^.*\//, "")}:${step.site.line}`;
    // SSA form numbers the closures in initialisers of package variables in one row.
    const named = withoutTypeArguments(callee).replace(/\.init:[^$]*\$\d+/, ".init$?");
    return [`${step.package}\t${place}\t${named}`];
  });
}

/**
 * @param {{ witnesses: number, seed: number, oracle: boolean, differences: number }} options witnesses: how many of a module
 *   are looked up
 * @returns {Omit<import("../tables/benchmark.mjs").Body, "rows">}
 */
export function witnessBody({ witnesses, seed, oracle, differences }) {
  return {
    make: ({ module }, note) =>
      withNewCache(async (folder) => {
        await fetchDependencies(module, usual);
        const ofPackages = await scan(module, "package", folder);
        const ofFunctions = await scan(module, "function", folder);
        // Files in no build of any release are programs of their own here, and nothing to SSA.
        const built = ofFunctions.filter(({ apart }) => apart !== true);
        const proved = sample(built.filter(isStatic), witnesses, seed);
        const steps = proved.flatMap(({ witness }) => stepLines(witness));
        const missing = oracle ? await unknownSteps(module, steps, folder) : undefined;
        for (const text of someOf("no call", missing ?? [], differences))
          note(`: ${text.replaceAll("\t", " ")}`);
        return [
          [
            words(module),
            figure(ofPackages.length, count),
            figure(staticShare(ofPackages), percentDown),
            figure(ofFunctions.length, count),
            figure(staticShare(ofFunctions), percentDown),
            figure(proved.length, count),
            figure(steps.length, count),
            missing === undefined
              ? words("-")
              : figure(share(steps.length - missing.length, steps.length), percentDown, { atLeast: 1 }),
          ],
        ];
      }),
  };
}

/** @param {CapabilityRow} row */
function isStatic({ certainty }) {
  return certainty === "static";
}

/** @param {readonly CapabilityRow[]} rows */
function staticShare(rows) {
  return share(rows.filter(isStatic).length, rows.length);
}

/**
 * The rows of a scan with our map.
 *
 * @param {string} module
 * @param {string} granularity
 * @param {string} folder the second scan finds there what the first one compiled
 */
async function scan(module, granularity, folder) {
  const output = join(folder, `${granularity}.ndjson`);
  const asked = ["--granularity", granularity, "--format", "ndjson", "--output", output];
  await capdiff(["scan", module, "--as-main", ...portFlags(usual), ...asked], folder);
  /** @type {CapabilityRow[]} */
  const rows = [];
  for await (const line of createInterface({
    input: createReadStream(output, "utf8"),
    crlfDelay: Infinity,
  })) {
    // A line of our own NDJSON.
    const { record, capability } = /** @type {{ record: string, capability: CapabilityRow }} */ (
      JSON.parse(line)
    );
    if (record === "capability") rows.push(capability);
  }
  return rows;
}

/**
 * @param {string} module
 * @param {readonly string[]} steps
 * @param {string} folder
 */
async function unknownSteps(module, steps, folder) {
  const asked = join(folder, "steps.tsv");
  writeFileSync(asked, steps.map((step) => `${step}\n`).join(""));
  const { stdout } = await askOracle(["static", ".", asked], module, usual);
  return stdout.split("\n").filter((line) => line !== "");
}

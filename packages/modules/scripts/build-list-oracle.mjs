/**
 * Holds our build lists against those of the Go command. For each module the list of `path@version` is compared
 * with what `go list -m all` prints in a copy of its sources without `replace` and `exclude`, which do not count in
 * a published module; where the go.mod has any, the copy as it stands is compared too, read as a directory.
 *
 *     node packages/modules/scripts/build-list-oracle.mjs [--cold] [--workspace] path@version...
 *
 * With --workspace the modules, as they stand, are those of one workspace, and the target is the first. Needs Go and a
 * module proxy. With --cold our side does not read Go's module cache. Exits with 1 if lists differ.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dropMainOnly, goList, sourcesOf } from "./go-command.mjs";
import { loadModules } from "./load-modules.mjs";

/** @typedef {import("../src/index.ts").Configuration} Configuration */
/** @typedef {"equal" | "DIFFERENT" | "refused" | "unavailable"} Outcome */

const modules = await loadModules();

/**
 * @param {string} target
 * @param {Configuration} configuration
 */
async function ourList(target, configuration) {
  const copy = await modules.openModule(target, { configuration });
  try {
    const options = { configuration, allowOutside: true };
    const { modules: listed, diagnostics } = await modules.buildList(copy, options);
    return { lines: listed.map(lineOf), diagnostics };
  } finally {
    await copy.close();
  }
}

/** @param {import("../src/index.ts").ListedModule} module */
function lineOf({ path, version, replacedBy }) {
  const names = [path, version, ...(replacedBy ? ["=>", replacedBy.path, replacedBy.version] : [])];
  return names.filter((name) => name !== undefined).join(" ");
}

/**
 * Prints what differs. What Go refuses to list is a refusal if we have something to say too.
 *
 * @param {string} target of ours
 * @param {{
 *   label: string,
 *   directory: string,
 *   configuration: Configuration,
 *   settings?: NodeJS.ProcessEnv,
 * }} context
 * @returns {Promise<Outcome>}
 */
async function compare(target, { label, directory, configuration, settings }) {
  const start = performance.now();
  const { lines, diagnostics } = await ourList(target, configuration);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const answer = await goList(directory, settings);
  const { refusal } = answer;
  // Of a workspace's modules Go knows no first one.
  const [first = ""] = lines;
  const list = answer.list.includes(first)
    ? [first, ...answer.list.filter((line) => line !== first)]
    : answer.list;
  const isRefused = refusal !== undefined && diagnostics.length > 0;
  const isEqual = lines.join("\n") === list.join("\n");
  const outcome = isEqual ? "equal" : isRefused ? "refused" : "DIFFERENT";
  console.log(`${outcome.padEnd(9)} ${label} (${lines.length} modules, ours ${seconds} s)`);
  if (outcome === "DIFFERENT") console.log(differences(lines, list));
  if (refusal !== undefined) console.log(`  go: ${refusal}`);
  for (const { severity, message } of diagnostics) console.log(`  ours, ${severity}: ${message}`);
  return outcome;
}

/**
 * @param {readonly string[]} ours
 * @param {readonly string[]} theirs
 */
function differences(ours, theirs) {
  const lines = [
    ...theirs.filter((line) => !ours.includes(line)).map((line) => `  go:   ${line}`),
    ...ours.filter((line) => !theirs.includes(line)).map((line) => `  ours: ${line}`),
  ];
  return lines.join("\n") || "  the order differs";
}

/**
 * @param {string} target
 * @param {Configuration} configuration
 * @returns {Promise<Outcome[]>}
 */
async function compareModule(target, configuration) {
  const directory = await mkdtemp(join(tmpdir(), "capdiff-build-list-"));
  try {
    const whole = await sourcesOf(target, join(directory, "whole"));
    const published = await sourcesOf(target, join(directory, "published"));
    const hasMainOnly = await dropMainOnly(published);
    const outcomes = [await compare(target, { label: target, directory: published, configuration })];
    if (hasMainOnly) {
      const label = `${target} as main module`;
      outcomes.push(await compare(whole, { label, directory: whole, configuration }));
    }
    return outcomes;
  } catch (error) {
    console.log(`unavailable ${target}: ${String(error)}`);
    return ["unavailable"];
  } finally {
    await rm(directory, { recursive: true });
  }
}

/**
 * @param {readonly string[]} targets
 * @param {Configuration} configuration
 * @returns {Promise<Outcome>}
 */
async function compareWorkspace(targets, configuration) {
  const directory = await mkdtemp(join(tmpdir(), "capdiff-build-list-"));
  try {
    const names = targets.map((_, index) => `m${index}`);
    for (const [index, target] of targets.entries()) await sourcesOf(target, join(directory, `m${index}`));
    await writeFile(
      join(directory, "go.work"),
      `go 1.26.0\n${names.map((name) => `use ./${name}\n`).join("")}`,
    );
    const target = join(directory, "m0");
    const settings = { GOWORK: "", GOFLAGS: "" };
    return await compare(target, {
      label: `workspace of ${targets.join(", ")}`,
      directory: target,
      configuration,
      settings,
    });
  } finally {
    await rm(directory, { recursive: true });
  }
}

const cache = await mkdtemp(join(tmpdir(), "capdiff-build-list-"));
const isCold = process.argv.includes("--cold");
const configuration = await modules.loadConfiguration({
  env: process.env,
  flags: { cacheDir: join(cache, "ours"), gomodcache: isCold ? join(cache, "none") : undefined },
});
/** @type {Outcome[]} */
const outcomes = [];
const targets = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
if (process.argv.includes("--workspace")) outcomes.push(await compareWorkspace(targets, configuration));
else for (const target of targets) outcomes.push(...(await compareModule(target, configuration)));
await rm(cache, { recursive: true });
const count = (/** @type {Outcome} */ outcome) => outcomes.filter((one) => one === outcome).length;
console.log(`${count("equal")} equal, ${count("DIFFERENT")} different, ${count("refused")} refused by both`);
if (count("DIFFERENT") > 0) process.exitCode = 1;

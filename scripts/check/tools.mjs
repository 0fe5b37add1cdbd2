/** The checks that other people's tools make. Each also counts the files that its tool saw. */
import { relative } from "node:path";
import { readJson, repositoryFiles, root, runTool } from "../workspace.mjs";

/** @typedef {import("./checks.mjs").Outcome} Outcome */

/**
 * Builds the types of every project; every TypeScript file must belong to one.
 *
 * @returns {Outcome}
 */
export function types() {
  const built = runTool("tsc", ["-b"]);
  const config = /** @type {{ references: { path: string }[] }} */ (readJson("tsconfig.json"));
  const listed = config.references.map(({ path }) => runTool("tsc", ["-p", path, "--listFilesOnly"]));
  const seen = new Set(
    listed.flatMap(({ stdout }) => stdout.split("\n")).map((path) => relative(root, path)),
  );
  const sources = repositoryFiles().filter((path) => /\.[cm]?ts$/.test(path) && !isSample(path));
  return {
    covered: sources.filter((path) => seen.has(path)).length,
    unit: "TypeScript files",
    problems: [
      ...(built.status === 0 ? [] : [built.output]),
      ...sources.filter((path) => !seen.has(path)).map((path) => `${path}: belongs to no tsconfig project`),
    ],
  };
}

/** @returns {Outcome} */
export function lint() {
  const { status, output } = runTool("oxlint", ["--type-aware", "--deny-warnings"]);
  return countedBy(/ on (\d+) files/, status, output);
}

/** @returns {Outcome} */
export function format() {
  const { status, output } = runTool("biome", ["ci", "--colors=off", "--max-diagnostics=20", "."]);
  return countedBy(/Checked (\d+) files/, status, output);
}

/**
 * @param {RegExp} count where the tool says how many files it read
 * @param {number} status
 * @param {string} output
 * @returns {Outcome}
 */
function countedBy(count, status, output) {
  return {
    covered: Number(count.exec(output)?.[1] ?? 0),
    unit: "files",
    problems: status === 0 ? [] : [output],
  };
}

/**
 * Whether a file is input of tests rather than code of ours.
 *
 * @param {string} path
 */
function isSample(path) {
  return path.split("/").includes("testdata");
}

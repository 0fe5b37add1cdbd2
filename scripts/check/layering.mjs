/**
 * Who may import whom. The folders of the analyzer are its pipeline, so a stage may
 * use the stages before it; the analyzer does no input or output; reporters see the
 * report alone. The order of the stages is read from ARCHITECTURE.md, so that the
 * document and the code cannot disagree.
 *
 * ts-morph (which brings its own TypeScript) reads the sources: tools that load the
 * workspace's TypeScript can find nothing and say that all is well.
 */
import { existsSync, readFileSync } from "node:fs";
import { Project } from "ts-morph";
import { inRoot, root } from "../workspace.mjs";
import { importsOf } from "./imports.mjs";
import { rules } from "./layering-rules.mjs";

/** @typedef {import("./checks.mjs").Outcome} Outcome */

/** The order as long as ARCHITECTURE.md has no table of stages. */
const fallbackStages =
  "model syntax constraints declare types compile link classify reach trace diff judge".split(" ");

/** @returns {Outcome} */
export function layering() {
  const project = new Project({ skipAddingFilesFromTsConfig: true, compilerOptions: { noLib: true } });
  project.addSourceFilesAtPaths(inRoot("packages/*/src/**/*.ts"));
  const path = inRoot("ARCHITECTURE.md");
  const documented = existsSync(path) ? stagesIn(readFileSync(path, "utf8")) : [];
  if (documented.length === 0) {
    process.stdout.write(
      "NOTE    layering: ARCHITECTURE.md has no table of stages; using the list in the check\n",
    );
  }
  const stages = documented.length > 0 ? documented : fallbackStages;
  const missing = documented.filter((stage) => !existsSync(inRoot("packages/analyzer/src", stage)));
  return {
    covered: project.getSourceFiles().length,
    unit: "source files",
    problems: [
      ...missing.map((stage) => `ARCHITECTURE.md: stage \`${stage}\` has no folder in packages/analyzer/src`),
      ...violations(project, { root, stages }),
    ],
  };
}

/**
 * The stages of the first table whose first column's heading is "stage".
 *
 * @param {string} document
 * @returns {string[]} empty when there is no such table
 */
export function stagesIn(document) {
  const table = /^\|\s*stage\s*\|.*\n\|[\s|:-]+\n((?:\|.*\n?)+)/im.exec(document)?.[1] ?? "";
  return [...table.matchAll(/^\|\s*`([\w-]+)\/?`/gm)].map((row) => row[1] ?? "");
}

/**
 * Every broken rule as `file:line: what (because why)`, sorted.
 *
 * @param {Project} project holds all sources of all packages
 * @param {{ root: string, stages: readonly string[] }} layout
 * @returns {string[]}
 */
export function violations(project, layout) {
  const program = { project, stages: layout.stages, ...importsOf(project, layout.root) };
  return rules
    .flatMap(({ find, because }) => find(program).map((found) => `${found} (because ${because})`))
    .sort();
}

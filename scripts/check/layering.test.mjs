/** Plants a violation of each layering rule and sees it found. */
import { Project } from "ts-morph";
import { describe, expect, test } from "vitest";
import { stagesIn, violations } from "./layering.mjs";

const stages = ["model", "syntax", "declare", "link"];

/** A workspace that breaks no rule; a case adds to it. */
const sound = {
  "packages/analyzer/src/index.ts": `export * from "./model/report.ts"; export { link } from "./link/link.ts";`,
  "packages/analyzer/src/model/report.ts": "export interface Report {}",
  "packages/analyzer/src/syntax/tree.ts": `import "web-tree-sitter"; import "../model/report.ts";`,
  "packages/analyzer/src/declare/scope.ts": `import "../syntax/tree.ts";`,
  "packages/analyzer/src/link/link.ts": `import "../declare/scope.ts"; export function link() {}`,
  "packages/analyzer/src/pipeline/run.ts": `import "../link/link.ts"; import "../syntax/tree.ts";`,
  "packages/rules/src/index.ts": `import { link } from "@capdiff/analyzer";`,
  "packages/modules/src/index.ts": `import "node:fs"; import "yauzl";`,
  "packages/cli/src/main.ts": `import "@capdiff/rules"; import "./report/json.ts"; import "node:fs";`,
  "packages/cli/src/report/json.ts": `import type { Report } from "@capdiff/analyzer";`,
};

/** @type {readonly { plant: string, file: string, text: string, found: string }[]} */
const planted = [
  {
    plant: "a stage that imports a later one",
    file: "packages/analyzer/src/declare/scope.ts",
    text: `import { link } from "../link/link.ts";`,
    found: "declare/scope.ts:1: stage declare imports link",
  },
  {
    plant: "a type of a later stage",
    file: "packages/analyzer/src/declare/types.ts",
    text: `export type Later = import("../link/link.ts").Link;`,
    found: "declare/types.ts:1: stage declare imports link",
  },
  {
    plant: "a later stage, exported on",
    file: "packages/analyzer/src/declare/types.ts",
    text: `\n\nexport { link } from "../link/link.ts";`,
    found: "declare/types.ts:3: stage declare imports link",
  },
  {
    plant: "a stage that imports the analyzer's top level",
    file: "packages/analyzer/src/link/all.ts",
    text: `import "../index.ts";`,
    found: "link/all.ts:1: stage link imports packages/analyzer/src/index.ts",
  },
  {
    plant: "a stage that imports what puts the stages together",
    file: "packages/analyzer/src/link/all.ts",
    text: `import "../pipeline/run.ts";`,
    found: "link/all.ts:1: stage link imports packages/analyzer/src/pipeline/run.ts",
  },
  {
    plant: "a folder that is no stage",
    file: "packages/analyzer/src/utils/text.ts",
    text: "",
    found: "utils/text.ts: the folder is no stage",
  },
  {
    plant: "tree-sitter outside syntax",
    file: "packages/analyzer/src/link/parse.ts",
    text: `import { Parser } from "web-tree-sitter";`,
    found: "link/parse.ts:1: imports web-tree-sitter",
  },
  {
    plant: "tree-sitter outside the analyzer",
    file: "packages/cli/src/parse.ts",
    text: `import "web-tree-sitter";`,
    found: "cli/src/parse.ts:1: imports web-tree-sitter",
  },
  {
    plant: "input in the analyzer",
    file: "packages/analyzer/src/link/read.ts",
    text: `const fs = await import("node:fs");`,
    found: "link/read.ts:1: imports node:fs",
  },
  {
    plant: "a package in the analyzer",
    file: "packages/analyzer/src/link/read.ts",
    text: `import "@types/lodash/fp";`,
    found: "link/read.ts:1: imports @types/lodash",
  },
  {
    plant: "a platform's types in the analyzer",
    file: "packages/analyzer/src/link/read.ts",
    text: `/// <reference types="node" />\nexport {};`,
    found: "link/read.ts: /// <reference types>",
  },
  {
    plant: "rules that import another package",
    file: "packages/rules/src/rule.ts",
    text: `import "@capdiff/modules";`,
    found: "rules/src/rule.ts:1: imports @capdiff/modules",
  },
  {
    plant: "modules that import a package of ours",
    file: "packages/modules/src/zip.ts",
    text: `import type { Report } from "@capdiff/analyzer";`,
    found: "modules/src/zip.ts:1: imports @capdiff/analyzer",
  },
  {
    plant: "a path into another package",
    file: "packages/cli/src/deep.ts",
    text: `import "../../analyzer/src/link/link.ts";`,
    found: "cli/src/deep.ts:1: imports packages/analyzer/src/link/link.ts",
  },
  {
    plant: "a reporter that imports the rest of the command line",
    file: "packages/cli/src/report/text.ts",
    text: `import "../main.ts";`,
    found: "report/text.ts:1: imports packages/cli/src/main.ts",
  },
  {
    plant: "a reporter that reads files",
    file: "packages/cli/src/report/text.ts",
    text: `import "node:fs";`,
    found: "report/text.ts:1: imports node:fs",
  },
  {
    plant: "a reporter that imports the analysis",
    file: "packages/cli/src/report/text.ts",
    text: `import { link } from "@capdiff/analyzer";`,
    found: "report/text.ts:1: imports link from the analyzer",
  },
  {
    plant: "a reporter that imports what obtains modules",
    file: "packages/cli/src/report/text.ts",
    text: `import { openModule } from "@capdiff/modules";`,
    found: "report/text.ts:1: imports openModule from the modules",
  },
  {
    plant: "a cycle",
    file: "packages/analyzer/src/model/report.ts",
    text: `import "../syntax/tree.ts"; export interface Report {}`,
    found: "model/report.ts -> packages/analyzer/src/syntax/tree.ts: a cycle",
  },
  {
    plant: "a file that imports itself",
    file: "packages/cli/src/main.ts",
    text: `import "./main.ts";`,
    found: "packages/cli/src/main.ts: a cycle",
  },
];

describe("layering", () => {
  test("a sound workspace breaks no rule", () => {
    expect(check({})).toEqual([]);
  });

  test.each(planted)("finds $plant", ({ file, text, found }) => {
    expect(check({ [file]: text }).join("\n")).toContain(found);
  });

  test("says so when no reporter is seen", () => {
    expect(check({}, (path) => !path.includes("/report/")).join("\n")).toContain("no reporters seen");
  });

  test("reads the order of the stages from a table", () => {
    const table =
      "# A\n\n| Stage | in |\n| --- | --- |\n| `model` | |\n| `syntax/` | bytes |\n\n| `other` | |\n";
    expect(stagesIn(table)).toEqual(["model", "syntax"]);
    expect(stagesIn("no table")).toEqual([]);
  });
});

/**
 * @param {Readonly<Record<string, string>>} added
 * @param {(path: string) => boolean} [keep]
 * @returns {string[]}
 */
function check(added, keep = () => true) {
  const project = new Project({ useInMemoryFileSystem: true, compilerOptions: { noLib: true } });
  const files = Object.entries({ ...sound, ...added }).filter(([path]) => keep(path));
  for (const [path, text] of files) project.createSourceFile(`/w/${path}`, text);
  return violations(project, { root: "/w", stages });
}

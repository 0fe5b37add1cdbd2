/** The rules of layering: what each forbids, and why. */
import { cycles } from "./cycles.mjs";

/**
 * @typedef {import("./imports.mjs").Import} Import
 * @typedef {import("./imports.mjs").Imports & {
 *   project: import("ts-morph").Project, stages: readonly string[],
 * }} Program
 * @typedef {{ find: (program: Program) => string[], because: string }} Rule
 */

const analyzer = "packages/analyzer/src/";
/** The folder of the reporters, and the files in it that make or read a report rather than show it. */
const reports = /^packages\/cli\/src\/report(?:ers)?\//;
const makers = /\/(?:build|read)\.ts$/;

/** @type {readonly Rule[]} */
export const rules = [
  {
    find: ({ files, stages }) =>
      files
        .filter((file) => stageOf(file) !== "" && !stages.includes(stageOf(file)))
        .map((file) => `${file}: the folder is no stage`),
    because: "the folder list is the pipeline",
  },
  {
    find: ({ imports, stages }) =>
      imports
        .filter(
          ({ from, to, internal }) => internal && stages.includes(stageOf(from)) && to.startsWith(analyzer),
        )
        .filter(({ from, to }) => !stages.slice(0, stages.indexOf(stageOf(from)) + 1).includes(stageOf(to)))
        .map(
          ({ from, to, at }) => `${at}: stage ${stageOf(from)} imports ${stageOf(to) || to}, which is later`,
        ),
    because: "a stage builds on the model and on earlier stages only",
  },
  {
    find: forbid(
      ({ from, to }) =>
        from.startsWith("packages/") && stageOf(from) !== "syntax" && to === "web-tree-sitter",
    ),
    because: "whatever fills the flat tree can be replaced when one folder knows it",
  },
  {
    find: forbid(
      ({ from, to, internal }) => from.startsWith(analyzer) && !internal && to !== "web-tree-sitter",
    ),
    because: "the analyzer does no input or output: bytes in, plain data out",
  },
  {
    find: ({ project }) =>
      project
        .getSourceFiles(`**/${analyzer}**`)
        .filter((source) => source.getTypeReferenceDirectives().length > 0)
        .map((source) => `${source.getFilePath()}: /// <reference types> brings in a platform`),
    because: "the compiler holds the analyzer to no input or output by giving it no platform types",
  },
  {
    find: forbid(
      ({ from, to, internal }) =>
        from.startsWith("packages/rules/") && !internal && to !== "@capdiff/analyzer",
    ),
    because: "rules are data and predicates over the analyzer's model",
  },
  {
    find: forbid(({ from, to, internal }) => from.startsWith("packages/modules/") && !internal && isOurs(to)),
    because: "who obtains modules need not know what is asked of them",
  },
  {
    find: forbid(({ from, to, internal }) => internal && packageOf(from) !== packageOf(to)),
    because: "packages meet at their index, by name",
  },
  {
    find: forbid((found) => isReporter(found.from) && !isForReporters(found)),
    because: "every output format is a function of the report alone",
  },
  {
    find: ({ files }) =>
      files.some((file) => file.startsWith("packages/cli/")) && !files.some(isReporter)
        ? ["packages/cli/src: no reporters seen, so nothing holds them to the report"]
        : [],
    because: "a rule that matches no file would pass whatever the code does",
  },
  {
    find: notOfTheModel,
    because: "reporters see the report model only, so that a saved report can be rendered later",
  },
  {
    find: ({ files, imports }) => cycles(files, imports).map((cycle) => `${cycle.join(" -> ")}: a cycle`),
    because: "files that need each other cannot be read one at a time",
  },
];

/**
 * A rule about one import at a time.
 *
 * @param {(found: Import) => boolean} isForbidden
 * @returns {Rule["find"]}
 */
function forbid(isForbidden) {
  return ({ imports }) =>
    imports.filter((found) => isForbidden(found)).map(({ at, to }) => `${at}: imports ${to}`);
}

/**
 * Names that a reporter takes from the analyzer or from modules although they are not of their models.
 *
 * @param {Program} program
 */
function notOfTheModel({ project, imports }) {
  const known = new Set(models.flatMap((model) => namesOfModel(project, model)));
  return imports
    .filter(({ from, to }) => isReporter(from) && models.some(({ name }) => name === to))
    .flatMap(({ at, to, names }) => names.map((name) => ({ at, to, name })))
    .filter(({ to, name }) => !known.has(`${to} ${name}`))
    .map(({ at, to, name }) => `${at}: imports ${name} from ${shortName(to)}, which is not of its model`);
}

/** The plain data that reports are made of, by package. */
const models = [
  { name: "@capdiff/analyzer", index: `${analyzer}index.ts`, place: `${analyzer}model/` },
  {
    name: "@capdiff/modules",
    index: "packages/modules/src/index.ts",
    place: "packages/modules/src/provenance/model.ts",
  },
];

/** @param {string} name */
function shortName(name) {
  return `the ${name.replace("@capdiff/", "")}`;
}

/**
 * Names of a package's model, with the package in front.
 *
 * @param {Program["project"]} project
 * @param {(typeof models)[number]} model
 * @returns {string[]}
 */
function namesOfModel(project, { name, index, place }) {
  const source = project.getSourceFile((file) => file.getFilePath().endsWith(index));
  const exported = [...(source?.getExportedDeclarations() ?? [])];
  const isOfModel = (/** @type {import("ts-morph").ExportedDeclarations} */ declaration) =>
    declaration.getSourceFile().getFilePath().includes(place);
  return exported
    .filter(([, declarations]) => declarations.some(isOfModel))
    .map(([exportedName]) => `${name} ${exportedName}`);
}

/** @param {string} path */
function isReporter(path) {
  return reports.test(path) && !makers.test(path);
}

/**
 * Whether a reporter may import a file or package.
 *
 * @param {Import} found
 */
function isForReporters({ to, internal }) {
  if (internal) return reports.test(to) || to === "packages/cli/src/catalogue.ts";
  return !to.startsWith("node:") && (!isOurs(to) || models.some(({ name }) => name === to));
}

/**
 * @param {string} path
 * @returns {string} empty for what puts the stages together (the analyzer's top level and
 * its `pipeline` folder), and outside the analyzer
 */
function stageOf(path) {
  if (!path.startsWith(analyzer)) return "";
  const [stage = "", ...rest] = path.slice(analyzer.length).split("/");
  return rest.length > 0 && stage !== "pipeline" ? stage : "";
}

/** @param {string} path */
function packageOf(path) {
  return path.split("/").slice(0, 2).join("/");
}

/** @param {string} name */
function isOurs(name) {
  return name.startsWith("@capdiff/") || name === "capdiff";
}

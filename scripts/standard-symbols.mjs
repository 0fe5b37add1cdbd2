/**
 * Writes packages/rules/data/symbols.json: the exported functions, types and variables
 * of the standard library and of golang.org/x/sys and x/net, in all builds, as our own
 * analyzer reads them from the sources. Constants are left out: they are what is left.
 *
 *     node scripts/standard-symbols.mjs GOROOT/src X_SYS_DIR X_NET_DIR
 */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { loadAnalyzer, readWasm } from "./analyzer.mjs";
import { inRoot } from "./workspace.mjs";

const output = inRoot("packages/rules/data/symbols.json");

/**
 * Go files that other code can import, as the analyzer takes them.
 *
 * @param {string} directory
 */
async function sourceFiles(directory) {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(".go") && !entry.name.endsWith("_test.go"))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path, name: relative(directory, path) }))
    .filter(({ name }) => !/(^|\/)(internal|vendor|cmd|testdata)\//.test(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ path, name }) => ({ name, size: 1, sha256: "", read: () => readFile(path) }));
}

const exported = /^\p{Lu}/u;

/**
 * Exported names of a package by kind, sorted and blank separated.
 *
 * @param {import("@capdiff/analyzer").ModuleAnalysis["program"]["packages"][number]} pkg
 */
function symbolsOf(pkg) {
  const functions = pkg.functions
    .filter((fn) => fn.kind === "function")
    .map((fn) => fn.id.slice(pkg.path.length + 1));
  /** @param {string} kind */
  const named = (kind) => pkg.names.filter((name) => name.kind === kind).map((name) => name.name);
  /** @param {string[]} names */
  const list = (names) => [...new Set(names.filter((name) => exported.test(name)))].sort().join(" ");
  return { functions: list(functions), types: list(named("type")), variables: list(named("variable")) };
}

const analyzer = await loadAnalyzer();
const parser = await analyzer.createParser(await readWasm());
const capabilityMap = {
  version: "none",
  decision: () => [],
  statedDecision: () => undefined,
  decidesPackage: () => true,
  isPartial: false,
  isNamed: () => false,
  ignoresEdge: () => false,
  lines: [],
  diagnostics: [],
  kindOf: () => undefined,
  isStandard: () => true,
  packageName: () => undefined,
  weight: () => 0,
};

const [goroot, sys, net] = process.argv.slice(2);
if (goroot === undefined || sys === undefined || net === undefined) {
  process.stderr.write("usage: node scripts/standard-symbols.mjs GOROOT/src X_SYS_DIR X_NET_DIR\n");
  process.exit(2);
}
const modules = [
  { directory: goroot, modulePath: "std" },
  { directory: sys, modulePath: "golang.org/x/sys" },
  { directory: net, modulePath: "golang.org/x/net" },
];
/** @type {Record<string, { name: string, functions: string, types: string, variables: string }>} */
const packages = {};
for (const { directory, modulePath } of modules) {
  const files = await sourceFiles(directory);
  const builds = analyzer.createBuilds();
  const analysis = await analyzer.analyzeModule(
    { modulePath, files, goMod: [] },
    { parser, capabilityMap, builds, tests: false },
  );
  for (const pkg of analysis.program.packages) {
    if (pkg.apart || pkg.name === "main") continue;
    const path = pkg.path.replace(/^std\//, "");
    packages[path] = { name: pkg.name, ...symbolsOf(pkg) };
  }
}
const sorted = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)));
await writeFile(output, `${JSON.stringify(sorted, undefined, 1)}\n`);
process.stderr.write(`${Object.keys(sorted).length} packages written\n`);

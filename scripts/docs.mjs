/**
 * `node scripts/docs.mjs [--check]`: writes what is generated of the documents: the pages
 * under docs/reference, and the output in every block ```console of the other documents.
 * With --check it writes nothing, lists the files that differ, and exits with 1 if any does.
 * With --capslock VERSION (or a path that has @VERSION in it) it reads Capslock's map from Go's
 * module cache (or from there), and not from what the page about it says: after
 * `go mod download github.com/google/capslock@v0.3.2`, --capslock v0.3.2.
 */
import "./setup.mjs";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { capabilitiesPage } from "./docs/capabilities.mjs";
import { capslockPage, peerOfMap, peerOfPage } from "./docs/capslock.mjs";
import { commandsPage } from "./docs/commands.mjs";
import { findingsPage } from "./docs/findings.mjs";
import { mapPage } from "./docs/map.mjs";
import { reportPage } from "./docs/report.mjs";
import { rulesPage } from "./docs/rules.mjs";
import { replay } from "./docs/samples.mjs";
import { loadFindings, loadRules } from "./docs/sources.mjs";
import { asScript, inRoot, readJson, repositoryFiles, ScriptError } from "./workspace.mjs";

/** @typedef {{ path: string, text: string }} Page */

const generated = "docs/reference/";

await asScript(async () => {
  const { values } = parseArgs({
    options: { check: { type: "boolean", default: false }, capslock: { type: "string" } },
  });
  const pages = [...(await referencePages(values.capslock)), ...documentsWithSamples()];
  const stale = pages.filter(({ path, text }) => read(path) !== text);
  if (!values.check) {
    for (const page of stale) write(page);
    return;
  }
  const wanted = new Set(pages.map(({ path }) => path));
  const orphans = readdirSync(inRoot(generated)).filter((name) => !wanted.has(generated + name));
  const problems = [
    ...stale.map(({ path }) => `${path}: not up to date`),
    ...orphans.map((name) => `${generated}${name}: nothing generates it`),
  ];
  if (problems.length > 0) throw new ScriptError([...problems, "Run node scripts/docs.mjs"].join("\n"));
});

/**
 * @param {string | undefined} capslock where its map is read from
 * @returns {Promise<Page[]>}
 */
async function referencePages(capslock) {
  const rules = await loadRules();
  return [
    { path: `${generated}commands.md`, text: commandsPage() },
    { path: `${generated}report.md`, text: reportPage() },
    { path: `${generated}findings.md`, text: findingsPage(await loadFindings()) },
    { path: `${generated}capabilities.md`, text: capabilitiesPage(rules) },
    { path: `${generated}map.md`, text: mapPage(rules.builtInEntries) },
    { path: `${generated}rules.md`, text: rulesPage(rules.rules) },
    besideCapslock(rules, capslock),
  ];
}

/**
 * @param {import("./docs/sources.mjs").Rules} rules
 * @param {string | undefined} from
 * @returns {Page}
 */
function besideCapslock(rules, from) {
  const path = `${generated}capslock.md`;
  const symbols = /** @type {import("./docs/capslock.mjs").Symbols} */ (
    readJson("packages/rules/data/symbols.json")
  );
  const reasons = /** @type {import("./docs/capslock.mjs").Reasons} */ (
    readJson("packages/rules/data/capslock.json")
  );
  const peer =
    from === undefined
      ? peerOfPage(read(path) ?? "")
      : peerOfMap(...capslockMap(from, (version) => ({ version, rules, symbols })));
  return { path, text: capslockPage(peer, { rules, symbols, reasons }) };
}

/**
 * @template T
 * @param {string} from a version in Go's module cache, or a path
 * @param {(version: string) => T} known
 * @returns {[string, T]} the text of the map, and what `known` makes of its version
 */
function capslockMap(from, known) {
  const { GOMODCACHE: cache, GOPATH: gopath = join(homedir(), "go") } = process.env;
  const modules = cache ?? join(gopath.split(delimiter)[0] ?? "", "pkg", "mod");
  const inCache = join(modules, `github.com/google/capslock@${from}`, "interesting", "interesting.cm");
  const file = /^v[\d.]+$/.test(from) ? inCache : from;
  const version = /@(v\d[\w.-]*)/.exec(file)?.[1];
  if (version === undefined) throw new ScriptError(`--capslock ${from}: which version is that?`);
  return [readFileSync(file, "utf8"), known(version)];
}

/** @returns {Page[]} */
function documentsWithSamples() {
  return repositoryFiles()
    .filter((path) => /^(?:[^/]+|docs\/(?!reference\/).+)\.md$/.test(path))
    .map((path) => ({ path, text: replay(read(path) ?? "") }));
}

/**
 * @param {string} path
 * @returns {string | undefined}
 */
function read(path) {
  try {
    return readFileSync(inRoot(path), "utf8");
  } catch {
    return undefined;
  }
}

/** @param {Page} page */
function write({ path, text }) {
  mkdirSync(dirname(inRoot(path)), { recursive: true });
  writeFileSync(inRoot(path), text);
  process.stdout.write(`${path} written\n`);
}

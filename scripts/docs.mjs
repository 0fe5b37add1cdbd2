/**
 * `node scripts/docs.mjs [--check]`: writes what is generated of the documents: the pages
 * under docs/reference, and the output in every block ```console of the other documents.
 * With --check it writes nothing, lists the files that differ, and exits with 1 if any does.
 */
import "./setup.mjs";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import { capabilitiesPage } from "./docs/capabilities.mjs";
import { commandsPage } from "./docs/commands.mjs";
import { findingsPage } from "./docs/findings.mjs";
import { mapPage } from "./docs/map.mjs";
import { reportPage } from "./docs/report.mjs";
import { replay } from "./docs/samples.mjs";
import { loadFindings, loadRules } from "./docs/sources.mjs";
import { asScript, inRoot, repositoryFiles, ScriptError } from "./workspace.mjs";

/** @typedef {{ path: string, text: string }} Page */

const generated = "docs/reference/";

await asScript(async () => {
  const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });
  const pages = [...(await referencePages()), ...documentsWithSamples()];
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

/** @returns {Promise<Page[]>} */
async function referencePages() {
  const rules = await loadRules();
  return [
    { path: `${generated}commands.md`, text: commandsPage() },
    { path: `${generated}report.md`, text: reportPage() },
    { path: `${generated}findings.md`, text: findingsPage(await loadFindings()) },
    { path: `${generated}capabilities.md`, text: capabilitiesPage(rules) },
    { path: `${generated}map.md`, text: mapPage(rules.builtInEntries) },
  ];
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

/**
 * Each invariant in ARCHITECTURE.md names the test that holds it:
 *
 *     - **The analyzer does no I/O.** Its types are ... (test: `scripts/check/layering.test.mjs`)
 *     - **...** ... (test: `packages/cli/test/x.test.ts`, "the title of a test")
 *
 * What follows `test:` may be several, separated by `;`.
 */
import { existsSync, readFileSync } from "node:fs";
import { inRoot } from "../workspace.mjs";

/** @returns {import("./checks.mjs").Outcome} */
export function invariants() {
  const path = "ARCHITECTURE.md";
  if (!existsSync(inRoot(path))) return { covered: 0, unit: "invariants", problems: [`${path}: missing`] };
  const items = invariantsIn(readFileSync(inRoot(path), "utf8"));
  return {
    covered: items.length,
    unit: "invariants",
    problems: items.flatMap((item) => problemsOf(item).map((problem) => `${path}: ${problem}`)),
  };
}

/**
 * The bullets of the section whose heading has the word "invariants", each on one line.
 *
 * @param {string} document
 * @returns {string[]}
 */
export function invariantsIn(document) {
  const section =
    /^(#+)[^\n]*\binvariants\b[^\n]*\n([\s\S]*?)(?=^#{1,6} |(?![\s\S]))/im.exec(document)?.[2] ?? "";
  return section
    .split(/^[-*] /m)
    .slice(1)
    .map((item) => item.split(/\n\s*\n/)[0] ?? "")
    .map((item) => item.replace(/\s+/g, " ").trim());
}

/**
 * @param {string} item
 * @returns {string[]}
 */
export function problemsOf(item) {
  const title = /\*\*(.+?)\*\*/.exec(item)?.[1] ?? item.slice(0, 60);
  const tests = /\(tests?: (.+)\)/.exec(item)?.[1]?.split(";") ?? [];
  if (tests.length === 0) return [`"${title}" names no test`];
  return tests.flatMap((test) => {
    const problem = problemOfTest(test);
    return problem === undefined ? [] : [`"${title}" names ${problem}`];
  });
}

/**
 * @param {string} test a path in backquotes, then perhaps a title in double quotes
 * @returns {string | undefined}
 */
function problemOfTest(test) {
  const path = /`([^`]+)`/.exec(test)?.[1];
  const title = /"([^"]+)"/.exec(test)?.[1];
  if (path === undefined) return `${test.trim()}, which is no path in backquotes`;
  if (!existsSync(inRoot(path))) return `${path}, which does not exist`;
  if (title === undefined || readFileSync(inRoot(path), "utf8").includes(title)) return undefined;
  return `"${title}" in ${path}, which has no such test`;
}

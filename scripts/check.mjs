/**
 * `npm run check [-- NAME...] [--results FILE]`: runs the named checks, or all of
 * them, one after the other. A line each; what went wrong below it. A check that saw
 * nothing has failed.
 *
 * --results writes `{ passed, failed }` to a file, for .ci/run.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { checks } from "./check/checks.mjs";
import { asScript, ScriptError } from "./workspace.mjs";

/** @typedef {import("./check/checks.mjs").Check} Check */

await asScript(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { results: { type: "string" } },
  });
  const chosen = select(positionals);
  let failed = 0;
  for (const check of chosen) {
    if (!(await passes(check))) failed++;
  }
  const counts = { passed: chosen.length - failed, failed };
  process.stdout.write(`${counts.passed} checks passed, ${failed} failed\n`);
  if (values.results !== undefined) writeFileSync(values.results, JSON.stringify(counts));
  if (failed > 0) process.exitCode = 1;
});

/**
 * @param {readonly string[]} names
 * @returns {readonly Check[]}
 */
function select(names) {
  const unknown = names.find((name) => !checks.some((check) => check.name === name));
  if (unknown !== undefined) {
    throw new ScriptError(`no check "${unknown}"; there are: ${checks.map(({ name }) => name).join(", ")}`);
  }
  return names.length === 0 ? checks : checks.filter(({ name }) => names.includes(name));
}

/** @param {Check} check */
async function passes({ name, run }) {
  const start = performance.now();
  const { covered, unit, problems } = await run();
  const all = covered > 0 ? problems : [...problems, `saw no ${unit}: a check of nothing proves nothing`];
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const word = all.length === 0 ? "ok    " : "FAILED";
  process.stdout.write(`${word}  ${name.padEnd(11)} ${covered} ${unit} (${seconds} s)\n`);
  for (const problem of all) process.stdout.write(`${problem.trimEnd().replace(/^/gm, "    ")}\n`);
  return all.length === 0;
}

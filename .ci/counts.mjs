/**
 * counts.mjs FILE STATUS: prints `PASSED FAILED` from the results that a run wrote:
 * vitest's JSON report, or the `{ passed, failed }` of the checks. A run that wrote
 * nothing, ran nothing, or ended badly without saying what failed counts one failure.
 */
import { existsSync, readFileSync } from "node:fs";

const [file = "", status = "1"] = process.argv.slice(2);
/** @typedef {{ numPassedTests?: number, numFailedTests?: number, passed?: number, failed?: number }} Results */

const results = existsSync(file) ? /** @type {Results} */ (JSON.parse(readFileSync(file, "utf8"))) : {};
const passed = results.numPassedTests ?? results.passed ?? 0;
const counted = results.numFailedTests ?? results.failed ?? 0;
const unsaid = passed + counted === 0 || (status !== "0" && counted === 0);
process.stdout.write(`${passed} ${counted + (unsaid ? 1 : 0)}\n`);

/** What capdiff said of pairs and modules, kept so that an interrupted run goes on where it was. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inRoot } from "../../workspace.mjs";
import { measure } from "../measure.mjs";

/**
 * @typedef {object} Alert
 * @property {"block" | "review" | "inform"} tier
 * @property {string} rule
 * @property {string} message
 * @property {string} at
 */

/**
 * @typedef {object} Result
 * @property {string} program which capdiff said it
 * @property {string} failed why there is no report; empty if there is one
 * @property {number} seconds
 * @property {number} userSeconds
 * @property {number} peakMegabytes
 * @property {boolean} incomplete
 * @property {readonly string[]} gained each (package, capability), with a blank between
 * @property {number} gainedByModule capabilities that no package had
 * @property {readonly Alert[]} alerts the worst first
 */

/** @typedef {Pick<import("@capdiff/analyzer").Report, "changes" | "findings" | "diagnostics">} Report */

const program = inRoot("packages/cli/bin/capdiff.js");

/**
 * Which capdiff there is: what says other things has another one.
 *
 * @returns {string}
 */
export function programDigest() {
  const hash = createHash("sha256");
  for (const folder of ["packages/cli/dist", "packages/cli/data"].map((name) => inRoot(name)))
    for (const name of readdirSync(folder)
      .filter((one) => /\.(js|facts)$/.test(one))
      .sort())
      hash.update(`${name}\n`).update(readFileSync(join(folder, name)));
  return hash.digest("hex").slice(0, 16);
}

/**
 * Runs capdiff, unless this one said it already.
 *
 * @param {readonly string[]} command `diff` or `scan`, and its targets
 * @param {{ folder: string, digest: string }} kept
 * @returns {Promise<Result>}
 */
export async function resultOf(command, { folder, digest }) {
  mkdirSync(folder, { recursive: true });
  const name = command.join(" ").replace(/[^\w.@-]+/g, "_");
  const file = join(folder, `${name}.json`);
  const known = existsSync(file) ? /** @type {Result} */ (JSON.parse(readFileSync(file, "utf8"))) : undefined;
  if (known?.program === digest) return known;
  const output = join(folder, `${name}.report`);
  const flags = ["--format", "json", "--output", output, "--quiet", "--jobs", "1"];
  const { status, stderr, seconds, userSeconds, peakMegabytes } = await measure([
    program,
    ...command,
    ...flags,
  ]);
  const failed = status === 0 ? "" : `${status}: ${stderr.trim().slice(0, 300)}`;
  /** @type {Partial<Report>} */
  const report = failed === "" ? /** @type {Report} */ (JSON.parse(readFileSync(output, "utf8"))) : {};
  rmSync(output, { force: true });
  const result = { program: digest, failed, seconds, userSeconds, peakMegabytes, ...summary(report) };
  writeFileSync(file, JSON.stringify(result));
  return result;
}

/**
 * @param {Partial<Report>} report
 * @returns {Pick<Result, "incomplete" | "gained" | "gainedByModule" | "alerts">}
 */
export function summary({ changes = [], findings = [], diagnostics = [] }) {
  const gains = changes.flatMap((change) =>
    change.kind === "capability" && change.change === "added" ? [change] : [],
  );
  return {
    incomplete: diagnostics.some(({ incomplete }) => incomplete),
    gained: [...new Set(gains.map((gain) => `${gain.package} ${gain.capability}`))].sort(),
    gainedByModule: new Set(gains.filter((gain) => gain.newToModule).map((gain) => gain.capability)).size,
    alerts: findings.map(({ tier, rule, message, locations: [first] }) => ({
      tier,
      rule,
      message,
      at: first === undefined ? "" : `${first.position.file}:${first.position.line}`,
    })),
  };
}

/**
 * Runs work on all of a list, so many at once; the results are in the order of the list. Says on stderr how far it is.
 *
 * @template T, R
 * @param {readonly T[]} list
 * @param {{ jobs: number, work: (one: T) => Promise<R>, says: (one: T, result: R) => string }} options
 * @returns {Promise<R[]>}
 */
export async function workOff(list, { jobs, work, says }) {
  /** @type {R[]} */
  const results = [];
  let [next, done] = [0, 0];
  const worker = async () => {
    for (let index = next++; index < list.length; index = next++) {
      const one = /** @type {T} */ (list[index]);
      const result = await work(one);
      results[index] = result;
      process.stderr.write(`  ${++done}/${list.length} ${says(one, result)}\n`);
    }
  };
  await Promise.all(Array.from({ length: Math.min(jobs, list.length) }, worker));
  return results;
}

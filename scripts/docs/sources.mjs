/** What the generated pages are made from: the rules as data, and the command line as it runs. */
import { delimiter, dirname } from "node:path";
import { build } from "esbuild";
import { inRoot, run } from "../workspace.mjs";

/** @typedef {typeof import("@capdiff/rules")} Rules */

/**
 * The rules, bundled from their sources.
 *
 * @returns {Promise<Rules>}
 */
export async function loadRules() {
  return /** @type {Promise<Rules>} */ (bundled("packages/rules/src/index.ts"));
}

/**
 * What is known of provenance findings.
 *
 * @returns {Promise<Readonly<Record<string, import("@capdiff/modules").FindingInfo>>>}
 */
export async function loadFindings() {
  const { PROVENANCE_FINDINGS } = /** @type {typeof import("@capdiff/modules")} */ (
    await bundled("packages/modules/src/provenance/findings.ts")
  );
  return PROVENANCE_FINDINGS;
}

/**
 * A module that needs no platform.
 *
 * @param {string} entry
 * @returns {Promise<unknown>}
 */
async function bundled(entry) {
  const { outputFiles } = await build({
    entryPoints: [inRoot(entry)],
    bundle: true,
    write: false,
    platform: "neutral",
    format: "esm",
    conditions: ["capdiff-source"],
    logLevel: "error",
  });
  const code = Buffer.from(outputFiles[0]?.contents ?? []).toString("base64");
  return import(`data:text/javascript;base64,${code}`);
}

/** Settings of the reader's machine that could show in a sample. */
const forget = "unset FORCE_COLOR CAPDIFF_DEBUG GOPATH GOMODCACHE NETRC";

/**
 * Runs lines of shell in the root, where `capdiff` is the workspace's. Downloads are off.
 *
 * @param {string} lines
 * @returns {{ status: number, output: string }} output: stdout, then stderr
 */
export function runLine(lines) {
  const path = [dirname(process.execPath), inRoot("node_modules", ".bin"), process.env["PATH"] ?? ""];
  const env = { GOENV: "off", GOPROXY: "off", PATH: path.join(delimiter) };
  return run("sh", ["-c", `${forget}\n${lines}`], { env });
}

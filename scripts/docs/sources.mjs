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
  const { outputFiles } = await build({
    entryPoints: [inRoot("packages/rules/src/index.ts")],
    bundle: true,
    write: false,
    platform: "neutral",
    format: "esm",
    conditions: ["capdiff-source"],
    logLevel: "error",
  });
  const code = Buffer.from(outputFiles[0]?.contents ?? []).toString("base64");
  return /** @type {Promise<Rules>} */ (import(`data:text/javascript;base64,${code}`));
}

/** Settings of the reader's machine that could show in a sample; empty counts as not set. */
const neutral = {
  GOENV: "off",
  GOPROXY: "off",
  GOPATH: "",
  GOMODCACHE: "",
  NETRC: "",
  FORCE_COLOR: "",
  CAPDIFF_DEBUG: "",
};

/**
 * Runs a line of shell in the root, where `capdiff` is the workspace's. Downloads are off.
 *
 * @param {string} line
 * @returns {{ status: number, output: string }} output: stdout, then stderr
 */
export function runLine(line) {
  const path = [dirname(process.execPath), inRoot("node_modules", ".bin"), process.env["PATH"] ?? ""];
  return run("sh", ["-c", line], { env: { ...neutral, PATH: path.join(delimiter) } });
}

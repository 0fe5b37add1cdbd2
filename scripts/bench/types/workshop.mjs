/** What the tables work with: copies of modules, the oracle, capdiff. All of it is kept between runs. */
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { inRoot, run, ScriptError } from "../../workspace.mjs";
import { measure, time } from "../measure.mjs";
import { portFlags } from "./ports.mjs";

/** @typedef {import("./ports.mjs").Port} Port */

const folder = inRoot("node_modules/.cache/bench");
const oracle = join(folder, process.platform === "win32" ? "oracle.exe" : "oracle");
/** Go's module cache, or, where there is no Go, what takes its place. */
const withoutGo = join(folder, "modules");
const hasGo = run("go", ["version"]).status === 0;

/** Builds the oracle; false, if there is no Go. It is built for this machine, whatever it is to look at. */
export function openOracle() {
  if (!hasGo) return false;
  mkdirSync(folder, { recursive: true });
  const host = { GOOS: "", GOARCH: "", CGO_ENABLED: "", GOFLAGS: "" };
  go(["build", "-o", oracle, "."], inRoot("scripts/bench/oracle"), host);
  return true;
}

/**
 * What go/types knows, and how long it takes to say so. What the module imports is checked
 * from sources, as capdiff does; only cgo's output comes from Go's build cache.
 *
 * @param {string} module
 * @param {Port} port
 */
export async function askOracle(module, port) {
  const answer = await time(oracle, ["."], { cwd: sourcesOf(module), env: goEnvironment(port) });
  if (answer.status !== 0) throw new ScriptError(`oracle: ${module}: ${answer.stderr}`);
  return answer;
}

/**
 * Has what the module is built with downloaded, for a port and for all others, so that no run
 * waits for the network.
 *
 * @param {string} module
 * @param {Port} port
 */
export async function fetchDependencies(module, port) {
  if (!hasGo) {
    await capdiff(["inspect", "refs", module, "--as-main", "--deps", "all"], join(withoutGo, "cache"));
    return;
  }
  const sources = sourcesOf(module);
  go(["list", "-deps", "./..."], sources, goEnvironment(port));
  go(["mod", "download"], sources, goEnvironment(port));
}

/** @param {Port} port */
function goEnvironment({ goos, goarch, cgo }) {
  return { GOOS: goos, GOARCH: goarch, CGO_ENABLED: cgo ? "1" : "0", GOFLAGS: "-mod=mod", GOWORK: "off" };
}

/**
 * A copy of a module's sources that can be written to.
 *
 * @param {string} module with its version
 */
export function sourcesOf(module) {
  const copy = join(folder, "sources", module.replace(/[/@]/g, "_"));
  if (existsSync(copy)) return copy;
  const download = go(["mod", "download", "-json", module], inRoot("scripts/bench/oracle"), {});
  const { Dir } = /** @type {{ Dir: string }} */ (JSON.parse(download));
  const unfinished = `${copy}.${process.pid}`;
  cpSync(Dir, unfinished, { recursive: true });
  makeWritable(unfinished);
  const goMod = join(unfinished, "go.mod");
  if (!existsSync(goMod)) writeFileSync(goMod, `module ${module.replace(/@.*/, "")}\n`);
  cpSync(unfinished, copy, { recursive: true });
  rmSync(unfinished, { recursive: true });
  return copy;
}

/** @param {string} directory */
function makeWritable(directory) {
  chmodSync(directory, 0o755);
  for (const entry of readdirSync(directory, { withFileTypes: true, recursive: true }))
    chmodSync(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o755 : 0o644);
}

/**
 * @param {readonly string[]} args
 * @param {string} cwd
 * @param {Readonly<Record<string, string>>} env
 */
function go(args, cwd, env) {
  const { status, stdout, output } = run("go", args, { cwd, env: { ...env } });
  if (status !== 0) throw new ScriptError(`go ${args.join(" ")} failed:\n${output}`);
  return stdout;
}

/**
 * What names mean, of a module with or without what it is built with; nothing compiled is
 * at hand but the standard library's facts.
 *
 * @param {string} module
 * @param {{ port?: Port, dependencies?: "all" | "none" }} options without a port: all builds
 */
export function references(module, { port, dependencies = "all" }) {
  const flags = port === undefined ? [] : portFlags(port);
  return withNewCache((cache) =>
    capdiff(["inspect", "refs", module, "--as-main", "--deps", dependencies, ...flags], cache),
  );
}

/**
 * Runs capdiff, which must succeed.
 *
 * @param {readonly string[]} args
 * @param {string} cache folder
 */
export async function capdiff(args, cache) {
  const program = inRoot("packages/cli/bin/capdiff.js");
  const env = hasGo ? {} : { GOMODCACHE: withoutGo };
  const answer = await measure([program, ...args, "--cache-dir", cache, "--quiet"], { env });
  if (answer.status !== 0) throw new ScriptError(`capdiff ${args.join(" ")}: ${answer.stderr}`);
  return answer;
}

/**
 * @template T
 * @param {(cache: string) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withNewCache(work) {
  mkdirSync(folder, { recursive: true });
  const cache = mkdtempSync(join(folder, "cache-"));
  try {
    return await work(cache);
  } finally {
    rmSync(cache, { recursive: true, force: true });
  }
}

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

export const folder = inRoot("node_modules/.cache/bench");
const oracle = programPath("oracle");
/** Go's module cache, or, where there is no Go, what takes its place. */
const withoutGo = join(folder, "modules");
const hasGo = run("go", ["version"]).status === 0;
/** Programs are built for this machine, whatever they are to look at. */
export const host = { GOOS: "", GOARCH: "", CGO_ENABLED: "", GOFLAGS: "" };

/**
 * Where a program is built to.
 *
 * @param {string} name
 */
export function programPath(name) {
  return join(folder, process.platform === "win32" ? `${name}.exe` : name);
}

/** Builds the oracle; false, if there is no Go. */
export function openOracle() {
  if (!hasGo) return false;
  mkdirSync(folder, { recursive: true });
  go(["build", "-o", oracle, "."], inRoot("scripts/bench/oracle"), host);
  return true;
}

export function goVersion() {
  return run("go", ["version"]).stdout.trim();
}

/**
 * What Go's libraries know, and how long they take to say so (see `scripts/bench/oracle`). What the
 * module imports is checked from sources, as capdiff does; only cgo's output comes from Go's build cache.
 *
 * @param {readonly string[]} question its directory is `.`
 * @param {string} module
 * @param {Port} port
 */
export async function askOracle(question, module, port) {
  const answer = await time(oracle, question, { cwd: sourcesOf(module), env: goEnvironment(port) });
  if (answer.status !== 0) throw new ScriptError(`oracle ${question[0]}: ${module}: ${answer.stderr}`);
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
export function goEnvironment({ goos, goarch, cgo }) {
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
 * Runs the Go command, which must succeed.
 *
 * @param {readonly string[]} args
 * @param {string} cwd
 * @param {Readonly<Record<string, string>>} env
 */
export function go(args, cwd, env) {
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
  if (answer.status !== 0)
    throw new ScriptError(`capdiff ${args.join(" ")} ended with ${answer.status}: ${answer.stderr}`);
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

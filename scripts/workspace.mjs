/** Where the workspace is, and how its scripts run other programs. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";

/** The repository's root folder, without a trailing slash. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** A failure whose message is all that the reader needs: no stack trace. */
export class ScriptError extends Error {}

/**
 * The absolute path of something in the repository.
 *
 * @param {string[]} parts
 */
export function inRoot(...parts) {
  return join(root, ...parts);
}

/**
 * Reads a JSON file of the repository.
 *
 * @param {string} path relative to the root
 * @returns {unknown}
 */
export function readJson(path) {
  return JSON.parse(readFileSync(inRoot(path), "utf8"));
}

/**
 * Runs a program in the root to its end and returns what it printed, colours stripped.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: Record<string, string> }} [options]
 * @returns {{ status: number, stdout: string, output: string }} output: stdout, then stderr
 */
export function run(program, args, options = {}) {
  const result = spawnSync(program, args, {
    cwd: options.cwd ?? root,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1", ...options.env },
    maxBuffer: 256 * 1024 * 1024,
    shell: process.platform === "win32",
  });
  if (result.error !== undefined) return { status: 127, stdout: "", output: `${result.error.message}\n` };
  const end = result.signal === null ? "" : `ended by ${result.signal}\n`;
  return {
    status: result.status ?? 1,
    stdout: stripVTControlCharacters(result.stdout),
    // Some programs colour their output in continuous integration, whatever NO_COLOR says.
    output: stripVTControlCharacters(result.stdout + result.stderr + end),
  };
}

/**
 * Runs a program of a devDependency.
 *
 * @param {string} name as in node_modules/.bin
 * @param {readonly string[]} args
 */
export function runTool(name, args) {
  return run(inRoot("node_modules", ".bin", name), args);
}

/**
 * The files that git tracks or would track, relative to the root, sorted. Files that
 * are deleted but still in the index are left out.
 *
 * @returns {string[]}
 */
export function repositoryFiles() {
  const listed = run("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
  const deleted = run("git", ["ls-files", "-z", "--deleted"]);
  if (listed.status !== 0 || deleted.status !== 0) throw new ScriptError(`git ls-files: ${listed.output}`);
  const gone = new Set(deleted.stdout.split("\0"));
  return [...new Set(listed.stdout.split("\0"))].filter((path) => path !== "" && !gone.has(path)).sort();
}

/**
 * Runs a script's body; a ScriptError becomes its message on stderr and exit code 1.
 *
 * @param {() => void | Promise<void>} body
 */
export async function asScript(body) {
  try {
    await body();
  } catch (error) {
    if (!(error instanceof ScriptError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

/** Capslock, as whoever has Go would run it. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ScriptError } from "../../workspace.mjs";
import { measureProgram } from "../measure.mjs";
import { usual } from "../modules/ports.mjs";
import { folder, go, goEnvironment, host, programPath, sourcesOf } from "../modules/workshop.mjs";

export const version = "v0.3.2";
const path = "github.com/google/capslock";
const program = programPath(`capslock-${version}`);

/** Builds it in a module that requires it. Needs Go, and the configured proxy once. */
export function openCapslock() {
  if (existsSync(program)) return;
  mkdirSync(folder, { recursive: true });
  const home = mkdtempSync(join(folder, "capslock-"));
  try {
    writeFileSync(
      join(home, "go.mod"),
      `module example.test/capslock\n\ngo 1.25.0\n\nrequire ${path} ${version}\n`,
    );
    const env = { ...host, GOFLAGS: "-mod=mod", GOWORK: "off" };
    go(["build", "-o", program, `${path}/cmd/capslock`], home, env);
  } finally {
    rmSync(home, { recursive: true });
  }
}

/** A folder with its sources: its map, its test packages. */
export function capslockSources() {
  return sourcesOf(`${path}@${version}`);
}

/** The flags of capdiff for Capslock's map in place of ours. */
export function mapFlags() {
  return ["--capability-map", join(capslockSources(), "interesting", "interesting.cm"), "--no-builtin-map"];
}

/**
 * What Capslock says of the packages below a directory, in its JSON, for each function; and what that costs.
 *
 * @param {string} directory of a module
 * @param {{ packages?: string, output: string }} options output: the file for the JSON
 */
export async function askCapslock(directory, { packages = "./...", output }) {
  const args = ["-packages", packages, "-output", "json"];
  const run = await measureProgram(program, args, {
    cwd: directory,
    env: goEnvironment(usual),
    stdout: output,
  });
  if (run.status !== 0) throw new ScriptError(`capslock: ${directory}: ${run.stderr}`);
  return run;
}

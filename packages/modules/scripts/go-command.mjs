/** The Go command, run in copies of modules. */
import { execFile } from "node:child_process";
import { chmod, cp, readdir, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

/**
 * What it prints.
 *
 * @param {string} cwd
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [settings]
 */
export async function go(cwd, args, settings) {
  const env = { ...process.env, GOFLAGS: "-mod=mod", GOWORK: "off", ...settings };
  const { stdout } = await promisify(execFile)("go", args, { cwd, env, maxBuffer: 1 << 28 });
  return stdout;
}

/**
 * Copies the module's sources, with the go.mod that Go makes up where there is none; the copy can be written.
 *
 * @param {string} target
 * @param {string} to
 */
export async function sourcesOf(target, to) {
  const answer = await go(tmpdir(), ["mod", "download", "-json", target]);
  const { Dir: source } = /** @type {{ Dir: string }} */ (JSON.parse(answer));
  await cp(source, to, { recursive: true });
  await chmod(to, 0o755);
  for (const entry of await readdir(to, { recursive: true, withFileTypes: true }))
    await chmod(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o755 : 0o644);
  const goMod = join(to, "go.mod");
  if (!(await stat(goMod).catch(() => undefined)))
    await writeFile(goMod, `module ${target.slice(0, target.indexOf("@"))}\n`);
  return to;
}

/** @typedef {{ Path: string, Version?: string }} Target */

/**
 * Leaves out what only counts in a main module; tells whether there was any.
 *
 * @param {string} directory
 */
export async function dropMainOnly(directory) {
  const answer = await go(directory, ["mod", "edit", "-json"]);
  const { Replace, Exclude } =
    /** @type {{ Replace?: { Old: Target }[] | null, Exclude?: Target[] | null }} */ (JSON.parse(answer));
  /** @param {Target} target */
  const named = ({ Path, Version }) => (Version === undefined ? Path : `${Path}@${Version}`);
  const edits = [
    ...(Replace ?? []).map(({ Old }) => `-dropreplace=${named(Old)}`),
    ...(Exclude ?? []).map((excluded) => `-dropexclude=${named(excluded)}`),
  ];
  if (edits.length > 0) await go(directory, ["mod", "edit", ...edits]);
  return edits.length > 0;
}

/**
 * What `go list -m all` prints there, or why it prints nothing.
 *
 * @param {string} directory
 * @param {NodeJS.ProcessEnv} [settings]
 * @returns {Promise<{ list: string[], refusal?: string }>}
 */
export async function goList(directory, settings) {
  try {
    const output = await go(directory, ["list", "-m", "all"], settings);
    return { list: output.trim().split("\n") };
  } catch (error) {
    return { list: [], refusal: String(error).trim() };
  }
}

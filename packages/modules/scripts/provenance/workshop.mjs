/** What the tables work with: our code, repositories and servers of the tests, a folder that is gone at the end. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inRoot, run } from "../../../../scripts/workspace.mjs";
import { loadModules, loadPublishers } from "../load-modules.mjs";

export const modules = await loadModules();
export const publishers = await loadPublishers();
export const folder = mkdtempSync(join(tmpdir(), "capdiff-verify-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

/** @param {string} text */
export function say(text) {
  process.stdout.write(`  ${text}\n`);
}

/**
 * The arguments of node for `capdiff verify`, with a cache of its own by a name.
 *
 * @param {string} cache
 * @param {readonly string[]} args
 */
export function verifyArguments(cache, args) {
  return [inRoot("packages/cli/bin/capdiff.js"), "verify", "--cache-dir", join(folder, cache), ...args];
}

/** @typedef {{ file: string, module: string, h1: string }} CachedZip */

/** The zips in Go's module cache, in the order of their names; releases of Go itself are left out. @returns {readonly CachedZip[]} */
export function cachedZips() {
  const { status, stdout } = run("go", ["env", "GOMODCACHE"]);
  const root = join(stdout.trim(), "cache/download");
  const names = status === 0 && existsSync(root) ? readdirSync(root, { recursive: true }).map(String) : [];
  return names
    .filter((name) => name.endsWith(".zip") && existsSync(join(root, `${name}hash`)))
    .sort()
    .flatMap((name) => {
      const [, path = "", version = ""] = /^(.*)\/@v\/(.*)\.zip$/.exec(name) ?? [];
      const module = `${modules.unescapePath(path)}@${modules.unescapeVersion(version)}`;
      const h1 = readFileSync(join(root, `${name}hash`), "utf8").trim();
      return module.startsWith("golang.org/toolchain@") ? [] : [{ file: join(root, name), module, h1 }];
    });
}

/**
 * So many of a list, evenly spread.
 *
 * @template T
 * @param {readonly T[]} list
 * @param {number} number
 */
export function spread(list, number) {
  return list.filter((_, at) => at % Math.max(1, Math.floor(list.length / number)) === 0).slice(0, number);
}

/** Opens a zip as if nothing were known of it. @param {string} file */
export async function openZip(file) {
  const configuration = await modules.loadConfiguration({ env: {}, flags: {} });
  return modules.openZip(file, { configuration: { ...configuration, cacheDir: undefined } });
}

/** @param {{ readonly files: readonly { readonly size: number }[] }} copy */
export function bytesOf({ files }) {
  return files.reduce((sum, { size }) => sum + size, 0);
}

/**
 * Hashes zips, a few at once as `verify --all` does; results in their order.
 *
 * @param {readonly CachedZip[]} zips
 */
export async function hashAll(zips) {
  const waiting = [...zips.entries()].reverse();
  /** @type {{ h1: string, bytes: number }[]} */
  const found = [];
  const lane = async () => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const copy = await openZip(next[1].file);
      await copy.close();
      found[next[0]] = { h1: copy.h1, bytes: bytesOf(copy) };
    }
  };
  await Promise.all([lane(), lane(), lane(), lane()]);
  return found;
}

/** The middle one. @param {readonly number[]} values */
export function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

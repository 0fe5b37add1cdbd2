/**
 * Holds our build lists against those of the Go command. For each module the list of `path@version` is compared
 * with what `go list -m all` prints in a copy of its sources without `replace` and `exclude`, which do not count in
 * a published module; where the go.mod has any, the copy as it stands is compared too, read as a directory.
 *
 *     node packages/modules/scripts/build-list-oracle.mjs [--cold] path@version...
 *
 * Needs Go and a module proxy. With --cold our side does not read Go's module cache. Exits with 1 if lists differ.
 */
import { execFile } from "node:child_process";
import { chmod, cp, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";

const folder = await mkdtemp(join(tmpdir(), "capdiff-build-list-"));

/** The package as a script can use it: bundled from its sources, in a folder where its dependencies resolve. */
async function loadModules() {
  const bundle = await mkdtemp(fileURLToPath(new URL("../node_modules/.bundle-", import.meta.url)));
  try {
    const outfile = join(bundle, "modules.mjs");
    await build({
      entryPoints: [fileURLToPath(new URL("../src/index.ts", import.meta.url))],
      bundle: true,
      platform: "node",
      format: "esm",
      packages: "external",
      outfile,
      logLevel: "error",
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    await rm(bundle, { recursive: true });
  }
}

const modules = await loadModules();

async function go(cwd, ...args) {
  const env = { ...process.env, GOFLAGS: "-mod=mod", GOWORK: "off" };
  const { stdout } = await promisify(execFile)("go", args, { cwd, env, maxBuffer: 1 << 28 });
  return stdout;
}

/** A copy of the module's sources that can be written, with the go.mod that Go makes up where there is none. */
async function copyOf(target, to) {
  const { Dir: source } = JSON.parse(await go(folder, "mod", "download", "-json", target));
  await cp(source, to, { recursive: true });
  await chmod(to, 0o755);
  for (const name of await readdir(to, { recursive: true, withFileTypes: true }))
    await chmod(join(name.parentPath, name.name), name.isDirectory() ? 0o755 : 0o644);
  const hasGoMod = await stat(join(to, "go.mod")).catch(() => undefined);
  if (hasGoMod === undefined) await writeFile(join(to, "go.mod"), `module ${target.split("@")[0]}\n`);
}

/** Leaves out what only counts in a main module; tells whether there was any. */
async function dropMainOnly(directory) {
  const { Replace, Exclude } = JSON.parse(await go(directory, "mod", "edit", "-json"));
  const named = ({ Path, Version }) => (Version === undefined ? Path : `${Path}@${Version}`);
  const edits = [
    ...(Replace ?? []).map(({ Old }) => `-dropreplace=${named(Old)}`),
    ...(Exclude ?? []).map((excluded) => `-dropexclude=${named(excluded)}`),
  ];
  if (edits.length > 0) await go(directory, "mod", "edit", ...edits);
  return edits.length > 0;
}

async function theirList(directory) {
  return (await go(directory, "list", "-m", "all")).trim().split("\n");
}

async function ourList(target, configuration) {
  const copy = await modules.openModule(target, { configuration });
  try {
    const { modules: listed, diagnostics } = await modules.buildList(copy, { configuration });
    return { lines: listed.map(lineOf), diagnostics };
  } finally {
    await copy.close();
  }
}

function lineOf({ path, version, replacedBy }) {
  const names = [path, version, ...(replacedBy ? ["=>", replacedBy.path, replacedBy.version] : [])];
  return names.filter((name) => name !== undefined).join(" ");
}

/** Prints what differs; returns the outcome. What Go refuses to list is a refusal if we have something to say too. */
async function compare(label, ours, theirs) {
  const start = performance.now();
  const { lines, diagnostics } = await ours();
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const { expected, refusal } = await theirs().then(
    (list) => ({ expected: list, refusal: undefined }),
    (error) => ({ expected: [], refusal: String(error.stderr ?? error).trim() }),
  );
  const isRefused = refusal !== undefined && diagnostics.length > 0;
  const isEqual = lines.join("\n") === expected.join("\n");
  const outcome = isEqual ? "equal" : isRefused ? "refused" : "DIFFERENT";
  console.log(`${outcome.padEnd(9)} ${label} (${lines.length} modules, ours ${seconds} s)`);
  if (outcome === "DIFFERENT") console.log(differences(lines, expected));
  if (refusal !== undefined) console.log(`  go: ${refusal}`);
  for (const { severity, message } of diagnostics) console.log(`  ours, ${severity}: ${message}`);
  return outcome;
}

function differences(ours, theirs) {
  const lines = [
    ...theirs.filter((line) => !ours.includes(line)).map((line) => `  go:   ${line}`),
    ...ours.filter((line) => !theirs.includes(line)).map((line) => `  ours: ${line}`),
  ];
  return lines.join("\n") || "  the order differs";
}

async function compareModule(target, configuration) {
  const directory = await mkdtemp(join(folder, "copy-"));
  const whole = join(directory, "whole");
  const published = join(directory, "published");
  await copyOf(target, published);
  await cp(published, whole, { recursive: true });
  const hasMainOnly = await dropMainOnly(published);
  const results = [
    await compare(
      target,
      () => ourList(target, configuration),
      () => theirList(published),
    ),
  ];
  if (hasMainOnly)
    results.push(
      await compare(
        `${target} as main module`,
        () => ourList(whole, configuration),
        () => theirList(whole),
      ),
    );
  await rm(directory, { recursive: true });
  return results;
}

const isCold = process.argv.includes("--cold");
const targets = process.argv.slice(2).filter((argument) => argument !== "--cold");
const configuration = await modules.loadConfiguration({
  env: process.env,
  flags: { cacheDir: join(folder, "cache"), ...(isCold && { gomodcache: join(folder, "none") }) },
});
const results = [];
for (const target of targets) results.push(...(await compareModule(target, configuration)));
const count = (outcome) => results.filter((result) => result === outcome).length;
console.log(`${count("equal")} equal, ${count("DIFFERENT")} different, ${count("refused")} refused by both`);
if (count("DIFFERENT") > 0) process.exitCode = 1;
await rm(folder, { recursive: true });

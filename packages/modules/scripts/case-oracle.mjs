/**
 * Holds the test cases of build lists, and universes made at random, against the Go command: both are served from a
 * folder as module proxy, and what `go list -m all` prints is compared with what the case wants, and with our list.
 *
 *     node packages/modules/scripts/case-oracle.mjs [number of random universes] [seed]
 *
 * Needs Go, no network. Exits with 1 if lists differ; such a universe is printed as a case.
 */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { goList } from "./go-command.mjs";
import { loadCaseReader, loadModules } from "./load-modules.mjs";
import { randomCase } from "./random-case.mjs";

const modules = await loadModules();
const { parseCase } = await loadCaseReader();

/**
 * @param {string} folder
 * @param {Readonly<Record<string, string>>} published
 */
async function writeProxy(folder, published) {
  for (const [key, goMod] of Object.entries(published)) {
    const [path = "", version = ""] = key.split("@");
    const stem = join(folder, modules.escapePath(path), "@v", modules.escapeVersion(version));
    await mkdir(dirname(stem), { recursive: true });
    await writeFile(`${stem}.mod`, goMod);
    await writeFile(`${stem}.info`, JSON.stringify({ Version: version, Time: "2024-01-02T03:04:05Z" }));
  }
}

/** @param {import("../src/index.ts").ListedModule} module */
function lineOf({ path, version, replacedBy }) {
  const names = [path, version, ...(replacedBy ? ["=>", replacedBy.path, replacedBy.version] : [])];
  return names.filter((name) => name !== undefined).join(" ");
}

/**
 * The list of the case's target, ours and theirs.
 *
 * @param {import("../test/build-list/case.ts").Case} universe
 * @param {string} folder
 */
async function bothLists({ files, published }, folder) {
  const proxy = join(folder, "proxy");
  const target = join(folder, "target");
  await mkdir(proxy);
  await mkdir(target);
  await writeProxy(proxy, published);
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(target, name)), { recursive: true });
    await writeFile(join(target, name), content);
  }
  const goproxy = pathToFileURL(proxy).href;
  const flags = { goproxy, gomodcache: join(folder, "none"), cacheDir: join(folder, "cache") };
  const configuration = await modules.loadConfiguration({ env: {}, flags });
  const copy = await modules.openModule(target, { configuration });
  const { modules: listed, diagnostics } = await modules.buildList(copy, { configuration });
  // In a workspace Go takes no other -mod, and heeds go.sum in none.
  const workspace = files["go.work"] === undefined ? {} : { GOWORK: "", GOFLAGS: "" };
  const settings = {
    ...workspace,
    GOPROXY: goproxy,
    GOMODCACHE: join(folder, "go"),
    GOSUMDB: "off",
    GOENV: "off",
  };
  const { list, refusal } = await goList(target, { ...settings, GOTOOLCHAIN: "local" });
  // Of a workspace's modules Go knows no first one.
  const [first = ""] = listed.map(lineOf);
  const theirs = list.includes(first) ? [first, ...list.filter((line) => line !== first)] : list;
  return { ours: listed.map(lineOf), diagnostics, theirs, refusal };
}

/**
 * Prints what differs from Go's list; tells whether something does.
 *
 * @param {string} name
 * @param {string} text
 */
async function differs(name, text) {
  const universe = parseCase(text);
  // Go itself always reads its target as main module.
  if (universe.isPublished) return false;
  const folder = await mkdtemp(join(tmpdir(), "capdiff-case-"));
  try {
    const { ours, diagnostics, theirs, refusal } = await bothLists(universe, folder);
    // To print a version, Go also asks when it was made, which is no part of the build list.
    if (refusal !== undefined && (diagnostics.length > 0 || /\.info: no such file/.test(refusal))) {
      console.log(`${name}: Go prints no list\n  ${refusal.replaceAll("\n", "\n  ")}`);
      return false;
    }
    const isWanted = universe.want.length === 0 || theirs.slice(1).join("\n") === universe.want.join("\n");
    if (isWanted && ours.join("\n") === theirs.join("\n")) return false;
    console.log(`${name}: DIFFERENT\n${text}\ngo: ${theirs.join(", ") || refusal}\nours: ${ours.join(", ")}`);
    return true;
  } finally {
    await rm(folder, { recursive: true });
  }
}

const folder = fileURLToPath(new URL("../test/build-list/cases", import.meta.url));
const [count = "0", seed = "1"] = process.argv.slice(2);
let different = 0;
const names = await readdir(folder);
for (const name of names) if (await differs(name, await readFile(join(folder, name), "utf8"))) different++;
for (let index = 0; index < Number(count); index++)
  if (await differs(`random ${index}`, randomCase(Number(seed) * 1_000_000 + index))) different++;
console.log(`${names.length} cases and ${count} random universes, ${different} different`);
if (different > 0) process.exitCode = 1;

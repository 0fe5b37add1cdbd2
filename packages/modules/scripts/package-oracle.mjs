/**
 * Holds where our resolver finds packages against the Go command: every package that `go list -deps -test ./...`
 * needs in a module's sources must come from the same module, version and directory; the same again from `vendor`,
 * after `go mod vendor`.
 *
 *     node packages/modules/scripts/package-oracle.mjs path@version...
 *
 * Needs Go and a module proxy. Exits with 1 if a place differs.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { go, sourcesOf } from "./go-command.mjs";
import { loadModules } from "./load-modules.mjs";

/** @typedef {import("../src/index.ts").Configuration} Configuration */

const modules = await loadModules();

const FORMAT = `{{if not .Standard}}{{if not .ForTest}}{{with .Module}}{{.Path}} {{.Version}} {{.Dir}}{{end}}|{{.ImportPath}}|{{.Dir}}{{end}}{{end}}`;

/**
 * By import path: `module version directory-in-module`, for vendored packages `module version vendor`.
 *
 * @param {string} directory
 * @param {boolean} vendor
 */
async function theirPlaces(directory, vendor) {
  const flags = { GOFLAGS: vendor ? "-mod=vendor" : "-mod=mod" };
  const output = await go(directory, ["list", "-e", "-deps", "-test", "-f", FORMAT, "./..."], flags);
  /** @type {Map<string, string>} */
  const places = new Map();
  for (const line of output.split("\n")) {
    const [module = "", importPath = "", place = ""] = line.split("|");
    const [path = "", version = "", root = ""] = module.split(" ");
    if (path === "" || importPath.endsWith(".test") || place === "") continue;
    places.set(
      importPath,
      `${path}@${version} ${place.slice(vendor ? directory.length + 1 : root.length + 1)}`,
    );
  }
  return places;
}

/**
 * Prints what differs; returns how many places do.
 *
 * @param {string} directory
 * @param {{ label: string, vendor: boolean, configuration: Configuration }} context
 */
async function compare(directory, { label, vendor, configuration }) {
  const places = await theirPlaces(directory, vendor);
  const copy = await modules.openModule(directory, { configuration });
  const list = await modules.buildList(copy, { configuration, vendor });
  const resolver = modules.packageResolver(copy, list, { configuration, vendor });
  const start = performance.now();
  const found = await Promise.all(
    [...places].map(async ([importPath, theirs]) => {
      const source = await resolver.packageSource(importPath);
      const ours =
        source.kind === "found"
          ? `${source.module.path}@${source.module.version ?? ""} ${source.directory}`
          : JSON.stringify(source);
      return { importPath, theirs, ours };
    }),
  );
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  await resolver.close();
  const different = found.filter(({ theirs, ours }) => theirs !== ours);
  console.log(`${label}: ${found.length} packages, ${different.length} different (ours ${seconds} s)`);
  for (const { importPath, theirs, ours } of different)
    console.log(`  ${importPath}\n    go:   ${theirs}\n    ours: ${ours}`);
  return different.length;
}

const cache = await mkdtemp(join(tmpdir(), "capdiff-packages-"));
const configuration = await modules.loadConfiguration({
  env: process.env,
  flags: { cacheDir: join(cache, "ours") },
});
let different = 0;
for (const target of process.argv.slice(2)) {
  const directory = await sourcesOf(target, join(cache, "sources"));
  different += await compare(directory, { label: target, vendor: false, configuration });
  await go(directory, ["mod", "vendor"]);
  different += await compare(directory, { label: `${target} vendored`, vendor: true, configuration });
  await rm(directory, { recursive: true });
}
await rm(cache, { recursive: true });
if (different > 0) process.exitCode = 1;

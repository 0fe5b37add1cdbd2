/** The runner of the corpus as a benchmark can use it: bundled from its sources. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { inRoot } from "../../workspace.mjs";

/** @typedef {typeof import("../../../test-corpus/runner/for-bench.ts")} Runner */

/** @returns {Promise<Runner>} */
export async function loadRunner() {
  // A folder from which the parser's runtime resolves.
  const folder = await mkdtemp(inRoot("packages/analyzer/node_modules/.bundle-"));
  try {
    const outfile = join(folder, "runner.mjs");
    await build({
      entryPoints: [inRoot("test-corpus/runner/for-bench.ts")],
      bundle: true,
      platform: "node",
      format: "esm",
      conditions: ["capdiff-source"],
      external: ["web-tree-sitter"],
      plugins: [{ name: "own-places", setup: keepPlaces }],
      outfile,
      logLevel: "error",
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/**
 * Files that find others by their own place keep it.
 *
 * @param {import("esbuild").PluginBuild} build
 */
function keepPlaces(build) {
  build.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
    const text = await readFile(path, "utf8");
    const place = JSON.stringify(pathToFileURL(path).href);
    return { contents: text.replaceAll("import.meta.url", place), loader: "ts" };
  });
}

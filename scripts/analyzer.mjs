/** The analyzer as a script can use it: bundled from its sources. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { inRoot } from "./workspace.mjs";

/** @returns {Promise<typeof import("@capdiff/analyzer")>} */
export async function loadAnalyzer() {
  // A folder from which the analyzer's one dependency resolves.
  const folder = await mkdtemp(inRoot("packages/analyzer/node_modules/.bundle-"));
  try {
    const outfile = join(folder, "analyzer.mjs");
    await build({
      entryPoints: [inRoot("packages/analyzer/src/index.ts")],
      bundle: true,
      platform: "node",
      format: "esm",
      external: ["web-tree-sitter"],
      outfile,
      logLevel: "error",
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/**
 * The parser's WebAssembly, from the packages that hold it.
 *
 * @returns {Promise<{ runtime: Uint8Array, grammar: Uint8Array }>}
 */
export async function readWasm() {
  const require = createRequire(inRoot("packages/cli/package.json"));
  const runtime = await readFile(require.resolve("web-tree-sitter/web-tree-sitter.wasm"));
  const grammar = await readFile(require.resolve("tree-sitter-go/tree-sitter-go.wasm"));
  return { runtime, grammar };
}

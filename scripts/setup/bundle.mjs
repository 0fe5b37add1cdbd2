/**
 * Bundles the command line: ESM files with our own packages and their JSON data in
 * them. What packages/cli depends on stays outside, to be installed by npm. Next to it
 * go the files that it reads at run time and the licences of all that is copied in.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { build } from "esbuild";
import { inRoot, readJson, ScriptError } from "../workspace.mjs";
import { bundlePath } from "./bundle-sources.mjs";
import { licenceTexts } from "./licences.mjs";

const cli = "packages/cli";
const folder = inRoot(dirname(bundlePath));

/** Files that the command line reads at run time, of packages that only the build needs. */
const assets = [{ of: "tree-sitter-go", file: "tree-sitter-go.wasm" }];

/** Builds the bundle. Files are replaced whole, the entry last; what an earlier build left is removed. */
export async function bundle() {
  mkdirSync(folder, { recursive: true });
  const { outputs, inputs } = await buildChunks();
  const fromCli = createRequire(inRoot(cli, "package.json"));
  const files = inputs.map((input) => inRoot(input));
  for (const { of, file } of assets) {
    const source = join(dirname(fromCli.resolve(`${of}/package.json`)), file);
    replace(readFileSync(source), join(folder, file));
    files.push(source);
  }
  replace(licenceTexts(files), join(folder, "licenses.txt"));
  const entryLast = outputs.sort((one) => (one.path === inRoot(bundlePath) ? 1 : -1));
  for (const { path, contents } of entryLast) replace(contents, path);
  const made = new Set(outputs.map(({ path }) => basename(path)));
  for (const name of readdirSync(folder))
    if (name.endsWith(".js") && !made.has(name)) rmSync(join(folder, name));
}

/**
 * The command line in chunks, so that what a run does not need is not loaded.
 *
 * @returns {Promise<{ outputs: { path: string, contents: Uint8Array }[], inputs: string[] }>} inputs relative to the root
 */
async function buildChunks() {
  const { dependencies = {} } = /** @type {{ dependencies?: Record<string, string> }} */ (
    readJson(`${cli}/package.json`)
  );
  const result = await build({
    absWorkingDir: inRoot(),
    entryPoints: {
      capdiff: `${cli}/src/main.ts`,
      "compile-worker": `${cli}/src/compile/worker.ts`,
      "hash-worker": "packages/modules/src/hashing/worker.ts",
    },
    outdir: folder,
    write: false,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    conditions: ["capdiff-source"],
    external: Object.keys(dependencies).flatMap((name) => [name, `${name}/*`]),
    legalComments: "inline",
    metafile: true,
    logLevel: "silent",
  }).catch((/** @type {Error} */ error) => {
    throw new ScriptError(`capdiff: the command line cannot be built\n${error.message}`);
  });
  return { outputs: result.outputFiles, inputs: Object.keys(result.metafile.inputs) };
}

/**
 * Writes a file so that nobody ever sees half of it.
 *
 * @param {string | Uint8Array} contents
 * @param {string} target
 */
function replace(contents, target) {
  const partial = `${target}.${process.pid}`;
  writeFileSync(partial, contents);
  renameSync(partial, target);
}

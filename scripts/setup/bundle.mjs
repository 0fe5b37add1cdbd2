/**
 * Bundles the command line: one ESM file with our own packages and their JSON data in
 * it. What packages/cli depends on stays outside, to be installed by npm. Next to it
 * go the files that it reads at run time and the licences of all that is copied in.
 */
import { copyFileSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { build } from "esbuild";
import { inRoot, readJson, ScriptError } from "../workspace.mjs";
import { bundlePath } from "./bundle-sources.mjs";
import { licenceTexts } from "./licences.mjs";

const cli = "packages/cli";
const folder = inRoot(dirname(bundlePath));

/** Files that the command line reads at run time, of packages that only the build needs. */
const assets = [{ of: "tree-sitter-go", file: "tree-sitter-go.wasm" }];

/** Builds the bundle; a file is replaced only once its successor is complete. */
export async function bundle() {
  mkdirSync(folder, { recursive: true });
  const partial = join(folder, `.capdiff.${process.pid}.js`);
  const inputs = await buildInto(partial);
  const fromCli = createRequire(inRoot(cli, "package.json"));
  const files = inputs.map((input) => inRoot(input));
  for (const { of, file } of assets) {
    const source = join(dirname(fromCli.resolve(`${of}/package.json`)), file);
    replace(source, join(folder, file));
    files.push(source);
  }
  writeFileSync(join(folder, "licenses.txt"), licenceTexts(files));
  renameSync(partial, inRoot(bundlePath));
}

/**
 * @param {string} outfile
 * @returns {Promise<string[]>} the files that went in, relative to the root
 */
async function buildInto(outfile) {
  const { dependencies = {} } = /** @type {{ dependencies?: Record<string, string> }} */ (
    readJson(`${cli}/package.json`)
  );
  const result = await build({
    absWorkingDir: inRoot(),
    entryPoints: [`${cli}/src/main.ts`],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    conditions: ["capdiff-source"],
    external: Object.keys(dependencies).flatMap((name) => [name, `${name}/*`]),
    legalComments: "inline",
    metafile: true,
    logLevel: "silent",
  }).catch((/** @type {Error} */ error) => {
    rmSync(outfile, { force: true });
    throw new ScriptError(`capdiff: the command line cannot be built\n${error.message}`);
  });
  return Object.keys(result.metafile.inputs);
}

/**
 * Copies a file so that nobody ever sees half of it.
 *
 * @param {string} source
 * @param {string} target
 */
function replace(source, target) {
  const partial = `${target}.${process.pid}`;
  copyFileSync(source, partial);
  renameSync(partial, target);
}

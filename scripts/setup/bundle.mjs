/**
 * Bundles the command line: one script with our own packages, their JSON data and what every run loads in
 * it, a small one that starts it, and modules that start threads. What packages/cli depends on stays outside, to be installed by npm. Next
 * to it go the files that it reads at run time and the licences of all that is copied in.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, relative } from "node:path";
import { build } from "esbuild";
import { inRoot, readJson, ScriptError } from "../workspace.mjs";
import { bundlePath } from "./bundle-sources.mjs";
import { licenceTexts } from "./licences.mjs";

const cli = "packages/cli";
const folder = inRoot(dirname(bundlePath));
const fromCli = createRequire(inRoot(cli, "package.json"));

/** Files that the command line reads at run time, of packages that only the build needs. */
const assets = [
  { of: "tree-sitter-go", file: "tree-sitter-go.wasm" },
  { of: "web-tree-sitter", file: "web-tree-sitter.wasm" },
];

/** Builds the bundle. Files are replaced whole, the entry last; what an earlier build left is removed. */
export async function bundle() {
  mkdirSync(folder, { recursive: true });
  const { outputs, inputs } = await buildFiles();
  const files = inputs.map((input) => inRoot(input));
  for (const { of, file } of assets) {
    const source = join(packageFolder(of), file);
    replace(readFileSync(source), join(folder, file));
    files.push(source);
  }
  replace(licenceTexts(files), join(folder, "licenses.txt"));
  const entryLast = outputs.sort((one) => (one.path === inRoot(bundlePath) ? 1 : -1));
  for (const { path, contents } of entryLast) replace(contents, path);
  const made = new Set(outputs.map(({ path }) => basename(path)));
  for (const name of readdirSync(folder))
    if (/\.c?js$/.test(name) && !made.has(name)) rmSync(join(folder, name));
}

/**
 * The folder of a package that cli may name; not every one lets its package.json be asked for.
 *
 * @param {string} name
 */
function packageFolder(name) {
  const folder = fromCli.resolve
    .paths(name)
    ?.map((path) => join(path, name))
    .find((path) => existsSync(path));
  if (folder === undefined) throw new ScriptError(`capdiff: the package ${name} is not installed`);
  return folder;
}

/** A script has no `import.meta`. */
const fileUrl = 'const __fileUrl = require("node:url").pathToFileURL(__filename).href;';

/** @typedef {{ outputs: { path: string, contents: Uint8Array }[], inputs: string[] }} Built inputs relative to the root */

/**
 * The script of the program, whose name has a hash of what is in it, and what starts it.
 *
 * @returns {Promise<Built>}
 */
async function buildFiles() {
  const program = await buildWith({
    entryPoints: { program: `${cli}/src/program.ts` },
    entryNames: "[name]-[hash]",
    format: "cjs",
    outExtension: { ".js": ".cjs" },
    define: { "import.meta.url": "__fileUrl" },
    // It is run as what it is: an expression for a function.
    banner: { js: `(function (exports, require, module, __filename, __dirname) {\n${fileUrl}` },
    footer: { js: "})" },
    // A script has no loader for modules of its own.
    supported: { "dynamic-import": false },
    // Its module has variables with the names of what is in place of `import` then.
    alias: { "web-tree-sitter": fromCli.resolve("web-tree-sitter") },
    plugins: [loadedWhenCalled("string-width")],
  });
  const [script] = program.outputs;
  if (script === undefined) throw new ScriptError("capdiff: the command line was built to nothing");
  const programFile = JSON.stringify(basename(script.path));
  const start = await buildWith({
    entryPoints: { capdiff: `${cli}/src/start/main.ts` },
    format: "cjs",
    outExtension: { ".js": ".cjs" },
    define: { "import.meta.url": "__fileUrl", PROGRAM_FILE: programFile },
    banner: { js: fileUrl },
  });
  const threads = await buildWith({
    entryPoints: {
      "compile-worker": `${cli}/src/start/compile-worker.ts`,
      "hash-worker": "packages/modules/src/hashing/worker.ts",
    },
    format: "esm",
    define: { PROGRAM_FILE: programFile },
  });
  const all = [program, start, threads];
  return {
    outputs: all.flatMap(({ outputs }) => outputs),
    inputs: all.flatMap(({ inputs }) => inputs),
  };
}

/**
 * @param {import("esbuild").BuildOptions} options
 * @returns {Promise<Built>}
 */
async function buildWith(options) {
  const { dependencies = {} } = /** @type {{ dependencies?: Record<string, string> }} */ (
    readJson(`${cli}/package.json`)
  );
  const result = await build({
    absWorkingDir: inRoot(),
    outdir: folder,
    write: false,
    bundle: true,
    platform: "node",
    target: "node20",
    conditions: ["capdiff-source"],
    external: Object.keys(dependencies).flatMap((name) => [name, `${name}/*`]),
    legalComments: "inline",
    metafile: true,
    logLevel: "silent",
    ...options,
  }).catch((/** @type {Error} */ error) => {
    throw new ScriptError(`capdiff: the command line cannot be built\n${error.message}`);
  });
  const outputs = (result.outputFiles ?? []).map(({ path, text }) => ({ path, contents: inAscii(text) }));
  const inputs = Object.keys(result.metafile?.inputs ?? {});
  return { outputs, inputs: inputs.filter((input) => !input.startsWith(`${whenCalled}:`)) };
}

/** What stands in place of modules that are loaded late. */
const whenCalled = "loaded-when-called";

/**
 * A module that exports one function is loaded when that is called. To load what measures texts takes V8 a tenth of the time of
 * a short run, for segments and classes of Unicode, and only help is measured.
 *
 * @param {string} name
 * @returns {import("esbuild").Plugin}
 */
function loadedWhenCalled(name) {
  return {
    name: whenCalled,
    setup: (bundler) => {
      bundler.onResolve(
        { filter: new RegExp(`^${name}$`) },
        async ({ kind, importer, resolveDir, pluginData }) => {
          if (pluginData === whenCalled) return undefined;
          const { path, errors } = await bundler.resolve(name, {
            kind,
            importer,
            resolveDir,
            pluginData: whenCalled,
          });
          return errors.length > 0 ? { errors } : { path: relative(inRoot(), path), namespace: whenCalled };
        },
      );
      bundler.onLoad({ filter: /./, namespace: whenCalled }, ({ path }) => ({
        contents: `export default (...given) => require(${JSON.stringify(inRoot(path))}).default(...given);`,
        resolveDir: inRoot(),
      }));
    },
  };
}

/**
 * The bundler escapes what is not ASCII in strings, and not in regular expressions; the program is read as ASCII.
 *
 * @param {string} script
 */
function inAscii(script) {
  const escaped = script.replace(
    /[^\0-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return new TextEncoder().encode(escaped);
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

/** TypeScript as a script can use it: bundled from its sources. */
import { rmSync } from "node:fs";
import { mkdtemp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

/** @returns {Promise<typeof import("../src/index.ts")>} */
export async function loadModules() {
  return /** @type {typeof import("../src/index.ts")} */ (await load("../src/index.ts"));
}

/** @returns {Promise<typeof import("../test/build-list/case.ts")>} */
export async function loadCaseReader() {
  return /** @type {typeof import("../test/build-list/case.ts")} */ (
    await load("../test/build-list/case.ts")
  );
}

/** @returns {Promise<typeof import("../test/git-repository.ts") & typeof import("../test/local-database.ts") & typeof import("../test/sample-zip.ts")>} */
export async function loadPublishers() {
  const made = /** @type {typeof import("../test/git-repository.ts")} */ (
    await load("../test/git-repository.ts")
  );
  const database = /** @type {typeof import("../test/local-database.ts")} */ (
    await load("../test/local-database.ts")
  );
  const zips = /** @type {typeof import("../test/sample-zip.ts")} */ (await load("../test/sample-zip.ts"));
  return { ...made, ...database, ...zips };
}

/** @returns {Promise<typeof import("../test/rebuild/cases.ts") & typeof import("../test/git-repository.ts")>} */
export async function loadRebuildCases() {
  const cases = /** @type {typeof import("../test/rebuild/cases.ts")} */ (
    await load("../test/rebuild/cases.ts")
  );
  const made = /** @type {typeof import("../test/git-repository.ts")} */ (
    await load("../test/git-repository.ts")
  );
  return { ...cases, ...made };
}

/**
 * @param {string} entry relative to this file
 * @returns {Promise<unknown>}
 */
async function load(entry) {
  // A folder from which the package's dependencies resolve, now and when they are loaded later. Threads are started from it.
  const folder = await mkdtemp(fileURLToPath(new URL("../node_modules/.bundle-", import.meta.url)));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  await writeFile(join(folder, "package.json"), '{ "type": "module" }');
  await build({
    entryPoints: {
      bundle: fileURLToPath(new URL(entry, import.meta.url)),
      "hash-worker": fileURLToPath(new URL("../src/hashing/worker.ts", import.meta.url)),
    },
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    outdir: folder,
    logLevel: "error",
  });
  return await import(pathToFileURL(join(folder, "bundle.js")).href);
}

/** Repositories made of real zips. */
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { bytesOf, folder, modules, openZip, publishers, say, spread } from "./workshop.mjs";

const { gitRepository } = publishers;

/** What is in a zip, as repositories of tests are told. @param {string} file */
export async function contentOf(file) {
  const copy = await openZip(file);
  /** @type {Record<string, { base64: string }>} */
  const files = {};
  for (const one of copy.files)
    files[one.name] = { base64: Buffer.from(await one.read()).toString("base64") };
  await copy.close();
  return { files, bytes: bytesOf(copy) };
}

/**
 * Repositories made of real zips: the zip that is rebuilt of each must have the hash of the zip.
 *
 * @param {readonly import("./workshop.mjs").CachedZip[]} zips
 */
export async function rebuilt(zips) {
  const chosen = spread(zips, 60);
  const counts = { equal: 0, other: 0, bytes: 0 };
  const others = [];
  const start = performance.now();
  for (const [at, { file, module, h1 }] of chosen.entries()) {
    const [path = "", version = ""] = module.split("@");
    const root = mkdtempSync(join(folder, `r${at}-`));
    const configuration = await modules.loadConfiguration({
      env: { PATH: process.env["PATH"] },
      flags: { cacheDir: join(root, "cache"), goproxy: "direct" },
    });
    const { files, bytes } = await contentOf(file);
    counts.bytes += bytes;
    const { folder: repository, commits } = gitRepository(root, [{ files }]);
    const opened = modules.openRepository(modules.repositoryAddress(repository, "user"), {
      folder: join(root, "git"),
      limits: configuration.git,
      task: {},
    });
    const commit = commits[0] ?? "";
    await opened.fetchCommit(commit);
    const made = await modules.rebuildModule(opened, {
      module: { path, version },
      commit,
      directory: "",
      limits: configuration.limits,
      task: {},
      query: module,
    });
    await made.close();
    if (made.h1 === h1) counts.equal++;
    else {
      counts.other++;
      others.push(module);
    }
    rmSync(root, { recursive: true, force: true });
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  say(
    `${chosen.length} real modules (${(counts.bytes / 1e6).toFixed(0)} MB) rebuilt from repositories made of their zips: ${counts.equal} have Go's hash${others.length === 0 ? "" : `, not ${others.join(", ")}`}; ${seconds} s`,
  );
}

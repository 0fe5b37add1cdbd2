/** Sums of real modules in the configured checksum database. */
import { join } from "node:path";
import { folder, modules, say, spread } from "./workshop.mjs";

/** @param {readonly import("./workshop.mjs").CachedZip[]} zips */
export async function sums(zips) {
  const cacheDir = join(folder, "sums");
  const configuration = await modules.loadConfiguration({
    env: process.env,
    flags: { cacheDir, insecureSkipSumdb: false },
  });
  const chosen = spread(zips, 50);
  const start = performance.now();
  /** @type {Record<string, number>} */
  const found = {};
  for (const { module, h1 } of chosen) {
    const [path = "", version = ""] = module.split("@");
    const { status } = await modules.askDatabase({ path, version, of: "module", h1 }, configuration);
    found[status] = (found[status] ?? 0) + 1;
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  say(
    `sums of ${chosen.length} modules in the configured checksum database: ${JSON.stringify(found)}, ${seconds} s`,
  );
}

/** Hashes of real zips: whether they are Go's, and how fast beside `go mod verify`. */
import { mkdirSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { time } from "../../../../scripts/bench/measure.mjs";
import { run } from "../../../../scripts/workspace.mjs";
import { folder, hashAll, median, say } from "./workshop.mjs";

/** @typedef {import("./workshop.mjs").CachedZip} CachedZip */

/** @param {readonly CachedZip[]} zips */
export async function hashes(zips) {
  const found = await hashAll(zips);
  const equal = zips.filter(({ h1 }, at) => found[at]?.h1 === h1).length;
  say(`h1 of ${zips.length} module zips in the module cache: ${equal} equal Go's`);
}

/**
 * Ours and `go mod verify` by turns on one build list, as often as is told.
 *
 * @param {readonly CachedZip[]} zips
 * @param {number} pairs
 */
export async function speed(zips, pairs) {
  const verify = await verifiable(zips);
  if (verify === undefined) return;
  const same = zips.filter(({ module }) => verify.modules.has(module));
  // What is read first comes from the disk.
  await hashAll(same);
  const times = [];
  let bytes = 0;
  for (let pair = 0; pair < pairs; pair++) {
    const theirs = (await verify.run()).seconds;
    const start = performance.now();
    bytes = (await hashAll(same)).reduce((sum, one) => sum + one.bytes, 0);
    times.push({ ours: (performance.now() - start) / 1000, theirs });
  }
  const rate = (/** @type {number} */ seconds) => `${(bytes / 1e6 / seconds).toFixed(0)} MB/s`;
  say(
    `${same.length} zips of one build list, ${(bytes / 1e6).toFixed(0)} MB, by turns; go mod verify reads what was extracted too`,
  );
  for (const { ours, theirs } of times)
    say(`  ours ${ours.toFixed(2)} s, ${rate(ours)}; go mod verify ${theirs.toFixed(2)} s, ${rate(theirs)}`);
  const ratio = median(times.map(({ ours, theirs }) => theirs / ours));
  say(
    `  ours is ${ratio.toFixed(2)} times as fast (median of ${pairs}; load of the machine ${loadavg()[0]?.toFixed(1)})`,
  );
}

/**
 * A module that requires the newest of what is in the cache, which \`go mod verify\` verifies; what requires something
 * else is left out.
 *
 * @param {readonly CachedZip[]} zips
 */
async function verifiable(zips) {
  const newest = new Map(zips.map((zip) => [zip.module.replace(/@.*/, ""), zip]));
  const main = join(folder, "main");
  mkdirSync(main);
  const env = { GOFLAGS: "-mod=mod", GOPROXY: "off", GONOSUMDB: "*" };
  const verify = () => time("go", ["mod", "verify"], { cwd: main, env });
  for (let attempt = 0; attempt < 200; attempt++) {
    const requires = [...newest.values()].map(({ module }) => `\t${module.replace("@", " ")}`);
    writeFileSync(
      join(main, "go.mod"),
      `module example.test/main\n\ngo 1.26\n\nrequire (\n${requires.join("\n")}\n)\n`,
    );
    const { status, stderr } = await verify();
    if (status === 0) {
      const format = "{{.Path}}@{{.Version}}";
      const { stdout } = run("go", ["list", "-m", "-e", "-f", format, "all"], { cwd: main, env });
      return { run: verify, modules: new Set(stdout.split("\n")) };
    }
    const [, culprit = ""] = /go: (\S+?)@\S+ requires/.exec(stderr) ?? [];
    if (!newest.delete(culprit)) return say(`go mod verify failed: ${stderr.slice(0, 200)}`);
  }
  return say("no build list of what is in the module cache");
}

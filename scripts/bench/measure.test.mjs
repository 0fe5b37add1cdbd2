/** The figures of a measured program are those of that program. */
import { expect, test } from "vitest";
import { measure } from "./measure.mjs";

test("counts memory, CPU of worker threads, output and exit code", async () => {
  const busy = "const end = process.cpuUsage().user + 300_000; while (process.cpuUsage().user < end);";
  const program = `
    const held = Buffer.alloc(200 * 2 ** 20, 1);
    new (require("node:worker_threads").Worker)(${JSON.stringify(busy)}, { eval: true });
    process.on("exit", () => { process.exitCode = 3; });
    console.log(held.length);`;
  const run = await measure(["-e", program]);
  expect(run.status).toBe(3);
  expect(run.stdout).toBe(`${200 * 2 ** 20}\n`);
  expect(run.peakMegabytes).toBeGreaterThan(200);
  expect(run.peakMegabytes).toBeLessThan(600);
  expect(run.userSeconds).toBeGreaterThan(0.2);
  expect(run.seconds).toBeGreaterThan(0.2);
});

test("does not count what this process holds", async () => {
  const held = Buffer.alloc(400 * 2 ** 20, 1);
  const run = await measure(["-e", ""]);
  expect(run.peakMegabytes).toBeLessThan(200);
  expect(held.length).toBeGreaterThan(0);
});

test("has no figures for a program that a signal ended", async () => {
  const run = await measure(["-e", "process.kill(process.pid, 'SIGKILL')"]);
  expect(run.status).toBeGreaterThanOrEqual(128);
  expect(run.peakMegabytes).toBeNaN();
});

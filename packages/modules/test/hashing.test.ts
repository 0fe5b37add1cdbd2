/** Hashing beside the program's own thread: the same sums, the same errors, whatever the threads do. */
import { createHash } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { batchesOf, hashBatches } from "../src/hashing/members.ts";
import { openHashThread } from "../src/hashing/threads.ts";
import { readZipEntries, type ZipInput } from "../src/zip-container.ts";
import { type RawEntry, rawZip } from "./sample-zip.ts";
import { temporaryFolder, testConfiguration } from "./temporary-folder.ts";

const contents = Array.from({ length: 300 }, (_, n) => `${n}\n`.repeat(n * 20));
const large = Buffer.alloc(3 << 20, "large\n");
const entries: readonly RawEntry[] = [...contents, large].map((content, n) => ({ name: `f${n}`, content }));
const sums = [...contents, large].map((content) => createHash("sha256").update(content).digest("hex"));

let program: URL;
const files: FileHandle[] = [];

beforeAll(async () => {
  const outfile = join(mkdtempSync(join(tmpdir(), "capdiff-hash-worker-")), "worker.mjs");
  const entry = fileURLToPath(new URL("../src/hashing/worker.ts", import.meta.url));
  await build({ entryPoints: [entry], bundle: true, platform: "node", format: "esm", outfile });
  program = pathToFileURL(outfile);
});

afterAll(() => Promise.all(files.map((file) => file.close())));

async function hashed(zip: Uint8Array, programs: readonly URL[], signal?: AbortSignal) {
  const path = join(temporaryFolder(), "m.zip");
  writeFileSync(path, zip);
  const file = await open(path);
  files.push(file);
  const { limits } = await testConfiguration();
  const input: ZipInput = { file, fileSize: zip.length, shown: "m.zip", limits };
  const members = (await readZipEntries(input)).map((entry) => ({ entry }));
  const threads = programs.map(openHashThread);
  return hashBatches(batchesOf(members), { input, threads, task: { signal } });
}

const ends = new URL(`data:text/javascript,${encodeURIComponent("process.exit(3)")}`);
const knowsNothing = new URL(
  `data:text/javascript,${encodeURIComponent('import { parentPort } from "node:worker_threads"; parentPort.on("message", () => parentPort.postMessage(undefined));')}`,
);

describe("sums are the same", () => {
  test("with threads and without", async () => {
    const zip = rawZip(entries);
    expect(await hashed(zip, [])).toEqual(sums);
    expect(await hashed(zip, [program, program])).toEqual(sums);
  });

  test("with threads that end, or cannot tell", async () => {
    expect(await hashed(rawZip(entries), [ends, knowsNothing])).toEqual(sums);
  });
});

describe("of several files that are wrong the first is told", () => {
  const wrong = (at: readonly number[]) =>
    rawZip(entries.map((entry, n) => (at.includes(n) ? { ...entry, crc: 1 } : entry)));

  test.each([[[0, 299]], [[150, 151, 300]], [[299, 300]]])("%j", async (at) => {
    const failure = { code: "bad-zip", message: expect.stringContaining(`"f${at[0]}"`) as string };
    await expect(hashed(wrong(at), [])).rejects.toMatchObject(failure);
    await expect(hashed(wrong(at), [program, program])).rejects.toMatchObject(failure);
  });
});

test("work that is given up ends with the reason", async () => {
  const signal = AbortSignal.abort(new Error("enough"));
  await expect(hashed(rawZip(entries), [program], signal)).rejects.toThrow("enough");
});

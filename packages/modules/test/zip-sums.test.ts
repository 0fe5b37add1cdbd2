/** Zips that were opened before: their members are not inflated again, and still no other bytes are handed out. */
import { open as openFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openModule } from "../src/index.ts";
import { textStore } from "../src/text-store.ts";
import { zipHash, zipSums } from "../src/zip-sums.ts";
import { moduleZip } from "./sample-zip.ts";
import { temporaryFolder, testConfiguration, writeFiles } from "./temporary-folder.ts";

const module = "example.com/mod@v1.0.0";
const content = "package a\n".repeat(300);
const bytes = await moduleZip(module, { "go.mod": "module example.com/mod\n", "a.go": content });

async function open(zip: Uint8Array, cacheDir: string) {
  const phases: string[] = [];
  const copy = await openModule(join(await writeFiles({ "m.zip": zip }), "m.zip"), {
    configuration: await testConfiguration({ cacheDir }),
    onProgress: ({ phase }) => phases.push(phase),
  });
  return { copy, hashed: phases.includes("hash") };
}

async function hashOf(zip: Uint8Array): Promise<string> {
  const handle = await openFile(join(await writeFiles({ "m.zip": zip }), "m.zip"));
  try {
    return await zipHash(handle, zip.length);
  } finally {
    await handle.close();
  }
}

test("the same bytes have the same sums, which are not computed again", async () => {
  const cacheDir = temporaryFolder();
  const first = await open(bytes, cacheDir);
  const second = await open(bytes, cacheDir);
  expect([first.hashed, second.hashed]).toEqual([true, false]);
  expect(second.copy.h1).toBe(first.copy.h1);
  expect(second.copy.files.map(({ sha256 }) => sha256)).toEqual(first.copy.files.map(({ sha256 }) => sha256));
  expect(Buffer.from((await second.copy.files[0]?.read()) ?? []).toString()).toBe(content);
  await first.copy.close();
  await second.copy.close();
});

test("other bytes have other sums", async () => {
  const cacheDir = temporaryFolder();
  const first = await open(bytes, cacheDir);
  const other = await open(await moduleZip(module, { "a.go": content.replace("a", "b") }), cacheDir);
  expect(other.hashed).toBe(true);
  expect(other.copy.h1).not.toBe(first.copy.h1);
  await first.copy.close();
  await other.copy.close();
});

test("what is read is hashed even if its sum was known: wrong sums hand nothing out", async () => {
  const cacheDir = temporaryFolder();
  const sums = zipSums(cacheDir);
  await sums?.put(await hashOf(bytes), ["0".repeat(64), "1".repeat(64)]);
  await expect(open(bytes, cacheDir)).rejects.toMatchObject({ code: "changed" });
});

test("sums that do not fit the zip are not used", async () => {
  const cacheDir = temporaryFolder();
  const { copy } = await open(bytes, cacheDir);
  await copy.close();
  const store = textStore(join(cacheDir, "sums"));
  await store.put(`zip-${await hashOf(bytes)}`, "0".repeat(64));
  const again = await open(bytes, cacheDir);
  expect(again.hashed).toBe(true);
  await again.copy.close();
});

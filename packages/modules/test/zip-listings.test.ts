/** Zips that were opened before: their members are not inflated again, and still no other bytes are handed out. */
import { open as openFile, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openModule } from "../src/index.ts";
import { textStore } from "../src/text-store.ts";
import { openModuleZip } from "../src/zip.ts";
import { listingKey, type ZipListing, zipHash, zipListings } from "../src/zip-listings.ts";
import { moduleZip } from "./sample-zip.ts";
import { temporaryFolder, testConfiguration, writeFiles } from "./temporary-folder.ts";

const module = "example.com/mod@v1.0.0";
const content = "package a\n".repeat(300);
const bytes = await moduleZip(module, { "go.mod": "module example.com/mod\n", "a.go": content });

async function open(zip: Uint8Array, cacheDir: string) {
  return openFileAt(join(await writeFiles({ "m.zip": zip }), "m.zip"), cacheDir);
}

async function openFileAt(file: string, cacheDir: string) {
  const phases: string[] = [];
  const copy = await openModule(file, {
    configuration: await testConfiguration({ cacheDir }),
    onProgress: ({ phase }) => phases.push(phase),
  });
  return { copy, hashed: phases.includes("hash") };
}

async function hashOf(zip: Uint8Array): Promise<string> {
  const handle = await openFile(join(await writeFiles({ "m.zip": zip }), "m.zip"));
  try {
    return await zipHash(handle);
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
  const other = await open(
    await moduleZip(module, { "a.go": content.replaceAll("package a", "package b") }),
    cacheDir,
  );
  expect(other.hashed).toBe(true);
  expect(other.copy.h1).not.toBe(first.copy.h1);
  await first.copy.close();
  await other.copy.close();
});

/** The key of what is in the sample zip. */
async function keyOf(cacheDir: string): Promise<string> {
  const { limits } = await testConfiguration({ cacheDir });
  return listingKey("zip", await hashOf(bytes), limits);
}

test("what is read is hashed even if its sum was known: wrong sums hand nothing out", async () => {
  const cacheDir = temporaryFolder();
  const { copy } = await open(bytes, cacheDir);
  await copy.close();
  const store = textStore(join(cacheDir, "zips"));
  const listing = JSON.parse((await store.get(await keyOf(cacheDir))) ?? "") as ZipListing;
  const members = listing.members.map((member) => ({ ...member, sha256: "0".repeat(64) }));
  await store.put(await keyOf(cacheDir), JSON.stringify({ ...listing, members }));
  await expect(open(bytes, cacheDir)).rejects.toMatchObject({ code: "changed" });
});

test("a zip of another module than was asked for is no less wrong the second time", async () => {
  const cacheDir = temporaryFolder();
  const { copy } = await open(bytes, cacheDir);
  await copy.close();
  const { limits } = await testConfiguration({ cacheDir });
  const file = join(await writeFiles({ "m.zip": bytes }), "m.zip");
  const opened = openModuleZip(await openFile(file), {
    shown: "m.zip",
    limits,
    expected: { path: "example.com/mod", version: "v1.0.1" },
    listings: zipListings(cacheDir),
  });
  await expect(opened).rejects.toMatchObject({ code: "bad-zip" });
});

test("limits are held against a zip again when they are others", async () => {
  const cacheDir = temporaryFolder();
  const { copy } = await open(bytes, cacheDir);
  await copy.close();
  const { limits } = await testConfiguration({ cacheDir });
  const file = join(await writeFiles({ "m.zip": bytes }), "m.zip");
  const options = { shown: "m.zip", limits: { ...limits, entries: 1 }, listings: zipListings(cacheDir) };
  await expect(openModuleZip(await openFile(file), options)).rejects.toMatchObject({ code: "bad-zip" });
});

test("a file that changed is hashed, also if it has the same size and the time of modification was set back", async () => {
  const cacheDir = temporaryFolder();
  const file = join(await writeFiles({ "m.zip": bytes }), "m.zip");
  const old = new Date(Date.now() - 3_600_000);
  await utimes(file, old, old);
  const first = await openFileAt(file, cacheDir);
  await first.copy.close();
  const other = Buffer.from(
    await moduleZip(module, {
      "go.mod": "module example.com/mod\n",
      "a.go": content.replaceAll("package a", "package b"),
    }),
  );
  expect(other.length).toBe(bytes.length);
  await writeFile(file, other, { flag: "r+" });
  await utimes(file, old, old);
  const second = await openFileAt(file, cacheDir);
  expect(second.hashed).toBe(true);
  expect(second.copy.h1).not.toBe(first.copy.h1);
  await second.copy.close();
});

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { expect, test } from "vitest";
import { type ModuleCopy, openModule, type SourceLimits, ZIP_RULES, type ZipRule } from "../src/index.ts";
import { moduleZip, type RawEntry, type RawZip, rawZip } from "./sample-zip.ts";
import { temporaryFolder, testConfiguration, writeFiles } from "./temporary-folder.ts";

const M = "example.com/mod@v1.0.0";

async function openBytes(bytes: Uint8Array, limits: Partial<SourceLimits> = {}): Promise<ModuleCopy> {
  const file = join(await writeFiles({ "m.zip": bytes }), "m.zip");
  return openModule(file, { configuration: await testConfiguration({}, { limits }) });
}

/** h1 of the same content as `go mod download` computed it. */
const GOLDEN: readonly { module: string; h1: string; files: Record<string, string> }[] = [
  {
    module: "example.com/Golden/mod/v2@v2.3.4-rc.1",
    h1: "h1:aWmBcHJ0nGAh6BDt/sGVZiFEVkYnYZENyaoqUoYkcQ8=",
    files: {
      "go.mod": "module example.com/Golden/mod/v2\n\ngo 1.21\n",
      "a.go": "package mod\n",
      "B.txt": "",
      "sub dir/\u00fcn\u00efcode-\u6587.go": "package sub\n",
      // UTF-16 order would put this name before the next one, byte order puts it after.
      "z/\u{1d4b3}.go": "package z\n",
      "z/\ufb00.go": "package z\n\nvar X = 1\n",
    },
  },
  {
    module: "example.com/legacy@v3.1.0+incompatible",
    h1: "h1:kilu9IQhP+CUvz4/T/pCRqe96ZJ/G5toBerd5kSjCRY=",
    files: { "legacy.go": "package legacy\n", "vendor/modules.txt": "# old\n" },
  },
];

test.each(GOLDEN)("$module has the h1 that Go gives it", async ({ module, h1, files }) => {
  const copy = await openBytes(await moduleZip(module, files));
  expect(copy).toMatchObject({
    source: "zip",
    h1,
    modulePath: module.split("@")[0],
    version: module.split("@")[1],
  });
  expect(copy.diagnostics).toEqual([]);
  const read = await Promise.all(
    copy.files.map(async (file) => [file.name, Buffer.from(await file.read()).toString()]),
  );
  expect(Object.fromEntries(read)).toEqual(files);
  expect(copy.files.map(({ name }) => name).at(-1)).toBe(
    module.includes("Golden") ? "z/\u{1d4b3}.go" : "vendor/modules.txt",
  );
  await copy.close();
  await copy.close();
  await expect(copy.files[0]?.read()).rejects.toMatchObject({ code: "closed" });
});

test("a file of several megabytes is streamed and read whole", async () => {
  const big = "0123456789abcdef".repeat(300_000);
  const copy = await openBytes(
    rawZip([
      { name: `${M}/big.txt`, content: big },
      { name: `${M}/raw.txt`, content: big, method: 0 },
    ]),
  );
  for (const file of copy.files) expect(Buffer.from(await file.read()).toString() === big).toBe(true);
  await copy.close();
});

test("directory entries are no files, and may repeat", async () => {
  const copy = await openBytes(
    rawZip([{ name: `${M}/` }, { name: `${M}/a/` }, { name: `${M}/a/` }, { name: `${M}/a/b.go` }]),
  );
  expect(copy.files.map(({ name }) => name)).toEqual(["a/b.go"]);
  await copy.close();
});

test("data descriptors are accepted", async () => {
  const descriptor = {
    flags: 0x808,
    local: { flags: 0x808, crc: 0, size: 0, packedSize: 0 },
    after: Buffer.alloc(16),
  };
  const copy = await openBytes(
    rawZip([{ name: `${M}/a.go`, content: "package a", ...descriptor }, { name: `${M}/b.go` }]),
  );
  expect(copy.files).toHaveLength(2);
  await copy.close();
});

test("a changed zip is noticed when a file is read", async () => {
  const folder = await writeFiles({
    "m.zip": rawZip([{ name: `${M}/a.go`, content: "package a", method: 0 }]),
  });
  const copy = await openModule(join(folder, "m.zip"), { configuration: await testConfiguration() });
  await writeFile(join(folder, "m.zip"), rawZip([{ name: `${M}/a.go`, content: "package b", method: 0 }]), {
    flag: "r+",
  });
  await expect(copy.files[0]?.read()).rejects.toMatchObject({ name: "SourceError" });
  await copy.close();
});

const A = { name: `${M}/a.go`, content: "package a\n" } satisfies RawEntry;
const unicodePath = Buffer.concat([Buffer.from([0x75, 0x70, 9, 0, 1, 0, 0, 0, 0]), Buffer.from("b.go")]);
const LIMITS = { contentBytes: 1000, goModBytes: 100, licenseBytes: 100, zipBytes: 20_000, entries: 10 };

/** A broken rule, the entry that the message must name, and a zip that breaks it. */
const BROKEN: readonly {
  rule: ZipRule;
  why: string;
  entry?: string;
  entries?: RawEntry[];
  around?: RawZip;
  bytes?: Uint8Array;
}[] = [
  {
    rule: "zip-size",
    why: "large file",
    entries: [{ name: `${M}/a`, content: "x".repeat(25_000), method: 0 }],
  },
  {
    rule: "content-size",
    why: "sum of sizes",
    entry: "b",
    entries: [
      { name: `${M}/a`, content: "x".repeat(600) },
      { name: `${M}/b`, content: "x".repeat(600) },
    ],
  },
  {
    rule: "go-mod-size",
    why: "large go.mod",
    entry: "go.mod",
    entries: [{ name: `${M}/go.mod`, content: "x".repeat(101) }],
  },
  {
    rule: "license-size",
    why: "large LICENSE",
    entry: "LICENSE",
    entries: [{ name: `${M}/LICENSE`, content: "x".repeat(101) }],
  },
  {
    rule: "entry-count",
    why: "many entries",
    entries: Array.from({ length: 11 }, (_, i) => ({ name: `${M}/${i}` })),
  },
  {
    rule: "entry-count",
    why: "many folders",
    entry: "a/b",
    entries: [{ name: `${M}/${"a/".repeat(30)}b` }],
  },
  { rule: "structure", why: "truncated", bytes: rawZip([A, A]).subarray(0, 150) },
  { rule: "structure", why: "end cut off", bytes: rawZip([A]).subarray(0, -1) },
  { rule: "structure", why: "PK and nothing", bytes: Buffer.from("PK") },
  { rule: "structure", why: "data after the end", around: { after: Buffer.from("evil") } },
  { rule: "structure", why: "more entries claimed", around: { entryCount: 2 } },
  {
    rule: "structure",
    why: "not deflated",
    entry: "a.go",
    entries: [{ ...A, packed: Buffer.from([255, 255, 255, 255]) }],
  },
  {
    rule: "unclaimed-bytes",
    why: "data in front",
    entry: "a.go",
    around: { before: Buffer.from("#!/bin/sh\n") },
  },
  {
    rule: "unclaimed-bytes",
    why: "data between",
    entry: "b.go",
    entries: [{ ...A, after: Buffer.from("evil") }, { name: `${M}/b.go` }],
  },
  { rule: "unclaimed-bytes", why: "data before the end record", around: { beforeEnd: Buffer.from("evil") } },
  {
    rule: "unclaimed-bytes",
    why: "fewer entries claimed",
    entries: [A, { name: `${M}/b.go` }],
    around: { entryCount: 1 },
  },
  {
    rule: "header-mismatch",
    why: "other name",
    entry: "a.go",
    entries: [{ ...A, local: { name: `${M}/b.go` } }],
  },
  { rule: "header-mismatch", why: "other method", entry: "a.go", entries: [{ ...A, local: { method: 0 } }] },
  { rule: "header-mismatch", why: "other flags", entry: "a.go", entries: [{ ...A, local: { flags: 0 } }] },
  { rule: "header-mismatch", why: "other sum", entry: "a.go", entries: [{ ...A, local: { crc: 1 } }] },
  { rule: "header-mismatch", why: "other size", entry: "a.go", entries: [{ ...A, local: { size: 1 } }] },
  {
    rule: "header-mismatch",
    why: "other packed size",
    entry: "a.go",
    entries: [{ ...A, local: { packedSize: 1 } }],
  },
  { rule: "unicode-path-field", why: "second name", entry: "a.go", entries: [{ ...A, extra: unicodePath }] },
  { rule: "encrypted", why: "encrypted", entry: "a.go", entries: [{ ...A, flags: 0x801 }] },
  { rule: "structure", why: "strongly encrypted", entries: [{ ...A, flags: 0x841 }] },
  { rule: "compression", why: "bzip2", entry: "a.go", entries: [{ ...A, method: 12 }] },
  { rule: "size-mismatch", why: "more than claimed", entry: "a.go", entries: [{ ...A, size: 3 }] },
  { rule: "size-mismatch", why: "less than claimed", entry: "a.go", entries: [{ ...A, size: 30 }] },
  {
    rule: "size-mismatch",
    why: "stored with two sizes",
    entry: "a.go",
    entries: [{ ...A, method: 0, size: 3 }],
  },
  { rule: "checksum", why: "wrong CRC", entry: "a.go", entries: [{ ...A, crc: 1 }] },
  { rule: "prefix", why: "plain zip of sources", entry: "main.go", entries: [{ name: "main.go" }] },
  {
    rule: "prefix",
    why: "second module",
    entry: "b.go",
    entries: [A, { name: "example.com/mod@v1.0.1/b.go" }],
  },
  { rule: "prefix", why: "absolute", entry: "/etc/passwd", entries: [A, { name: "/etc/passwd" }] },
  { rule: "module", why: "bad path", entries: [{ name: "mod@v1.0.0/a.go" }] },
  { rule: "module", why: "bad version", entries: [{ name: "example.com/mod@1.0/a.go" }] },
  { rule: "module", why: "not canonical", entries: [{ name: "example.com/mod@v1.0/a.go" }] },
  { rule: "module", why: "major version", entries: [{ name: "example.com/mod@v2.0.0/a.go" }] },
  { rule: "utf8-name", why: "Latin-1", entries: [{ name: Buffer.from(`${M}/\u00fc.go`, "latin1") }] },
  { rule: "path-length", why: "long", entries: [{ name: `${M}/${"a".repeat(5000)}` }] },
  { rule: "clean-path", why: "slip", entry: "a/../../b.go", entries: [{ name: `${M}/a/../../b.go` }] },
  { rule: "clean-path", why: "double slash", entry: "a//b.go", entries: [{ name: `${M}/a//b.go` }] },
  { rule: "clean-path", why: "dot", entry: "./a.go", entries: [{ name: `${M}/./a.go` }] },
  { rule: "valid-path", why: "device", entry: "nul.txt", entries: [{ name: `${M}/nul.txt` }] },
  { rule: "valid-path", why: "backslash", entry: "..\\a.go", entries: [{ name: `${M}/..\\a.go` }] },
  {
    rule: "valid-path",
    why: "control character",
    entry: "a\\u{1b}.go",
    entries: [{ name: `${M}/a\u001b.go` }],
  },
  { rule: "duplicate", why: "twice", entry: "a.go", entries: [A, A] },
  { rule: "case-collision", why: "ASCII", entry: "A.go", entries: [A, { name: `${M}/A.go` }] },
  {
    rule: "case-collision",
    why: "Kelvin sign",
    entry: "\u212a.go",
    entries: [{ name: `${M}/k.go` }, { name: `${M}/\u212a.go` }],
  },
  {
    rule: "case-collision",
    why: "folders",
    entry: "D/b.go",
    entries: [{ name: `${M}/d/a.go` }, { name: `${M}/D/b.go` }],
  },
  {
    rule: "file-and-directory",
    why: "file first",
    entry: "a/b.go",
    entries: [{ name: `${M}/a` }, { name: `${M}/a/b.go` }],
  },
  {
    rule: "file-and-directory",
    why: "folder first",
    entry: "a",
    entries: [{ name: `${M}/a/b.go` }, { name: `${M}/a` }],
  },
  { rule: "go-mod-root", why: "nested", entry: "sub/go.mod", entries: [{ name: `${M}/sub/go.mod` }] },
  {
    rule: "go-mod-root",
    why: "nested in capitals",
    entry: "sub/GO.MOD",
    entries: [{ name: `${M}/sub/GO.MOD` }],
  },
  { rule: "go-mod-case", why: "in capitals", entry: "Go.mod", entries: [{ name: `${M}/Go.mod` }] },
  { rule: "empty", why: "no entries", entries: [] },
  { rule: "empty", why: "folders only", entries: [{ name: `${M}/a/` }] },
];

test.each(BROKEN)(
  "a zip that breaks $rule ($why) is refused",
  async ({ rule, entry, entries = [A], around, bytes }) => {
    const content = bytes ?? rawZip(entries, around);
    const opened = openBytes(
      rule === "empty" && entries.length === 0 ? Buffer.concat([content]) : content,
      LIMITS,
    );
    const error = await opened.catch((found: unknown) => found);
    expect(error).toMatchObject({ name: "SourceError", code: "bad-zip" });
    expect(String(error)).toContain(`breaks the rule ${rule}:`);
    if (entry !== undefined) expect(String(error)).toContain(`${entry}"`);
  },
);

test("every rule has a zip that breaks it", () => {
  // Overlapping entries have a test of their own, below.
  const tested = new Set([...BROKEN.map(({ rule }) => rule), "overlap"]);
  expect(Object.keys(ZIP_RULES).filter((rule) => !tested.has(rule))).toEqual([]);
});

test("entries that share their bytes are refused", async () => {
  const bytes = rawZip([A, { name: `${M}/b.go`, content: A.content }]);
  const second = bytes.lastIndexOf("PK\u0001\u0002", undefined, "latin1");
  // The second entry's offset and name point at the first.
  bytes.writeUInt32LE(0, second + 42);
  bytes.write("a", second + 46 + `${M}/`.length, "latin1");
  await expect(openBytes(bytes)).rejects.toThrow("breaks the rule overlap");
});

test("a bomb is stopped at the size that it claims, in bounded time and memory", async () => {
  const packed = deflateRawSync(Buffer.alloc(200 * 1024 * 1024));
  for (const size of [1000, 50_000_000]) {
    const before = process.memoryUsage().arrayBuffers;
    const start = performance.now();
    await expect(openBytes(rawZip([{ name: `${M}/bomb`, packed, size }]))).rejects.toThrow(
      "breaks the rule size-mismatch",
    );
    expect(performance.now() - start).toBeLessThan(5000);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100_000_000);
  }
});

test("what is no zip is not read as one", async () => {
  const folder = await writeFiles({ "main.go": "package main", "no.zip": "PACK", "empty.zip": "" });
  const open = async (name: string) =>
    openModule(join(folder, name), { configuration: await testConfiguration() });
  await expect(open("main.go")).rejects.toMatchObject({ code: "not-a-module-zip" });
  await expect(open("no.zip")).rejects.toThrow("breaks the rule structure");
  await expect(open("empty.zip")).rejects.toThrow("breaks the rule structure");
});

test("an abort ends the work", async () => {
  const file = join(temporaryFolder(), "m.zip");
  await writeFile(file, rawZip([A]));
  const signal = AbortSignal.abort(new Error("enough"));
  await expect(openModule(file, { configuration: await testConfiguration(), signal })).rejects.toThrow(
    "enough",
  );
});

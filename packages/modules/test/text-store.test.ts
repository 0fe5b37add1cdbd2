import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { textStore } from "../src/text-store.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** The files below a folder. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).isFile());
}

test("gives back what was put, whatever it is", async () => {
  const store = textStore(temporaryFolder());
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: "grapheme" }),
      fc.stringMatching(/^[a-z0-9-]{2,20}$/),
      async (text, key) => {
        await store.put(key, text);
        expect(await store.get(key)).toBe(text);
      },
    ),
  );
});

test("an entry that is not there is undefined", async () => {
  expect(await textStore(join(temporaryFolder(), "none")).get("a-1")).toBeUndefined();
});

describe("an entry is dropped and can be put again", () => {
  const bytes = (change: (entry: Buffer) => Buffer) => change;
  test.each([
    ["with one bit changed at the end", bytes((entry) => flipped(entry, entry.length - 1))],
    ["with one bit changed in its head", bytes((entry) => flipped(entry, 3))],
    ["cut short", bytes((entry) => entry.subarray(0, -1))],
    ["cut off in its head", bytes((entry) => entry.subarray(0, 10))],
    ["empty", bytes(() => Buffer.alloc(0))],
    ["with something behind it", bytes((entry) => Buffer.concat([entry, Buffer.from("x")]))],
    ["of another key", bytes((entry) => Buffer.from(entry.toString().replace("key-aa", "key-ba")))],
    ["of another program", bytes(() => Buffer.from("something else\n\n\ntext"))],
  ])("%s", async (_, damage) => {
    const folder = temporaryFolder();
    const store = textStore(folder);
    await store.put("key-aa", "text");
    const [file = ""] = filesIn(folder);
    writeFileSync(file, damage(readFileSync(file)));
    expect(await store.get("key-aa")).toBeUndefined();
    expect(filesIn(folder)).toEqual([]);
    await store.put("key-aa", "text");
    expect(await store.get("key-aa")).toBe("text");
  });
});

function flipped(entry: Buffer, at: number): Buffer {
  const changed = Buffer.from(entry);
  changed[at] = (changed[at] ?? 0) ^ 1;
  return changed;
}

test("a folder that cannot be used has nothing and fails nothing", async () => {
  const file = join(temporaryFolder(), "file");
  writeFileSync(file, "");
  const store = textStore(join(file, "inside"));
  await store.put("a-1", "text");
  expect(await store.get("a-1")).toBeUndefined();
});

test("several may write the same entry at once, and nothing is left over", async () => {
  const folder = temporaryFolder();
  const stores = Array.from({ length: 8 }, () => textStore(folder));
  const text = "x".repeat(100_000);
  await Promise.all(stores.map((store) => store.put("a-1", text)));
  const read = await Promise.all(stores.map((store) => store.get("a-1")));
  expect(new Set(read)).toEqual(new Set([text]));
  expect(filesIn(folder)).toHaveLength(1);
});

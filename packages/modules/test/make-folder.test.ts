import { existsSync } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeFolder } from "../src/make-folder.ts";
import { textStore } from "../src/text-store.ts";
import { temporaryFolder, writeFiles } from "./temporary-folder.ts";

test("folders that are not there are made, and making one that is there does nothing", async () => {
  const folder = join(temporaryFolder(), "a/b/c");
  await makeFolder(folder, 0o700);
  await makeFolder(folder);
  expect((await stat(folder)).isDirectory()).toBe(true);
});

test("below a file there is none", async () => {
  const folder = await writeFiles({ f: "" });
  await expect(makeFolder(join(folder, "f/a"))).rejects.toMatchObject({ code: "ENOTDIR" });
});

// Where a folder cannot be made the file system of Linux's processes says that there is none.
test.runIf(existsSync("/proc/self"))(
  "a store where no folder can be made has nothing, and says so at once",
  async () => {
    const store = textStore("/proc/capdiff/facts");
    await store.put("unit-1", "text");
    expect(await store.get("unit-1")).toBeUndefined();
    await expect(makeFolder("/proc/capdiff/facts")).rejects.toMatchObject({ code: "ENOENT" });
  },
);

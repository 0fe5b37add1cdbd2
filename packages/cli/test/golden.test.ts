/**
 * What each name means in the modules of test-corpus/golden, against what go/types said
 * (`node test-corpus/scripts/golden.mjs`), with the standard library that comes with the program.
 */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../modules/test/temporary-folder.ts";
import { createEngine } from "../src/analysis.ts";
import { capabilityMap } from "./samples/capability-map.ts";
import { runHere } from "./samples/environment.ts";

const folder = fileURLToPath(new URL("../../../test-corpus/golden/", import.meta.url));
const tool = { name: "capdiff", version: "1.2.3", capabilityMap: "test", goRelease: "1.26" } as const;
const files = readdirSync(folder).filter((name) => name.endsWith(".tsv"));

const sorted = (text: string) => text.trimEnd().split("\n").sort();

test("there are modules of several hundred lines, for three builds", () => {
  expect(files.length).toBeGreaterThanOrEqual(12);
  const lines = files.reduce((sum, name) => sum + sorted(readFileSync(folder + name, "utf8")).length, 0);
  expect(lines).toBeGreaterThan(700);
});

test.each(files)("%s", async (name) => {
  const [, module = "", goos = "", goarch = "", cgo = ""] = /^(.*)\.(\w+)-(\w+)-(\w+)\.tsv$/.exec(name) ?? [];
  const { stdout, stderr } = await runHere(
    ["inspect", "refs", folder + module, "--goos", goos, "--goarch", goarch, "--cgo", cgo],
    { loadEngine: async () => createEngine({ capabilityMap, tool, variables: { HOME: temporaryFolder() } }) },
  );
  expect(stderr).toBe("");
  expect(sorted(stdout)).toEqual(sorted(readFileSync(folder + name, "utf8")));
});

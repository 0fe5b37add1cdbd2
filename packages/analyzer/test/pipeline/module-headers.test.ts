/** Headers of directories that are imported although patterns pass over them. */
import { createBuilds } from "@capdiff/analyzer";
import { expect, test } from "vitest";
import { moduleSource } from "../../../../test-corpus/runner/module-files.ts";
import { readModuleHeaders } from "../../src/pipeline/module-headers.ts";

test("a long chain of imports is followed, and each file read once", async () => {
  const steps = Array.from({ length: 200 }, (_, index) => ({
    name: `_${index}/x.go`,
    content: `package x\n\nimport "example.test/m/_${index + 1}"\n`,
  }));
  const source = moduleSource([
    { name: "m.go", content: 'package m\n\nimport "example.test/m/_0"\n' },
    ...steps,
    { name: "_elsewhere/x.go", content: "package x\n" },
  ]);
  const reads = new Map<string, number>();
  const files = source.files.map((file) => ({
    ...file,
    read: () => {
      reads.set(file.name, (reads.get(file.name) ?? 0) + 1);
      return file.read();
    },
  }));
  const headers = await readModuleHeaders({ ...source, files }, { builds: createBuilds(), tests: false });
  const names = headers.files.map(({ name }) => name);
  expect(names).toEqual([...steps.map(({ name }) => name), "m.go"].sort());
  expect([...headers.imported]).toEqual(steps.map(({ name }) => name.slice(0, -5)).sort());
  expect([...reads.values()].every((times) => times === 1)).toBe(true);
});

/** Embedded files of a package with more patterns than are looked at. */
import { createBuilds } from "@capdiff/analyzer";
import { expect, test } from "vitest";
import { analyse } from "../../../../test-corpus/runner/analysis.ts";
import { moduleSource } from "../../../../test-corpus/runner/module-files.ts";

async function embedded(patterns: readonly string[]): Promise<string[]> {
  const source = moduleSource([
    { name: "go.mod", content: "module example.test/m\n" },
    {
      name: "a/a.go",
      content: `package a\n\nimport _ "embed"\n\n//go:embed ${patterns.join(" ")}\nvar x string\n`,
    },
    { name: "a/one.txt", content: "1" },
    { name: "a/sub/_two.txt", content: "2" },
    { name: "b/three.txt", content: "3" },
  ]);
  const { otherFiles } = await analyse(source, { builds: createBuilds(), tests: false });
  return otherFiles.map(({ name }) => name);
}

const many = Array.from({ length: 1001 }, (_, index) => `x${index}`);

test("up to the limit, those that match", async () => {
  expect(await embedded([...many.slice(0, 999), "one.*"])).toEqual(["a/one.txt"]);
});

test("beyond, all below the package's directory", async () => {
  expect(await embedded(many)).toEqual(["a/a.go", "a/one.txt", "a/sub/_two.txt"]);
});

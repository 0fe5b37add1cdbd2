/** An analysis that read nothing says why. */
import { expect, test } from "vitest";
import { analyse, buildsOf } from "../../../../test-corpus/runner/analysis.ts";
import { moduleSource } from "../../../../test-corpus/runner/module-files.ts";

test.each([
  ["there are no Go files", { name: "a.txt", content: "x" }],
  ["no Go file is in the builds that were asked for", { name: "a_windows.go", content: "package m\n" }],
  [
    "there are no Go files but tests, which were not asked for",
    { name: "a_test.go", content: "package m\n" },
  ],
])("%s", async (why, file) => {
  const builds = buildsOf({ narrowing: { goos: "linux" } });
  const { diagnostics } = await analyse(moduleSource([file]), { builds, tests: false });
  expect(diagnostics.map(({ message }) => message)).toEqual([`${why}: nothing was analysed`]);
});

test("a file too large to be read is not among those", async () => {
  const source = moduleSource([{ name: "a.go", content: "package m\n" }]);
  const files = source.files.map((file) => ({ ...file, size: 2 ** 30 }));
  const { diagnostics } = await analyse(
    { ...source, files },
    { builds: buildsOf({ narrowing: {} }), tests: false },
  );
  expect(diagnostics.map(({ code }) => code)).toContain("file-too-large");
  expect(diagnostics.map(({ message }) => message)).toContain(
    "no Go file could be read: nothing was analysed",
  );
});

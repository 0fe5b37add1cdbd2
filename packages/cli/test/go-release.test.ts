/** What the report says of the Go that a module asks for, and of its requirements; real runs without dependencies. */
import { expect, test } from "vitest";
import { temporaryFolder, writeFiles } from "../../modules/test/temporary-folder.ts";
import { createEngine } from "../src/analysis.ts";
import { releaseDiagnostics } from "../src/go-release.ts";
import { readReport } from "../src/report/read.ts";
import { capabilityMap } from "./samples/capability-map.ts";
import { runHere } from "./samples/environment.ts";

async function run(...args: readonly string[]): Promise<string> {
  const tool = { name: "capdiff", version: "1.2.3", capabilityMap: "test", goRelease: "1.26" } as const;
  const home = temporaryFolder();
  const { stdout } = await runHere([...args, "--deps=none", "--cache-dir", home], {
    loadEngine: async () => createEngine({ capabilityMap, tool, variables: { HOME: home } }),
  });
  return stdout;
}

function module(rest: string): Promise<string> {
  return writeFiles({ "go.mod": `module example.test/m\n${rest}`, "m.go": "package m\n" });
}

test.each([
  [undefined, "go1.26.8", 0],
  ["1.18", "go1.26.8", 0],
  ["1.26.9", "go1.26.8", 0],
  ["1.27", undefined, 0],
  ["1.27", "go1.26.8", 1],
  ["1.27rc1", "go1.26.8", 1],
  ["1.100", "go1.26.8", 1],
  ["2.0", "go1.26.8", 1],
])("go.mod asks for %s, the facts are of %s: %d diagnostics", (go, release, count) => {
  expect(releaseDiagnostics(go, release)).toHaveLength(count);
});

test("an older Go is told in one line", async () => {
  const target = await module("go 1.18\n");
  const text = await run("scan", target);
  expect(
    text.match(/With the standard library of go1\.\d+\.\d+; go\.mod asks for Go 1\.18\./gu),
  ).toHaveLength(1);
  const { inputs, diagnostics } = await readReport(await run("scan", target, "--format", "json"));
  expect(inputs).toMatchObject([
    { go: "1.18", standardLibrary: expect.stringMatching(/^go1\./u) as unknown },
  ]);
  expect(diagnostics).toMatchObject([]);
});

test("a later Go is a diagnostic that says what to do, and the answer is not incomplete", async () => {
  const { diagnostics } = await readReport(await run("scan", await module("go 1.99\n"), "--format", "json"));
  expect(diagnostics).toMatchObject([
    { code: "newer-go", severity: "info", incomplete: false, file: "go.mod" },
  ]);
  expect(diagnostics[0]?.message).toMatch(/Go 1\.99.*`capdiff stdlib build`.*--stdlib/u);
});

test("of requirements that changed, those marked as indirect say so", async () => {
  const before = await module("require example.test/a v1.0.0 // indirect\nrequire example.test/c v1.0.0\n");
  const after = await module(
    "require example.test/a v1.1.0 // indirect\nrequire example.test/b v1.0.0\nrequire example.test/c v1.0.0 // indirect\n",
  );
  const text = await run("diff", before, after);
  expect(text).toMatch(/~ +require +example\.test\/a +v1\.0\.0 -> v1\.1\.0 +\/\/ indirect\n/u);
  expect(text).toMatch(/\+ +require +example\.test\/b +v1\.0\.0\n/u);
  const { changes } = await readReport(await run("diff", before, after, "--format", "json"));
  // The mark alone is no change.
  expect(changes).toMatchObject(
    [
      { subject: "example.test/a", change: "changed", indirect: true },
      { subject: "example.test/b", change: "added" },
    ].reverse(),
  );
});

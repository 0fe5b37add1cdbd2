/** The real engine on modules in a temporary folder: everything but the real capability map. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createEngine } from "../src/analysis.ts";
import { readReport } from "../src/report/read.ts";
import { capabilityMap } from "./samples/capability-map.ts";
import { type Ran, runHere } from "./samples/environment.ts";

const folder = mkdtempSync(join(tmpdir(), "capdiff-engine-"));

const before = {
  "go.mod": "module example.test/m\n\ngo 1.22\n",
  "m.go": 'package m\n\nimport "fmt"\n\nfunc Open() { fmt.Println("open") }\n',
};

const after = {
  "go.mod": "module example.test/m\n\ngo 1.24\n\nrequire example.test/dep v1.0.0\n",
  "m.go": `package m

import "os/exec"

const shell = "/bin/sh"

func Open() { run("id") }

func run(line string) {
	exec.Command(shell, "-c", line).Run()
}
`,
  "m_windows.go": 'package m\n\nimport "net"\n\nvar conn, _ = net.Dial("tcp", "127.0.0.1:1")\n',
};

beforeAll(() => {
  for (const [name, files] of Object.entries({ before, after })) {
    for (const [file, text] of Object.entries(files)) {
      const path = join(folder, name, file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
  }
});

afterAll(() => rmSync(folder, { recursive: true }));

test("scan says what a module can do", async () => {
  const { code, stdout } = await runReal("scan", "after");
  expect(code).toBe(0);
  expect(stdout).toContain("EXEC  run other programs");
  expect(stdout).toContain("reached from Open");
  expect(stdout).toContain('exec.Command(shell, "-c", line).Run()');
});

test("diff says what is new", async () => {
  const { stdout } = await runReal("diff", "before", "after");
  expect(stdout).toContain("+ EXEC  run other programs  new to the module");
  expect(stdout).toContain('shell = "/bin/sh"');
  expect(stdout).toContain("reached at program start, from: var conn");
  expect(stdout).toContain("[in windows]");
  expect(stdout).toMatch(/go +1\.22 -> 1\.24/);
});

test("reports of real runs fit the schema, and the same run gives the same bytes", async () => {
  for (const args of [
    ["scan", "after", "before"],
    ["diff", "before", "after"],
  ]) {
    const { stdout } = await runReal(...args, "--format", "json");
    await readReport(stdout);
    expect((await runReal(...args, "--format", "json")).stdout).toBe(stdout);
  }
});

test("diff X X is empty", async () => {
  const { stdout } = await runReal("diff", "after", "after", "--format", "json");
  expect((await readReport(stdout)).changes).toEqual([]);
});

test("a narrowing leaves other builds out", async () => {
  const { stdout } = await runReal("scan", "after", "--goos", "linux");
  expect(stdout).not.toContain("NETWORK/DIAL");
});

test("a port that Go lacks is a mistake, as is a module that is not there", async () => {
  expect(await runReal("scan", "after", "--goos", "linx")).toMatchObject({ code: 2 });
  expect(await runReal("scan", "after", "--tags", "a b")).toMatchObject({ code: 2 });
  expect(await runReal("scan", "nowhere")).toMatchObject({ code: 2 });
});

/** Runs with the targets `before` and `after` for the folders; the rest as it stands. */
function runReal(...args: readonly string[]): Promise<Ran> {
  const places: Readonly<Record<string, string>> = {
    before: join(folder, "before"),
    after: join(folder, "after"),
  };
  const tool = { name: "capdiff", version: "1.2.3", capabilityMap: "test", goRelease: "1.26" } as const;
  return runHere(
    args.map((arg) => places[arg] ?? arg),
    { loadEngine: async () => createEngine({ capabilityMap, tool, variables: {} }) },
  );
}

/** The file of facts: what it holds, how it is made, and what becomes of damaged ones. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder, writeFiles } from "../../modules/test/temporary-folder.ts";
import { createEngine } from "../src/analysis.ts";
import { shippedLibrary, shippedRelease } from "../src/shipped-library.ts";
import { ContainerError, openStandardLibrary } from "../src/standard-library/container.ts";
import { capabilityMap } from "./samples/capability-map.ts";
import { type Ran, runHere } from "./samples/environment.ts";

/** Two packages for all ports, one vendored, and what is left out. */
const goroot = {
  VERSION: "go1.99.1\ntime 2026-01-01T00:00:00Z\n",
  "src/go.mod": "module std\n",
  "src/os/exec/exec.go":
    'package exec\n\nimport "golang.org/x/text"\n\ntype Cmd struct{ Path text.Path }\n\nfunc Command(name string) *Cmd { return nil }\n',
  "src/os/exec/exec_windows.go": "package exec\n\nfunc (c *Cmd) Hide() {}\n",
  "src/os/exec/exec_test.go": "package exec\n\nfunc TestX() {}\n",
  "src/vendor/golang.org/x/text/text.go":
    "package text\n\ntype Path string\n\nfunc (p Path) Clean() Path { return p }\n",
  "src/cmd/tool/main.go": "package main\n\nfunc main() {}\n",
};

function runReal(...args: readonly string[]): Promise<Ran> {
  const tool = { name: "capdiff", version: "1.2.3", capabilityMap: "test", goRelease: "1.26" } as const;
  return runHere(args, { loadEngine: async () => createEngine({ capabilityMap, tool, variables: {} }) });
}

function moduleFolder(): Promise<string> {
  return writeFiles({ "go.mod": "module example.test/m\n", "m.go": "package m\n" });
}

test("the facts that come with the program are small, and hold the packages of the release", () => {
  const library = openStandardLibrary(shippedLibrary);
  expect(library.release).toMatch(new RegExp(`^go${shippedRelease.replace(".", "\\.")}`));
  expect(library.nameOf("net/http")).toBe("http");
  expect(library.nameOf("example.test/m")).toBe(undefined);
  expect(library.exportsOf("net/http")?.names).toContain("ListenAndServe");
  expect(library.exportsOf("example.test/m")).toBe(undefined);
  expect(readFileSync(shippedLibrary).length).toBeLessThan(8_000_000);
});

test("stdlib build compiles a GOROOT, the same bytes each time, and --stdlib uses it", async () => {
  const folder = await writeFiles(goroot);
  const [one, two] = [join(folder, "one.facts"), join(folder, "two.facts")];
  const { code, stdout } = await runReal("stdlib", "build", folder, "-o", one);
  expect([code, stdout]).toEqual([
    0,
    expect.stringMatching(/one\.facts: go1\.99\.1, 2 packages, \d+ bytes\n$/),
  ]);
  await runReal("stdlib", "build", folder, "-o", two);
  expect(readFileSync(one).equals(readFileSync(two))).toBe(true);
  const library = openStandardLibrary(one);
  expect(library.nameOf("vendor/golang.org/x/text")).toBe("text");
  expect(library.exportsOf("os/exec")?.names).toEqual(["Cmd", "Command"]);

  const module = await writeFiles({
    "go.mod": "module example.test/m\n",
    "m.go": 'package m\n\nimport "os/exec"\n\nfunc Open() { exec.Command("x").Path.Clean() }\n',
    "m_windows.go": 'package m\n\nimport "os/exec"\n\nfunc Hide() { exec.Command("x").Hide() }\n',
  });
  const refs = await runReal("inspect", "refs", module, "--stdlib", one);
  expect(refs.stdout.split("\n")).toEqual([
    "m.go:5:20\tcall\tos/exec.Command",
    "m.go:5:38\tcall\t(vendor/golang.org/x/text.Path).Clean",
    "m_windows.go:5:20\tcall\tos/exec.Command\twindows",
    "m_windows.go:5:33\tcall\t(*os/exec.Cmd).Hide\twindows",
    "",
  ]);
});

test.each<[string, Record<string, string>]>([
  ["without a release", { "src/a/a.go": "package a\n" }],
  ["without sources", { VERSION: "go1.99.1\n" }],
])("a GOROOT %s is a mistake that says what to give", async (_, files) => {
  const folder = await writeFiles(files);
  const { code, stderr } = await runReal("stdlib", "build", folder, "-o", join(folder, "x.facts"));
  expect(code).toBe(2);
  expect(stderr).not.toContain("internal error");
});

test.each<[string, (bytes: Buffer) => Buffer]>([
  ["nothing", () => Buffer.alloc(0)],
  ["another file", () => Buffer.from("PK\x03\x04 and so on, for a while, so that it is long enough")],
  ["half of it", (bytes) => bytes.subarray(0, 200)],
  [
    "a damaged index",
    (bytes) => Buffer.concat([bytes.subarray(0, 60), Buffer.alloc(40), bytes.subarray(100)]),
  ],
])("a file with %s is no file of facts", async (_, change) => {
  const file = join(temporaryFolder(), "x.facts");
  writeFileSync(file, change(readFileSync(shippedLibrary)));
  expect(() => openStandardLibrary(file)).toThrow(ContainerError);
  const { code, stderr } = await runReal("scan", await moduleFolder(), "--stdlib", file);
  expect([code, stderr]).toEqual([2, expect.stringContaining("capdiff stdlib build")]);
});

test("a file of facts that is not there is a mistake", async () => {
  const { code, stderr } = await runReal("scan", await moduleFolder(), "--stdlib", "/nowhere/x.facts");
  const words = "cannot read /nowhere/x.facts, which --stdlib names: there is no such file";
  expect([code, stderr]).toEqual([2, expect.stringContaining(words)]);
});

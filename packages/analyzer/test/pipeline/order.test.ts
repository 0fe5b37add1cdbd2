/** In which order answers come: WANT does not look at it. */
import { capabilityRows, compareModules, createBuilds } from "@capdiff/analyzer";
import { expect, test } from "vitest";
import { analyse } from "../../../../test-corpus/runner/analysis.ts";
import { diffLines } from "../../../../test-corpus/runner/diff-lines.ts";
import { moduleSource } from "../../../../test-corpus/runner/module-files.ts";
import { scanLines } from "../../../../test-corpus/runner/scan-lines.ts";
import { parseArchive } from "../../../../test-corpus/runner/txtar.ts";

const before = `
-- go.mod --
module example.test/m

go 1.25
-- a.go --
package m

import "os"

//go:generate go run ./old
func B() { os.Getenv("B") }

func Gone() { os.Getenv("gone") }

func moved(name string) string { if name == "" { return os.Getenv("M") }; return name }
-- x.syso --
x
`;

const after = `
-- go.mod --
module example.test/m

go 1.26

require (
	example.test/z v1.0.0
	example.test/b v1.0.0
)
exclude example.test/b v1.0.0
-- a.go --
package m

import (
	"os"
	"os/exec"
)

//go:generate go run ./new
func B() { os.Getenv("C"); exec.Command("b"); exec.Command("a") }

func A() { exec.Command("a") }

func init() { B() }

type T struct{}

func (T) M() { A() }

var _ = exec.Command("v")

func again(name string) string { if name == "" { return os.Getenv("M") }; return name }
-- b/b.go --
package b

import "os/exec"

func B() { exec.Command("b") }
-- y.syso --
y
-- c.syso --
c
-- z.s --
z
`;

async function analyseText(text: string, builds = createBuilds()) {
  return analyse(moduleSource(parseArchive(text).files), { builds, tests: false });
}

test("rows go by package, then by weight; entry points by kind, then by name", async () => {
  const lines = await scanLines(await analyseText(after));
  expect(
    lines.filter((line) => /^(?:capability|entry|call|file|compiled) /.test(line)),
  ).toMatchInlineSnapshot(`
    [
      "capability . EXEC [direct] [all builds] [4 sites]",
      "entry init init#1 EXEC [all builds]",
      "entry initializer init:_ EXEC [all builds]",
      "entry exported-function A EXEC [all builds]",
      "entry exported-function B EXEC [all builds]",
      "entry exported-method (T).M EXEC [all builds]",
      "capability . READ_SYSTEM_STATE/ENV [direct] [all builds] [2 sites]",
      "entry init init#1 READ_SYSTEM_STATE/ENV [all builds]",
      "entry exported-function B READ_SYSTEM_STATE/ENV [all builds]",
      "capability b EXEC [direct] [all builds] [1 site]",
      "entry exported-function b.B EXEC [all builds]",
      "call B -> os.Getenv("C") [function] [a.go:9:15] [all builds]",
      "call B -> os/exec.Command("b") [function] [a.go:9:33] [all builds]",
      "call B -> os/exec.Command("a") [function] [a.go:9:52] [all builds]",
      "call A -> os/exec.Command("a") [function] [a.go:11:17] [all builds]",
      "call init:_ -> os/exec.Command("v") [function] [a.go:19:14] [all builds]",
      "call again -> os.Getenv("M") [function] [a.go:21:60] [all builds]",
      "call b.B -> os/exec.Command("b") [function] [b/b.go:5:17] [all builds]",
      "compiled a.go in . [all builds]",
      "compiled b/b.go in b [all builds]",
      "file c.syso object",
      "file y.syso object",
      "file z.s assembly",
    ]
  `);
});

test("gains, other arguments, surroundings, losses; in each by weight, kind and whether the function was there", async () => {
  const builds = createBuilds();
  const lines = await diffLines(await analyseText(before, builds), await analyseText(after, builds));
  expect(lines.filter((line) => !/^. path /.test(line))).toMatchInlineSnapshot(`
    [
      "+ call B -> os/exec.Command("b") [existing] [a.go:9:33] [by init#1, B] [all builds]",
      "+ call B -> os/exec.Command("a") [existing] [a.go:9:52] [by init#1, B] [all builds]",
      "+ call A -> os/exec.Command("a") [a.go:11:17] [by A, (T).M] [all builds]",
      "+ call init:_ -> os/exec.Command("v") [a.go:19:14] [by init:_] [all builds]",
      "+ call b.B -> os/exec.Command("b") [b/b.go:5:17] [by b.B] [all builds]",
      "+ entry init init#1 EXEC [all builds]",
      "+ entry initializer init:_ EXEC [all builds]",
      "+ entry exported-function B EXEC [existing] [all builds]",
      "+ entry exported-function A EXEC [all builds]",
      "+ entry exported-method (T).M EXEC [all builds]",
      "+ entry exported-function b.B EXEC [all builds]",
      "+ capability . EXEC [direct] [all builds] [new to module]",
      "+ capability b EXEC [direct] [all builds] [new to module] [whole package]",
      "+ entry init init#1 READ_SYSTEM_STATE/ENV [all builds]",
      "~ call B -> os.Getenv("C") was ("B") [existing] [a.go:9:15] [by init#1, B] [all builds]",
      "~ directive generate a.go:8:1 go run ./new was go run ./old [all builds]",
      "+ file c.syso object",
      "+ file y.syso object",
      "+ file z.s assembly",
      "+ go.mod exclude example.test/b v1.0.0",
      "+ go.mod require example.test/b v1.0.0",
      "+ go.mod require example.test/z v1.0.0",
      "~ go.mod go 1.26 was 1.25",
      "- call Gone -> os.Getenv("gone") [a.go:8:18] [by Gone] [all builds]",
      "- entry exported-function Gone READ_SYSTEM_STATE/ENV [all builds]",
      "- file x.syso object",
      "> function again from moved [a.go:21:6]",
    ]
  `);
});

test("steps and sites show their lines, of the version that they are in", async () => {
  const builds = createBuilds();
  const [old, fresh] = [await analyseText(before, builds), await analyseText(after, builds)];
  const rows = await capabilityRows(fresh, { input: 3 });
  expect(rows.map(({ input }) => input)).toEqual(rows.map(() => 3));
  const changes = await compareModules(old, fresh);
  const shown = changes.flatMap((change) => {
    if (change.kind === "capability" || change.kind === "entry-point") {
      return change.witness.steps.map((step) => `${change.change} ${step.use}: ${step.source}`);
    }
    if (change.kind !== "call-site") return [];
    return [`${change.change} site: ${change.site.source}`, `was: ${change.oldSite?.source ?? ""}`];
  });
  expect(shown).toMatchInlineSnapshot(`
    [
      "added site: func B() { os.Getenv("C"); exec.Command("b"); exec.Command("a") }",
      "was: ",
      "added site: func B() { os.Getenv("C"); exec.Command("b"); exec.Command("a") }",
      "was: ",
      "added site: func A() { exec.Command("a") }",
      "was: ",
      "added site: var _ = exec.Command("v")",
      "was: ",
      "added site: func B() { exec.Command("b") }",
      "was: ",
      "added call: func init() { B() }",
      "added call: func B() { os.Getenv("C"); exec.Command("b"); exec.Command("a") }",
      "added call: var _ = exec.Command("v")",
      "added call: func B() { os.Getenv("C"); exec.Command("b"); exec.Command("a") }",
      "added call: func A() { exec.Command("a") }",
      "added call: func (T) M() { A() }",
      "added call: func A() { exec.Command("a") }",
      "added call: func B() { exec.Command("b") }",
      "added call: func B() { os.Getenv("C"); exec.Command("b"); exec.Command("a") }",
      "added call: func B() { exec.Command("b") }",
      "added call: func init() { B() }",
      "added call: func B() { os.Getenv("C"); exec.Command("b"); exec.Command("a") }",
      "changed site: func B() { os.Getenv("C"); exec.Command("b"); exec.Command("a") }",
      "was: func B() { os.Getenv("B") }",
      "removed site: func Gone() { os.Getenv("gone") }",
      "was: ",
      "removed call: func Gone() { os.Getenv("gone") }",
    ]
  `);
});

const flowing = `
-- a.go --
package m

type Starter interface{ Start() }

type A struct{}
type B struct{}
type C struct{}

func (B) Start() {}
func (C) Start() {}
func (A) Start() {}

func Open() {
	for _, s := range []Starter{C{}, A{}, B{}} { s.Start() }
}
`;

test("what a call may run comes in the order of the functions, whatever that of the types", async () => {
  const { program } = await analyseText(flowing);
  const called = program.edges.flatMap(({ to, use }) =>
    use.use === "call" ? [program.functions[to]?.facts.id] : [],
  );
  expect(called).toEqual(["B", "C", "A"].map((type) => `(example.test/m.${type}).Start`));
});

const mixed = `
-- own.cm --
func example.test/m.own CAPABILITY_EXEC
-- a.go --
package m

import (
	"html"
	"os"
	"path"
)

func own(text string) string { return text }

func Open(change func(string) string) {
	change("")
}

func Choose() {
	Open(path.Clean)
	Open(os.Getenv)
	Open(own)
	Open(os.ExpandEnv)
	Open(html.EscapeString)
}
`;

test("what a map decides comes so too, and then the standard library, packages in the order in which they are met", async () => {
  const { files } = parseArchive(mixed);
  const maps = files.filter(({ name }) => name.endsWith(".cm"));
  const source = moduleSource(files.filter((file) => !maps.includes(file)));
  const { program } = await analyse(source, { builds: createBuilds(), tests: false, maps });
  const called = program.decidedUses.flatMap(({ callee, use }) => (use.use === "call" ? [callee.id] : []));
  expect(called).toEqual([
    "example.test/m.own",
    "path.Clean",
    "os.ExpandEnv",
    "os.Getenv",
    "html.EscapeString",
  ]);
});

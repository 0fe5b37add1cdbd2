/** What the cache keeps, and what makes a package be compiled again. */
import {
  type AnalyzerOptions,
  analyzeModule,
  createBuilds,
  createUnitCompilation,
  type FactsCache,
  type ModuleSource,
  type Narrowing,
} from "@capdiff/analyzer";
import { builtInMap } from "@capdiff/rules";
import { describe, expect, test } from "vitest";
import { realParser } from "../../../../test-corpus/runner/analysis.ts";
import { moduleSource } from "../../../../test-corpus/runner/module-files.ts";
import { parseArchive } from "../../../../test-corpus/runner/txtar.ts";
import { memoryCache } from "../memory-cache.ts";
import { answerOf } from "../properties/analyses.ts";
import { corpusModules } from "../properties/corpus-modules.ts";

const parser = await realParser();

/** Analyses a module, and says which packages were compiled for it. */
async function analyse(source: ModuleSource, cache?: FactsCache, narrowing: Narrowing = {}) {
  const builds = createBuilds({ narrowing });
  const compile = createUnitCompilation({ parser, builds });
  const compiled: string[] = [];
  const options: AnalyzerOptions = {
    parser,
    builds,
    capabilityMap: builtInMap,
    tests: true,
    ...(cache !== undefined && { cache }),
    compiler: {
      compile: async (task) => {
        const given = await task();
        for (const { path } of given.packages) compiled.push(path.replace("example.test/m", "."));
        return compile(given);
      },
    },
  };
  const analysis = await analyzeModule(source, options);
  return { compiled: compiled.sort(), answer: await answerOf(analysis) };
}

const files = `
-- go.mod --
module example.test/m
-- base/base.go --
package base

type T struct{ hidden int }

func (t T) M() int { return t.hidden }

const Name = "a"
-- middle/middle.go --
package middle

import "example.test/m/base"

func F() base.T { return base.T{} }
-- top/top.go --
package top

import (
	"os/exec"

	"example.test/m/middle"
)

func G() { exec.Command("x").Run(); middle.F().M() }
-- apart/apart.go --
package apart

func Alone() {}
`;

function module(from = "", to = ""): ModuleSource {
  expect(files).toContain(from);
  return moduleSource(parseArchive(files.replace(from, to)).files);
}

test("what did not change is not compiled again, and the answer is the same", async () => {
  const cache = memoryCache();
  const cold = await analyse(module(), cache);
  expect(cold.compiled).toEqual(["./apart", "./base", "./middle", "./top"]);
  const warm = await analyse(module(), cache);
  expect(warm).toEqual({ compiled: [], answer: cold.answer });
  expect((await analyse(module())).answer).toBe(cold.answer);
});

describe("a change", () => {
  test.each<[string, string, string, string[]]>([
    ["in a body", "return t.hidden", "return 1 + t.hidden", ["./base"]],
    ["in a comment", "package base", "// x\npackage base", ["./base"]],
    ["in what a type hides", "hidden int", "hidden uint", ["./base", "./middle", "./top"]],
    ["of a constant", '"a"', '"b"', ["./base", "./middle", "./top"]],
    ["that importers of importers cannot see", "func F()", "func f() {}\n\nfunc F()", ["./middle"]],
    ["of a package that nobody imports", "func Alone() {}", "func Alone(int) {}", ["./apart"]],
    ["of the name of an import", "package base", "package other", ["./base", "./middle", "./top"]],
    [
      "of a build constraint",
      "package base",
      "//go:build linux\n\npackage base",
      ["./base", "./middle", "./top"],
    ],
    ["of a file's name", "base/base.go", "base/renamed.go", ["./base"]],
  ])("%s", async (_, from, to, compiled) => {
    const cache = memoryCache();
    await analyse(module(), cache);
    const changed = await analyse(module(from, to), cache);
    expect(changed.compiled).toEqual(compiled);
    expect(changed.answer).toBe((await analyse(module(from, to))).answer);
  });
});

test("other builds are other entries", async () => {
  const cache = memoryCache();
  await analyse(module(), cache);
  const narrowed = await analyse(module(), cache, { goos: "linux", goarch: "amd64" });
  expect(narrowed.compiled).toHaveLength(4);
  expect(narrowed.answer).toBe(
    (await analyse(module(), undefined, { goos: "linux", goarch: "amd64" })).answer,
  );
});

test("one cache serves every narrowing", async () => {
  const bodiless = `
-- go.mod --
module example.test/m
-- m.go --
package m

func F()
-- m.s --
//go:build !b

TEXT ·F(SB)
`;
  const source = moduleSource(parseArchive(bodiless).files);
  const cache = memoryCache();
  const narrowings: Narrowing[] = [
    {},
    { goos: "linux" },
    { goos: "linux", tags: ["a"] },
    { goos: "linux", tags: ["b"] },
    { goos: "linux", tags: ["b", "a"] },
    { goos: "linux", cgo: false },
    { tags: ["b"] },
    { cgo: true },
  ];
  const answers = new Set<string>();
  for (const narrowing of narrowings) {
    const { answer } = await analyse(source, cache, narrowing);
    expect(answer, JSON.stringify(narrowing)).toBe((await analyse(source, undefined, narrowing)).answer);
    answers.add(answer);
  }
  expect(answers.size).toBeGreaterThan(1);
});

test("what is lost of an entry is made again", async () => {
  for (const lost of ["exports-", "unit-", "headers-"]) {
    const cache = memoryCache();
    const cold = await analyse(module(), cache);
    for (const key of cache.entries.keys()) if (key.startsWith(lost)) cache.entries.delete(key);
    // Something must ask for export data again.
    const changed = await analyse(module("middle.F().M()", "_ = middle.F().M()"), cache);
    expect(changed.answer, lost).toBe((await analyse(module("middle.F().M()", "_ = middle.F().M()"))).answer);
    expect((await analyse(module(), cache)).answer, lost).toBe(cold.answer);
  }
});

test("packages that import each other are compiled together", async () => {
  const cycle = `
-- go.mod --
module example.test/m
-- a/a.go --
package a

import "example.test/m/b"

type A struct{ B *b.B }
-- a/a_linux.go --
package a

func F() {}
-- b/b_windows.go --
package b

import "example.test/m/a"

func G(a a.A) *B { return a.B }
-- b/b.go --
package b

import "os/exec"

type B struct{}

func (*B) Run() { exec.Command("x") }
-- c/c.go --
package c

import "example.test/m/a"

func H(x a.A) { x.B.Run() }
`;
  const source = moduleSource(parseArchive(cycle).files);
  const cache = memoryCache();
  const cold = await analyse(source, cache);
  expect(cold.compiled).toEqual(["./a", "./b", "./c"]);
  expect(cold.answer).toContain("(*B).Run");
  expect(await analyse(source, cache)).toEqual({ compiled: [], answer: cold.answer });
});

/** Of the whole corpus, on a machine that is busy with other tests. */
const patience = 240_000;

test("every module of the corpus has the same answer cold, warm and without a cache", {
  timeout: patience,
}, async () => {
  for (const { name, source } of corpusModules) {
    const cache = memoryCache();
    const plain = await analyse(source);
    expect((await analyse(source, cache)).answer, name).toBe(plain.answer);
    expect(await analyse(source, cache), name).toEqual({ compiled: [], answer: plain.answer });
  }
});

/** What is worked out of a call is the same whatever was asked before. */
import { describe, expect, test } from "vitest";
import { fixtureNames, readFixture } from "../../../../test-corpus/runner/fixtures.ts";
import { moduleSource } from "../../../../test-corpus/runner/module-files.ts";
import { parseArchive } from "../../../../test-corpus/runner/txtar.ts";
import { type FoldedCalls, foldCalls } from "../../src/evaluate/fold-calls.ts";
import type { UseFacts } from "../../src/model/facts.ts";
import { analyseAlone } from "../properties/analyses.ts";
import { corpusModules } from "../properties/corpus-modules.ts";

/** Variables that hold the same, of packages that look at each other. */
const shared = parseArchive(`
-- go.mod --
module example.test/m
-- a/a.go --
package a

import "os/exec"

type T struct{ s string }

var p = &T{"a"}

var q = p

var Other = map[string]string{"k": "v"}

var Own = p.s + Other["k"]

func init() { q.s = "changed" }

func P() { exec.Command(p.s + "1") }

func Q() { exec.Command(q.s + "2") }

func Used() { exec.Command(Other["k"] + "3", Other["m"] + "4", Own + "5") }
-- b/b.go --
package b

import (
	"os/exec"

	"example.test/m/a"
)

var seen = a.Own + "b"

func init() { a.Other["m"] = "b" }

func B() { exec.Command(seen + "6", a.Other["m"] + "7") }
`);

const folding = corpusModules.filter(({ name }) => name.startsWith("folding/"));
const attacks = fixtureNames("attacks").map((name) => ({
  name,
  source: moduleSource(readFixture("attacks", name).new),
}));

describe("asked in source order and backwards", () => {
  test.each([
    ...folding,
    ...attacks,
    { name: "variables that hold the same", source: moduleSource(shared.files) },
  ])("$name", async ({ source }) => {
    const { program } = await analyseAlone(source);
    const calls = program.functions.flatMap(({ facts }, fn) =>
      facts.uses.filter(({ use }) => use === "call").map((use): [number, UseFacts] => [fn, use]),
    );
    const told = (folded: FoldedCalls, asked: typeof calls) =>
      new Map(asked.map(([fn, use]) => [use, [folded.valuesOf(fn, use), folded.functionsGiven(fn, use)]]));
    const [forwards, backwards] = [foldCalls(program), foldCalls(program)];
    const [one, other] = [told(forwards, calls), told(backwards, calls.toReversed())];
    for (const [, use] of calls) expect(other.get(use)).toEqual(one.get(use));
  });
});

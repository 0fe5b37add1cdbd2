import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { moduleSource } from "../../../../test-corpus/runner/module-files.ts";
import type { Evidence, NewTexts, Rule } from "../../src/model/rule.ts";
import { judgeModules } from "../../src/pipeline/judge-modules.ts";
import { analyseAlone } from "../properties/analyses.ts";

const words = { title: "T", tier: "inform", seen: "s", why: "w", benign: [], references: [] } as const;

type Others = Readonly<Record<string, string>>;

/** What a rule is told of two versions of a file, and of others, if those are other ones in the new version. */
async function between(old: string, fresh: string, others: Others = {}, newOthers = others) {
  const analysed = (text: string, others: Others) => {
    const files = { "go.mod": "module example.test/m\n\ngo 1.22\n", "a.go": text, ...others };
    return analyseAlone(moduleSource(Object.entries(files).map(([name, content]) => ({ name, content }))));
  };
  let told: readonly NewTexts[] = [];
  let gone: readonly string[] = [];
  const asking = (evidence: Evidence) => {
    told = evidence.newTexts();
    gone = evidence.goneTexts();
    return [];
  };
  const rule: Rule = { id: "r", ...words, find: asking };
  const digest = (text: string) => createHash("sha256").update(text).digest("hex");
  await judgeModules(await analysed(old, others), await analysed(fresh, newOthers), {
    mode: "versions",
    rules: [rule],
    digest,
    input: 0,
  });
  const holders = told.map((one) => [
    one.function.slice("example.test/m.".length),
    `${one.position.file}:${one.position.line}`,
    one.texts,
    one.gone,
  ]);
  return { holders, gone };
}

test("texts of functions, closures in them, constants and variables that are other ones", async () => {
  const go = (host: string) => `package m

const base = "https://${host}/v1"

var table = []string{"a", "https://${host}/v2"}

func Open() string {
	return base
}

func Later() func() string {
	return func() string { return "https://${host}/v3" }
}

func Same() string { return "https://same.example.test" }
`;
  expect((await between(go("a.example.test"), go("b.example.test"))).holders).toEqual([
    ["init:table", "a.go:5", ["https://b.example.test/v2"], ["https://a.example.test/v2"]],
    ["Open", "a.go:7", ["https://b.example.test/v1"], ["https://a.example.test/v1"]],
    ["Later", "a.go:11", ["https://b.example.test/v3"], ["https://a.example.test/v3"]],
  ]);
});

test("all texts of what is new, none of what only lost some, moved in the file or is a test", async () => {
  const old =
    'package m\n\nfunc Lost() []string { return []string{"kept", "lost"} }\n\nfunc Moved() string { return "moved" }\n';
  const fresh =
    'package m\n\nfunc Moved() string { return "moved" }\n\nfunc Lost() []string { return []string{"kept"} }\n\nfunc New() string { return "new" }\n';
  expect((await between(old, fresh)).holders).toEqual([["New", "a.go:7", ["new"], []]]);
});

test("a variable stands where its file has it", async () => {
  const others = { "z_windows.go": 'package m\n\n\n\nvar tool = []string{"other"}\n' };
  const go = 'package m\n\nvar tool = []string{"tool"}\n\nfunc Tool() []string { return tool }\n';
  const { holders } = await between(go, go, {}, others);
  expect(holders).toEqual([["init:tool", "z_windows.go:5", ["other"], ["tool"]]]);
});

test("a variable that other builds have otherwise is not new in each", async () => {
  const others = { "a_windows.go": 'package m\n\nvar tool = "other"\n' };
  const go = 'package m\n\nvar tool = "tool"\n\nfunc Tool() string { return tool }\n';
  expect((await between(go, `${go}\nfunc Other() {}\n`, others)).holders).toEqual([]);
});

test("what is gone stands in no code that importers build", async () => {
  const old =
    'package m\n\nvar kept = "kept"\n\nfunc Gone() []string { return []string{kept, "b", "a", "moved"} }\n';
  const fresh =
    'package m\n\nvar moved = "moved"\n\nfunc Other() []string { return []string{"kept", moved} }\n';
  const others = { "example/e.go": 'package main\n\nfunc main() { println("a") }\n' };
  expect((await between(old, fresh, others)).gone).toEqual(["a", "b"]);
});

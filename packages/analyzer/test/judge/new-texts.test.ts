import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { moduleSource } from "../../../../test-corpus/runner/module-files.ts";
import type { Evidence, NewTexts, Rule } from "../../src/model/rule.ts";
import { judgeModules } from "../../src/pipeline/judge-modules.ts";
import { analyseAlone } from "../properties/analyses.ts";

const words = { title: "T", tier: "inform", seen: "s", why: "w", benign: [], references: [] } as const;

/** What a rule is told of two versions of a file, with a file for Windows alone. */
async function between(old: string, fresh: string, others: Readonly<Record<string, string>> = {}) {
  const analysed = (text: string) => {
    const files = { "go.mod": "module example.test/m\n\ngo 1.22\n", "a.go": text, ...others };
    return analyseAlone(moduleSource(Object.entries(files).map(([name, content]) => ({ name, content }))));
  };
  let told: readonly NewTexts[] = [];
  const asking = (evidence: Evidence) => {
    told = evidence.newTexts();
    return [];
  };
  const rule: Rule = { id: "r", ...words, find: asking };
  const digest = (text: string) => createHash("sha256").update(text).digest("hex");
  await judgeModules(await analysed(old), await analysed(fresh), {
    mode: "versions",
    rules: [rule],
    digest,
    input: 0,
  });
  return told.map(({ function: id, position, texts, gone }) => [
    id.slice("example.test/m.".length),
    `${position.file}:${position.line}`,
    texts,
    gone,
  ]);
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
  expect(await between(go("a.example.test"), go("b.example.test"))).toEqual([
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
  expect(await between(old, fresh)).toEqual([["New", "a.go:7", ["new"], []]]);
});

test("a variable that other builds have otherwise is not new in each", async () => {
  const others = { "a_windows.go": 'package m\n\nvar tool = "other"\n' };
  const go = 'package m\n\nvar tool = "tool"\n\nfunc Tool() string { return tool }\n';
  expect(await between(go, `${go}\nfunc Other() {}\n`, others)).toEqual([]);
});

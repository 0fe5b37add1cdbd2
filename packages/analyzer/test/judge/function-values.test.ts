import { beforeAll, describe, expect, test } from "vitest";
import { moduleSource } from "../../../../test-corpus/runner/module-files.ts";
import { asideFiles } from "../../src/judge/aside.ts";
import { functionsAt } from "../../src/judge/function-at.ts";
import { codeTexts } from "../../src/judge/function-values.ts";
import { moduleTexts } from "../../src/judge/module-texts.ts";
import type { ModuleAnalysis } from "../../src/pipeline/module-analysis.ts";
import { analyseAlone } from "../properties/analyses.ts";

const go = `package m

import "net"

var hosts = []string{"drop.example.test"}

const port = ":443"

func Open() {
	for _, host := range hosts {
		net.Dial("tcp", host+port)
	}
	func() { net.LookupHost("inner.example.test") }()
}

type T struct {
	a int
}

func Close() {
	net.LookupHost("close.example.test")

}
`;

const example = `package main

import "example.test/m"

func main() {
	m.Open()
	println("only.example.test", "close.example.test")
}
`;

const open = "example.test/m.Open";
let analysis: ModuleAnalysis;

beforeAll(async () => {
  const files = {
    "go.mod": "module example.test/m\n\ngo 1.22\n",
    "a.go": go,
    "examples/run/main.go": example,
  };
  analysis = await analyseAlone(
    moduleSource(Object.entries(files).map(([name, content]) => ({ name, content }))),
  );
});

describe("what is known in functions", () => {
  test("arguments of calls, also in closures", () => {
    const values = analysis.questions.valuesIn(open);
    expect(values).toEqual([
      { name: "net.Dial", value: "tcp" },
      { name: "net.Dial", value: "drop.example.test:443" },
      { name: "net.LookupHost", value: "inner.example.test" },
    ]);
    expect(analysis.questions.valuesIn("example.test/m.Nothing")).toEqual([]);
  });

  test("texts in the code, and in what sets variables that it names", () => {
    const texts = codeTexts(analysis.program)(open);
    expect(texts).toContain("drop.example.test");
    expect(texts).toContain("inner.example.test");
    expect(texts).not.toContain("close.example.test");
  });

  test("texts that stand only in code that is set aside", () => {
    const { isAside, isBuilt } = moduleTexts(analysis.program, asideFiles(analysis.program));
    expect(isAside("only.example.test")).toBe(true);
    expect(isAside("close.example.test")).toBe(false);
    expect(isBuilt("close.example.test")).toBe(true);
    expect(isBuilt("only.example.test")).toBe(false);
  });

  test("what is a part of a text that importers build, as a whole", () => {
    const { isBuiltWith } = moduleTexts(analysis.program, asideFiles(analysis.program));
    expect(isBuiltWith("example.test")).toBe(true);
    expect(isBuiltWith("drop.example")).toBe(false);
    expect(isBuiltWith("rop.example.test")).toBe(false);
    expect(isBuiltWith("tcp")).toBe(true);
    expect(isBuiltWith("tc")).toBe(false);
    expect(isBuiltWith("only.example.test")).toBe(false);
  });
});

test("a position is in the function that has something at or behind it", () => {
  const at = functionsAt(analysis.program);
  const position = (line: number, file = "a.go") => ({ file, line, column: 1 });
  expect(at(position(10))).toBe(open);
  expect(at(position(13))).toBe(open);
  expect(at(position(17))).toBeUndefined();
  expect(at(position(21))).toBe("example.test/m.Close");
  expect(at(position(22))).toBeUndefined();
  expect(at(position(10, "b.go"))).toBeUndefined();
});

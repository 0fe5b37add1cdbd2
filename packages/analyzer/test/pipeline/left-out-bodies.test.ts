/** Bodies of other modules that are not compiled at first do not show: who needs them has them made. */
import {
  type AnalyzerOptions,
  analyzeModule,
  createBuilds,
  type FactsCache,
  type ModuleSource,
} from "@capdiff/analyzer";
import { builtInMap } from "@capdiff/rules";
import { expect, test } from "vitest";
import { realParser } from "../../../../test-corpus/runner/analysis.ts";
import { dependenciesOf } from "../../../../test-corpus/runner/dependencies.ts";
import { moduleSource } from "../../../../test-corpus/runner/module-files.ts";

const parser = await realParser();

const lib = `package lib

import "os/exec"

type Starter interface{ Start() }

type program struct{}

func (program) Start() { exec.Command("true") }

func Begin() { begin(program{}) }

func begin(s Starter) { s.Start() }

func Idle() {}

type Job struct{}

func (Job) Later() { Begin() }
`;

function calling(name: string) {
  return moduleOf(`func Open() { lib.${name}() }`);
}

function moduleOf(code: string) {
  return moduleSource([{ name: "m.go", content: `package m\n\nimport "example.test/lib"\n\n${code}\n` }]);
}

function memoryCache(): FactsCache & { readonly entries: ReadonlyMap<string, string> } {
  const entries = new Map<string, string>();
  return {
    entries,
    get: async (key) => entries.get(key),
    put: async (key, text) => void entries.set(key, text),
    digest: (text) => text,
  };
}

async function analysing(
  name: string,
  { module = calling(name), ...options }: Partial<AnalyzerOptions> & { module?: ModuleSource } = {},
) {
  const dependencies = dependenciesOf([{ name: "deps/example.test/lib@v1.0.0/lib.go", content: lib }]);
  return analyzeModule(module, {
    parser,
    capabilityMap: builtInMap,
    builds: createBuilds(),
    tests: false,
    ...(dependencies && { dependencies }),
    ...options,
  });
}

async function reaching(name: string, options: Partial<AnalyzerOptions> = {}): Promise<string[]> {
  const { program, reach } = await analysing(name, options);
  return program.functions.flatMap(({ facts }, index) => (reach[index]?.has("EXEC") ? [facts.id] : []));
}

const all = ["Open", "lib.Begin", "lib.begin", "(lib.program).Start"].map((name) =>
  name.replace("lib.", "example.test/lib.").replace(/^Open$/, "example.test/m.Open"),
);

test("what nothing leads to is left out, and made when another module leads to it", async () => {
  const cache = memoryCache();
  expect(await reaching("Idle", { cache })).toEqual([]);
  expect([...cache.entries.values()].join()).toContain('"omitted":true');
  expect((await reaching("Begin", { cache })).sort()).toEqual(all.sort());
  expect([...cache.entries.values()].join()).not.toContain('"omitted":true');
  expect(await reaching("Idle", { cache })).toEqual([]);
});

test("a promoted method that nothing calls stays left out, and one that is called through an interface is made", async () => {
  const tool = "type Tool struct{ lib.Job }\n\nfunc Open() any { return Tool{} }\n";
  const cache = memoryCache();
  await analysing("", { module: moduleOf(tool), cache });
  expect([...cache.entries.values()].join()).toContain('"omitted":true');
  const caller = "func Run() { Open().(interface{ Later() }).Later() }\n";
  const { program, reach } = await analysing("", { module: moduleOf(tool + caller), cache });
  const run = program.functions.findIndex(({ facts }) => facts.id === "example.test/m.Run");
  expect(reach[run]?.has("EXEC")).toBe(true);
});

test("who asks for all functions has them, with and without a cache", async () => {
  const cache = memoryCache();
  const own = all.filter((name) => name !== "example.test/m.Open");
  const inLib = [...own, "(example.test/lib.Job).Later"].sort();
  await reaching("Idle", { cache });
  expect((await reaching("Idle", { cache, whole: true })).sort()).toEqual(inLib);
  expect((await reaching("Idle", { whole: true })).sort()).toEqual(inLib);
});

test("functions of other modules that are understood have no diagnostics", async () => {
  const { program } = await analysing("Begin", { whole: true });
  const inLib = program.functions.filter(({ facts }) => facts.id.startsWith("example.test/lib."));
  expect(inLib).not.toEqual([]);
  for (const { facts } of inLib) expect(facts).not.toHaveProperty("diagnostics");
});

/** Generated programs as packages of another module: what the module leads to is linked, all of it. */
import { createBuilds, type ModuleAnalysis } from "@capdiff/analyzer";
import fc from "fast-check";
import { expect, test } from "vitest";
import { analyse } from "../../../../test-corpus/runner/analysis.ts";
import { dependenciesOf } from "../../../../test-corpus/runner/dependencies.ts";
import { moduleSource } from "../../../../test-corpus/runner/module-files.ts";
import { fixpointFrom, fixpointOf } from "./dispatch-fixpoint.ts";
import { type DispatchProgram, dispatchPrograms, textOf } from "./dispatch-programs.ts";

const builds = createBuilds();

const caller = {
  name: "m.go",
  content: 'package m\n\nimport "example.test/lib"\n\nfunc Open() { lib.F0() }\n',
};

function analyseBehind(program: DispatchProgram): Promise<ModuleAnalysis> {
  const content = textOf(program).replace("package m", "package lib");
  const dependencies = dependenciesOf([{ name: "deps/example.test/lib@v1.0.0/lib.go", content }]);
  return analyse(moduleSource([caller]), { builds, tests: false, dependencies });
}

/** The edges between functions of the other module. */
function edgesIn({ program }: ModuleAnalysis): string[] {
  const name = (index: number) => program.functions[index]?.facts.id.replace("example.test/lib.", "") ?? "";
  const lines = program.edges
    .filter(({ from }) => program.functions[from]?.pkg.module !== undefined)
    .map(({ from, to }) => `${name(from)} -> ${name(to)}`);
  return [...new Set(lines)];
}

test("what a plain fixpoint over what is led to says is there, and nothing that none says", async () => {
  await fc.assert(
    fc.asyncProperty(dispatchPrograms, async (program) => {
      const found = edgesIn(await analyseBehind(program));
      const least = fixpointFrom(program, "F0");
      const most = fixpointOf(program);
      expect(found, textOf(program)).toEqual(expect.arrayContaining([...least.calls, ...least.mentions]));
      expect([...most.calls, ...most.mentions], textOf(program)).toEqual(expect.arrayContaining(found));
    }),
    { numRuns: 60 },
  );
});

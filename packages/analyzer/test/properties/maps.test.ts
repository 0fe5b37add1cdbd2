import { createBuilds, type ModuleAnalysis } from "@capdiff/analyzer";
import fc from "fast-check";
import { expect, test } from "vitest";
import { analyse } from "../../../../test-corpus/runner/analysis.ts";
import { scanLines } from "../../../../test-corpus/runner/scan-lines.ts";
import { type GoModule, goModules, moduleOf } from "./go-modules.ts";

const builds = createBuilds();

function analyseWith(goModule: GoModule, map: string): Promise<ModuleAnalysis> {
  return analyse(moduleOf(goModule), { builds, tests: false, maps: [{ name: "my.cm", content: map }] });
}

/** Which entry points reach what, in which builds. */
async function entries(analysis: ModuleAnalysis): Promise<string[]> {
  return (await scanLines(analysis)).filter((line) => line.startsWith("entry "));
}

const folders = ["", "sub"] as const;
const names = ["Open", "run", "Close"];

/** Every function that a line may name is there: a line for one that is not would decide what is missing. */
const complete = folders.map((directory) => ({
  directory,
  constraint: "",
  functions: names.map((name) => ({ name, statements: [] })),
}));

test("a function that is SAFE counts as one with an empty body, and nothing else changes", async () => {
  const modules = goModules.map((some) => [...some, ...complete]);
  await fc.assert(
    fc.asyncProperty(
      modules,
      fc.constantFrom(...folders),
      fc.constantFrom(...names),
      async (one, folder, name) => {
        const emptied = one.map((file) => ({
          ...file,
          functions: file.functions.map((fn) =>
            fn.name === name && file.directory === folder ? { ...fn, statements: [] } : fn,
          ),
        }));
        const path = folder === "" ? "example.test/m" : `example.test/m/${folder}`;
        const found = await analyseWith(one, `func ${path}.${name} SAFE`);
        expect(await entries(found)).toEqual(await entries(await analyseWith(emptied, "")));
      },
    ),
    { numRuns: 100 },
  );
});

test("a line for any function of the standard library takes its place, whatever the built-in map says", async () => {
  await fc.assert(
    fc.asyncProperty(goModules, fc.boolean(), async (goModule, whole) => {
      const line = whole ? "package os/exec OWN/RUN" : "func os/exec.Command OWN/RUN";
      const renamed = (await entries(await analyseWith(goModule, ""))).map((one) =>
        one.replace(" EXEC ", " OWN/RUN "),
      );
      expect((await entries(await analyseWith(goModule, line))).sort()).toEqual(renamed.sort());
    }),
    { numRuns: 50 },
  );
});

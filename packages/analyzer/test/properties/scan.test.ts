import {
  type BuildSet,
  capabilityRows,
  createBuilds,
  type ModuleAnalysis,
  type ModuleSource,
} from "@capdiff/analyzer";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { analyseAlone, answerOf, changesBetween } from "./analyses.ts";
import { corpusModules } from "./corpus-modules.ts";
import { goModules, goStatements, moduleOf } from "./go-modules.ts";

/** The module with its files in another order. */
function reversed(source: ModuleSource): ModuleSource {
  return { ...source, files: source.files.toReversed() };
}

describe("the order in which files come does not matter", () => {
  test("modules of the corpus", async () => {
    for (const { name, source } of corpusModules) {
      const [one, other] = [await analyseAlone(source), await analyseAlone(reversed(source))];
      expect(await answerOf(other), name).toBe(await answerOf(one));
    }
  });

  test("generated modules", async () => {
    await fc.assert(
      fc.asyncProperty(goModules, goModules, async (a, b) => {
        const [old, fresh] = [moduleOf(a), moduleOf(b)];
        expect(await answerOf(await analyseAlone(reversed(fresh)))).toBe(
          await answerOf(await analyseAlone(fresh)),
        );
        const changes = await changesBetween(old, fresh);
        expect(await changesBetween(reversed(old), reversed(fresh))).toEqual(changes);
      }),
      { numRuns: 40 },
    );
  });
});

test("one call more takes no capability away", async () => {
  await fc.assert(
    fc.asyncProperty(goModules, goStatements, fc.nat(), fc.nat(), async (one, statement, file, fn) => {
      const more = one.map((each, index) =>
        index !== file % one.length
          ? each
          : {
              ...each,
              functions: each.functions.map((called, place) =>
                place !== fn % each.functions.length
                  ? called
                  : { ...called, statements: [...called.statements, statement] },
              ),
            },
      );
      const builds = createBuilds();
      const after = await setsOf(await analyseAlone(moduleOf(more), builds));
      for (const [key, set] of await setsOf(await analyseAlone(moduleOf(one), builds))) {
        expect(builds.subsetOf(set, after.get(key) ?? builds.none), key).toBe(true);
      }
    }),
    { numRuns: 60 },
  );
});

/** The builds of each (package, capability), and of each way in by its name. */
async function setsOf(analysis: ModuleAnalysis): Promise<Map<string, BuildSet>> {
  const { builds } = analysis.program;
  const sets = new Map<string, BuildSet>();
  const add = (key: string, expression: string) =>
    sets.set(key, builds.or(sets.get(key) ?? builds.none, builds.parse(expression)));
  for (const row of await capabilityRows(analysis, { input: 0 })) {
    const key = `${row.package} ${row.capability}`;
    add(key, row.builds.expression);
    for (const { kind, function: name, builds: set } of row.entryPoints) {
      // The number of an init function depends on what other builds declare.
      add(`${key} ${kind} ${name.replace(/#\d+$/, "")}`, set.expression);
    }
  }
  return sets;
}

const narrowings = [
  { goos: "linux", goarch: "amd64" },
  { goos: "windows", goarch: "arm64", tags: ["foo"] },
  { goos: "darwin", goarch: "arm64", cgo: false },
  { goos: "linux", tags: ["integration"] },
];

describe.each(narrowings)("narrowed to %j the answer is the whole one's restriction", (narrowing) => {
  async function holdsFor(source: ModuleSource, name: string) {
    const all = createBuilds();
    const builds = createBuilds({ narrowing });
    const whole = await setsOf(await analyseAlone(source, all));
    const expected = [...whole].flatMap(([key, set]) => {
      const left = builds.narrow(builds.parse(all.expression(set)));
      return builds.isEmpty(left) ? [] : [`${key} in ${builds.words(left)}`];
    });
    const narrowed = await setsOf(await analyseAlone(source, builds));
    const found = [...narrowed].map(([key, set]) => `${key} in ${builds.words(set)}`);
    expect(found.filter(isKnown).sort(), name).toEqual(expected.filter(isKnown).sort());
  }

  test("modules of the corpus", async () => {
    for (const { name, source } of corpusModules) await holdsFor(source, name);
  });

  test("generated modules", async () => {
    await fc.assert(
      fc.asyncProperty(goModules, async (one) => holdsFor(moduleOf(one), "")),
      { numRuns: 20 },
    );
  });
});

/** A package that the narrowing leaves nothing of counts as missing, which the whole answer cannot say. */
function isKnown(answer: string): boolean {
  return !answer.includes(" UNANALYZED");
}

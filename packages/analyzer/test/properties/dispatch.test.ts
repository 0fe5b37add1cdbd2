/** Call graphs and what is reached along them, of generated programs. */
import { capabilityRows, createBuilds, type ModuleAnalysis, type Step } from "@capdiff/analyzer";
import fc from "fast-check";
import { expect, test } from "vitest";
import { analyse } from "../../../../test-corpus/runner/analysis.ts";
import { fixpointOf } from "./dispatch-fixpoint.ts";
import { type DispatchProgram, dispatchPrograms, moduleOf, statements, textOf } from "./dispatch-programs.ts";

const builds = createBuilds();

/** Analyses a program, with the lines of a user's map. */
function analyseProgram(program: DispatchProgram, map = ""): Promise<ModuleAnalysis> {
  const maps = map === "" ? [] : [{ name: "my.cm", content: map }];
  return analyse(moduleOf(program), { builds, tests: false, maps });
}

const prefix = "example.test/m.";

function nameOf({ program }: ModuleAnalysis, index: number): string {
  return (program.functions[index]?.facts.id ?? "").replace(prefix, "");
}

function edgesOf(analysis: ModuleAnalysis, use: Step["use"]): string[] {
  const edges = analysis.program.edges.filter((edge) => edge.use.use === use);
  const lines = edges.map(({ from, to }) => `${nameOf(analysis, from)} -> ${nameOf(analysis, to)}`);
  return [...new Set(lines)].sort();
}

/** Functions that run programs, by what is reached. */
function reaching(analysis: ModuleAnalysis): string[] {
  return analysis.reach
    .flatMap((reached, index) => (reached.has("EXEC") ? [nameOf(analysis, index)] : []))
    .sort();
}

/** Functions from which control gets to one that runs a program, without those that are cut off. */
function closureOf(program: DispatchProgram, cut?: string): string[] {
  const { calls, mentions } = fixpointOf(program);
  const edges = [...calls, ...mentions].map((line) => line.split(" -> "));
  const runs = program.filter(({ statements: body }) => body.some(({ kind }) => kind === "run"));
  const found = new Set(runs.map(({ name }) => name).filter((name) => name !== cut));
  for (let size = -1; size < found.size; ) {
    size = found.size;
    for (const [from = "", to = ""] of edges) if (found.has(to) && from !== cut) found.add(from);
  }
  return [...found].sort();
}

test("calls run what a plain fixpoint says, and nothing else", async () => {
  await fc.assert(
    fc.asyncProperty(dispatchPrograms, async (program) => {
      const analysis = await analyseProgram(program);
      const { calls, mentions } = fixpointOf(program);
      expect(analysis.diagnostics, textOf(program)).toEqual([]);
      expect(edgesOf(analysis, "call"), textOf(program)).toEqual([...calls].sort());
      expect(edgesOf(analysis, "reference"), textOf(program)).toEqual([...mentions].sort());
    }),
    { numRuns: 60 },
  );
});

test("a function has a capability if the edges lead to it, and a SAFE one is where that stops", async () => {
  await fc.assert(
    fc.asyncProperty(dispatchPrograms, fc.constantFrom("F0", "F1", "(T0).m"), async (program, safe) => {
      expect(reaching(await analyseProgram(program)), textOf(program)).toEqual(closureOf(program));
      const id = safe.startsWith("(") ? `(${prefix}${safe.slice(1)}` : prefix + safe;
      const stopped = await analyseProgram(program, `func ${id} SAFE`);
      expect(reaching(stopped), textOf(program)).toEqual(closureOf(program, safe));
    }),
    { numRuns: 30 },
  );
});

test("a statement more takes no capability of a function away", async () => {
  await fc.assert(
    fc.asyncProperty(dispatchPrograms, statements, fc.nat(), async (program, statement, place) => {
      const more = program.map((fn, index) =>
        index === place % program.length ? { ...fn, statements: [...fn.statements, statement] } : fn,
      );
      const after = new Set(reaching(await analyseProgram(more)));
      for (const name of reaching(await analyseProgram(program))) expect(after.has(name), name).toBe(true);
    }),
    { numRuns: 30 },
  );
});

test("every step of every witness is an edge, the last one a terminal, and none is less doubtful", async () => {
  await fc.assert(
    fc.asyncProperty(dispatchPrograms, async (program) => {
      const analysis = await analyseProgram(program);
      const edges = new Set(
        analysis.program.edges.map(({ from, to, use, breadth }) =>
          [nameOf(analysis, from), nameOf(analysis, to), use.line, use.column, breadth].join(" "),
        ),
      );
      const rows = await capabilityRows(analysis, { input: 0, granularity: "function", witnesses: 3 });
      for (const row of rows) {
        for (const { steps } of [row.witness, ...(row.otherWitnesses ?? [])]) {
          const names = steps.map((step) => step.function.replace(prefix, ""));
          steps.slice(0, -1).forEach(({ site, callees, use }, index) => {
            const breadth = callees ?? (use === "reference" ? 1 : 0);
            expect(edges).toContain(
              [names[index], names[index + 1], site.line, site.column, breadth].join(" "),
            );
          });
          expect(analysis.terminals.some(({ from }) => nameOf(analysis, from) === names.at(-1))).toBe(true);
        }
      }
      expectLeastDoubt(analysis);
    }),
    { numRuns: 30 },
  );
});

/** Distances as a table has them that is improved until nothing changes. */
function expectLeastDoubt({ program, terminals, reach }: ModuleAnalysis): void {
  const costs = new Map<number, readonly [doubt: number, length: number]>();
  const improve = (at: number, doubt: number, length: number): boolean => {
    const [known, steps] = costs.get(at) ?? [Number.POSITIVE_INFINITY, 0];
    if (doubt > known || (doubt === known && length >= steps)) return false;
    costs.set(at, [doubt, length]);
    return true;
  };
  for (const { from, breadth, capabilities } of terminals)
    if (capabilities.includes("EXEC")) improve(from, breadth, 1);
  for (let again = true; again; ) {
    again = false;
    for (const { from, to, breadth, use } of program.edges) {
      const [doubt, length] = costs.get(to) ?? [];
      // A mention is less sure than a call.
      const cost = breadth + (use.use === "reference" ? 1 : 0);
      if (doubt !== undefined && length !== undefined)
        again = improve(from, doubt + cost, length + 1) || again;
    }
  }
  const found = reach.flatMap((reached, index) => {
    const [path] = reached.get("EXEC")?.paths ?? [];
    return path === undefined ? [] : [[index, path.doubt, path.length]];
  });
  expect(found).toEqual([...costs].map(([at, cost]) => [at, ...cost]).sort(([a = 0], [b = 0]) => a - b));
}

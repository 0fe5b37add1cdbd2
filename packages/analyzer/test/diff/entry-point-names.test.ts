import fc from "fast-check";
import { expect, test } from "vitest";
import { entryPointNames } from "../../src/diff/entry-point-names.ts";
import type { Program } from "../../src/link/program.ts";
import { compareEntryPoints, entryPointOf } from "../../src/reach/entry-points.ts";
import { analyseAlone } from "../properties/analyses.ts";
import { goModules, moduleOf } from "../properties/go-modules.ts";
import { moduleOf as moduleOfText } from "../types/check-all.ts";

/** Follows the callers of one function, whatever that costs. */
function naiveNames({ functions, callers, ...program }: Program, index: number): string[] {
  const reaching = new Set([index]);
  for (const at of reaching) {
    for (const { from } of callers[at] ?? [])
      if (functions[from]?.pkg === functions[index]?.pkg) reaching.add(from);
  }
  const whole = { functions, callers, ...program };
  const found = [...reaching].flatMap((at) => entryPointOf(whole, at, program.builds.all) ?? []);
  return [...new Set(found.sort(compareEntryPoints).map((one) => one.function))].slice(0, 10);
}

function agrees(program: Program): void {
  const naive = program.functions.map((_, index) => naiveNames(program, index));
  expect(entryPointNames(program)).toEqual(naive);
}

test("entry points are those from which callers lead to a function", async () => {
  await fc.assert(
    fc.asyncProperty(goModules, async (one) => agrees((await analyseAlone(moduleOf(one))).program)),
    { numRuns: 60 },
  );
});

/** Functions that call each other at random, some of them exported. */
const calls = fc.array(fc.tuple(fc.nat(29), fc.nat(29)), { maxLength: 80 });

test("of more than ten the most direct ones, through cycles too", async () => {
  const name = (number: number) => (number % 3 === 0 ? "f" : "F") + number;
  await fc.assert(
    fc.asyncProperty(calls, async (list) => {
      const functions = Array.from({ length: 30 }, (_, from) => {
        const body = list.filter(([caller]) => caller === from).map(([, to]) => `\t${name(to)}()\n`);
        return `func ${name(from)}() {\n${body.join("")}}\n`;
      });
      agrees((await analyseAlone(moduleOfText(`package m\n\n${functions.join("\n")}`))).program);
    }),
    { numRuns: 40 },
  );
});

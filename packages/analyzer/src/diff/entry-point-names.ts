import type { Program } from "../link/program.ts";
import { compareEntryPoints, entryPointOf } from "../reach/entry-points.ts";

/** Entry points that a call site names. */
const entryPointLimit = 10;

/**
 * For each function the entry points of its package from which some path inside the package
 * leads to it, the most direct kinds first, at most ten. Linear in functions and edges: entry
 * points are followed best first, and no further than to a function that has ten already,
 * since what that leads to has ten as good.
 */
export function entryPointNames(program: Program): readonly (readonly string[])[] {
  const names: string[][] = program.functions.map(() => []);
  const callees = calleesInPackage(program);
  const entries = program.functions
    .flatMap((_, index) => {
      const entry = entryPointOf(program, index, program.builds.all);
      return entry === undefined ? [] : [{ index, entry }];
    })
    .sort((a, b) => compareEntryPoints(a.entry, b.entry));
  for (const { index, entry } of entries) {
    const waiting = [index];
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      const list = names[at];
      // Variants of a function have one name, and come one after the other or lead to the same.
      if (list === undefined || list.length >= entryPointLimit || list.includes(entry.function)) continue;
      list.push(entry.function);
      for (const callee of callees[at] ?? []) waiting.push(callee);
    }
  }
  return names;
}

function calleesInPackage({ functions, edges }: Program): readonly (readonly number[])[] {
  const callees: number[][] = functions.map(() => []);
  for (const { from, to } of edges) {
    if (functions[from]?.pkg === functions[to]?.pkg) callees[from]?.push(to);
  }
  return callees;
}

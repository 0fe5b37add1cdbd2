import type { BuildSet, BuildSets } from "../constraints/index.ts";
import type { Program } from "../link/program.ts";
import type { Capability } from "../model/capability.ts";
import { comparePositions, compareText } from "../model/position.ts";
import type { Builds, EntryPoint, EntryPointKind } from "../model/report.ts";
import type { Reach } from "./reach.ts";

/** Kinds by how little it takes to get in: without a call first. */
const order: readonly EntryPointKind[] = [
  "init",
  "initializer",
  "main",
  "cgo-export",
  "exported-function",
  "exported-method",
  "interface-method",
  "test",
];

export function compareEntryPoints(a: EntryPoint, b: EntryPoint): number {
  return (
    order.indexOf(a.kind) - order.indexOf(b.kind) ||
    compareText(a.function, b.function) ||
    comparePositions(a.position, b.position)
  );
}

/** A set of builds as the report says it: all builds are those that were asked for. */
export function reportBuilds(builds: BuildSets, set: BuildSet): Builds {
  const shown = builds.subsetOf(builds.asked, set) ? builds.all : set;
  return { expression: builds.expression(shown), words: builds.words(shown) };
}

/** The function as an entry point in those builds; undefined if it is none. */
export function entryPointOf(program: Program, index: number, set: BuildSet): EntryPoint | undefined {
  const fn = program.functions[index];
  if (fn?.facts.entry === undefined) return undefined;
  return {
    kind: fn.facts.entry,
    function: fn.facts.id,
    builds: reportBuilds(program.builds, set),
    position: { file: fn.file.name, line: fn.facts.line, column: fn.facts.column },
  };
}

/** The entry points among those functions that reach the capability, sorted. */
export function entryPoints(
  program: Program,
  reach: Reach,
  { functions, capability }: { readonly functions: readonly number[]; readonly capability: Capability },
): EntryPoint[] {
  return functions
    .flatMap((index) => {
      const reached = reach[index]?.get(capability);
      const entry = reached === undefined ? undefined : entryPointOf(program, index, reached.builds);
      return entry === undefined ? [] : [entry];
    })
    .sort(compareEntryPoints);
}

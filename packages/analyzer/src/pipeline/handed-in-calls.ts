/** Calls of what others hand in. */
import type { TerminalUse } from "../classify/terminals.ts";
import type { Program } from "../link/program.ts";
import type { FunctionFacts, PackageFacts, UseFacts } from "../model/facts.ts";

interface Called {
  readonly terminals: readonly TerminalUse[];
  readonly packages: readonly PackageFacts[];
}

/** The calls in the packages whose callee depends on values of which none is seen, in any build, and of which the map says nothing. */
export function callsHandedIn(
  { edges, decidedUses, functions }: Program,
  { terminals, packages }: Called,
): number {
  const told = new Set<UseFacts>([...edges, ...decidedUses].map(({ use }) => use));
  const place = (
    pkg: PackageFacts | undefined,
    { file, line, column }: Pick<TerminalUse, "file" | "line" | "column">,
  ) => `${pkg?.path} ${file} ${line} ${column}`;
  const known = new Set(
    terminals.map((one) => {
      const fn = functions[one.from];
      return place(fn?.pkg, { ...one, file: one.file ?? fn?.facts.file ?? 0 });
    }),
  );
  const open = new Set<string>();
  // A call has several uses where types differ between builds.
  const addCalls = (pkg: PackageFacts, { file }: FunctionFacts, uses: readonly UseFacts[]) => {
    for (const use of uses)
      if (isDynamicCall(use))
        (told.has(use) ? known : open).add(place(pkg, { file, line: use.line, column: use.column }));
  };
  for (const pkg of packages) for (const fn of pkg.functions) addCalls(pkg, fn, fn.uses);
  const own = new Set(packages);
  for (const { pkg, facts, ranges } of functions) {
    const calls = ranges.map(({ call }) => call);
    if (own.has(pkg)) addCalls(pkg, facts, calls);
  }
  return [...open].filter((call) => !known.has(call)).length;
}

function isDynamicCall({ use, target }: UseFacts): boolean {
  return use === "call" && (target.kind === "dynamic" || target.kind === "interface-method");
}

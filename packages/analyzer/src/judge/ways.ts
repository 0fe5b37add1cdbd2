/** How control gets to functions: backwards along the edges whose callee names alone tell. */
import type { Program } from "../link/program.ts";
import { compareText } from "../model/position.ts";
import type { Ways } from "../model/rule.ts";

export interface WaysOptions {
  /** Whether the old version has the function too, by its number. */
  readonly existed: (fn: number) => boolean;
}

/** Linear in the program for each function that is asked about; answers are kept. */
export function waysTo(program: Program, { existed }: WaysOptions): (functionId: string) => Ways {
  const known = new Map<string, Ways>();
  const started = goUses(program);
  return (id) => {
    let ways = known.get(id);
    if (ways === undefined) known.set(id, (ways = search(program, { id, existed, started })));
    return ways;
  };
}

interface Search extends WaysOptions {
  readonly id: string;
  readonly started: ReadonlySet<unknown>;
}

function search(program: Program, { id, existed, started }: Search): Ways {
  const open = [...(program.byId.get(id) ?? [])];
  const seen = new Set(open);
  let [inGoroutine, fromMain] = [false, false];
  for (let fn = open.pop(); fn !== undefined; fn = open.pop()) {
    for (const { from, use, breadth } of program.callers[fn] ?? []) {
      if (breadth > 0 || use.use === "import" || program.functions[from]?.pkg.module !== undefined) continue;
      if (started.has(use)) inGoroutine = true;
      if (seen.has(from)) continue;
      seen.add(from);
      open.push(from);
    }
  }
  const [atStart, existing, added] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const fn of seen) {
    const facts = program.functions[fn]?.facts;
    if (facts?.entry === "init" || facts?.entry === "initializer") atStart.add(facts.id);
    else if (facts?.entry === "main") fromMain = true;
    else if (facts?.entry === "exported-function" || facts?.entry === "exported-method")
      (existed(fn) ? existing : added).add(facts.id);
  }
  return {
    atStart: sorted(atStart),
    existing: sorted(existing),
    added: sorted(added),
    inGoroutine,
    fromMain,
  };
}

function sorted(names: ReadonlySet<string>): string[] {
  return [...names].sort(compareText);
}

/** The uses that are `go` statements. */
function goUses({ functions }: Program): Set<unknown> {
  const uses = new Set<unknown>();
  for (const { facts } of functions) {
    const { flows } = facts;
    for (const lists of flows === undefined ? [] : [flows, ...(flows.variants ?? [])])
      for (const [use, , , , , , details] of lists.calls ?? [])
        if (details?.how === "go") uses.add(facts.uses[use]);
  }
  return uses;
}

/** How control gets to functions: backwards along the edges whose callee names, or few values, tell. */
import { goUses } from "../link/go-statements.ts";
import type { Program } from "../link/program.ts";
import { comparePositions, compareText } from "../model/position.ts";
import type { EntryPointKind } from "../model/report.ts";
import type { Way, Ways } from "../model/rule.ts";
import { handedOver } from "../reach/witness.ts";

/** A call that may run more functions than so many tells nothing of one of them. */
const fewCallees = 2;

export interface WaysOptions {
  /** Whether the old version has the function too, by its number. */
  readonly existed: (fn: number) => boolean;
}

/** Linear in the program for each function that is asked about; answers are kept. */
export function waysTo(program: Program, { existed }: WaysOptions): (functionId: string) => Ways {
  const known = new Map<string, Ways>();
  const started = goUses(program.functions);
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
  let inGoroutine = false;
  for (let fn = open.pop(); fn !== undefined; fn = open.pop()) {
    for (const edge of program.callers[fn] ?? []) {
      const { from, use, breadth } = edge;
      if (handedOver(program, edge) !== undefined) continue;
      if (breadth > fewCallees || use.use === "import" || program.functions[from]?.pkg.module !== undefined)
        continue;
      if (started.has(use)) inGoroutine = true;
      if (seen.has(from)) continue;
      seen.add(from);
      open.push(from);
    }
  }
  const [atStart, existing, added, between]: [Way[], Way[], Way[], Way[]] = [[], [], [], []];
  const itself = new Set(program.byId.get(id));
  for (const fn of seen) {
    const found = program.functions[fn];
    if (found === undefined) continue;
    const { facts, file } = found;
    const way = { function: facts.id, position: { file: file.name, line: facts.line, column: facts.column } };
    if (facts.entry === "init" || facts.entry === "initializer") atStart.push(way);
    else if (facts.entry !== undefined && fromOutside.has(facts.entry))
      (existed(fn) ? existing : added).push(way);
    else if (facts.kind !== "closure" && !existed(fn) && !itself.has(fn)) between.push(way);
  }
  for (const list of [atStart, existing, added, between]) list.sort(compareWays);
  return { atStart, existing, added, between, inGoroutine };
}

const fromOutside: ReadonlySet<EntryPointKind> = new Set([
  "exported-function",
  "exported-method",
  "interface-method",
]);

function compareWays(a: Way, b: Way): number {
  return compareText(a.function, b.function) || comparePositions(a.position, b.position);
}

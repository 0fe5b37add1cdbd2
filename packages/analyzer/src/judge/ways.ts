/** How control gets to functions: backwards along the edges whose callee names, or few values, tell. */
import type { Edge } from "../link/edge.ts";
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

/**
 * Linear in the program for each function that is asked about, and for each that puts such functions where others call them;
 * answers are kept. Where only new functions that somebody has to call put a function value somewhere, who calls what is there
 * does not lead to it: whoever called the new function does.
 */
export function waysTo(program: Program, { existed }: WaysOptions): (functionId: string) => Ways {
  const known = new Map<string, Ways>();
  const started = goUses(program.functions);
  const asked = new Map<number, boolean>();
  const every: Search = { existed, started, isAskedFor: () => false };
  /** Whether only who calls a new function leads to one. */
  const isNew = (fn: number): boolean => {
    let found = asked.get(fn);
    if (found === undefined) {
      const { atStart, existing, added } = search(program, [fn], every);
      found = atStart.length === 0 && existing.length === 0 && added.length > 0 && !added.some(isUnasked);
      asked.set(fn, found);
    }
    return found;
  };
  const isAskedFor = (edge: Edge): boolean => {
    if (edge.use.use !== "call" || edge.use.target.kind !== "dynamic") return false;
    const putting = puttersOf(program, edge.to);
    return putting.length > 0 && putting.length <= mostPutters && putting.every(isNew);
  };
  return (id) => {
    let ways = known.get(id);
    if (ways === undefined)
      known.set(id, (ways = search(program, program.byId.get(id) ?? [], { existed, started, isAskedFor })));
    return ways;
  };
}

/** A method that the standard library calls of whatever it is handed: whoever has a value may run it without knowing. */
function isUnasked({ function: id }: Way): boolean {
  return unasked.test(id);
}

const unasked =
  /\)\.(?:String|GoString|Error|Format|Unwrap|Is|As|(?:Un)?[Mm]arshal\w*|Gob(?:En|De)code|Scan|Value|Set|Read\w*|Write\w*|Seek|Close|Len|Less|Swap|Push|Pop|ServeHTTP|RoundTrip|Open|Stat|Name|Log\w*|Handle|Enabled)$/u;

/** Functions that use a function as a value; of a closure the one that it stands in. */
export function puttersOf({ functions, callers }: Program, fn: number): readonly number[] {
  const found = functions[fn];
  if (found === undefined) return [];
  if (found.facts.kind === "closure") return [found.root];
  const uses = (callers[fn] ?? []).filter(({ use }) => use.use === "reference");
  return [...new Set(uses.map(({ from }) => functions[from]?.root ?? from))];
}

/** Where more use it as a value, nobody asks which. */
const mostPutters = 8;

interface Search extends WaysOptions {
  readonly started: ReadonlySet<unknown>;
  /** Whether a call leads there only for who called something new before. */
  readonly isAskedFor: (edge: Edge) => boolean;
}

function search(
  program: Program,
  targets: readonly number[],
  { existed, started, isAskedFor }: Search,
): Ways {
  const open = [...targets];
  const seen = new Set(open);
  let inGoroutine = false;
  for (let fn = open.pop(); fn !== undefined; fn = open.pop()) {
    for (const edge of program.callers[fn] ?? []) {
      const { from, use, breadth } = edge;
      if (handedOver(program, edge) !== undefined) continue;
      if (breadth > fewCallees || use.use === "import" || program.functions[from]?.pkg.module !== undefined)
        continue;
      if (started.has(use)) inGoroutine = true;
      if (seen.has(from) || isAskedFor(edge)) continue;
      seen.add(from);
      open.push(from);
    }
  }
  const [atStart, existing, added, between]: [Way[], Way[], Way[], Way[]] = [[], [], [], []];
  const itself = new Set(targets);
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

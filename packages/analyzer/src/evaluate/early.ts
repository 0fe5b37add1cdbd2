/** Functions that run before everything else, and at no other time; and what they change. */
import type { LinkedFunction } from "../link/edge.ts";
import type { Program } from "../link/program.ts";

export interface EarlyFunctions {
  /**
   * The package whose initialisers and init functions lead to a function, by its number, empty if there are several;
   * undefined if it may run at another time: if something else leads to it, or may, as it is used as a value.
   */
  readonly packageOf: (fn: number) => string | undefined;
  /** Whether a function that runs early changes package variables, or leads to one that does. */
  readonly mayChange: (fn: LinkedFunction) => boolean;
  /** What such a function and those that it leads to change: `path.name`. Linear in these when it is first asked for. */
  readonly changedBelow: (fn: LinkedFunction) => ReadonlySet<string>;
}

/** Linear in functions and edges, whatever is asked. */
export function earlyFunctions(program: Program): EarlyFunctions {
  const { functions, callers } = program;
  const callees = calleesOf(program);
  const starts = functions.flatMap((fn, index) => (isStart(fn) ? [index] : []));
  const reached = closure(starts, (fn) => callees[fn] ?? []);
  const late = closure(
    functions.flatMap((fn, index) =>
      !isStart(fn) && (!reached.has(index) || mayRunLater(program, index)) ? [index] : [],
    ),
    (fn) => (callees[fn] ?? []).filter((to) => !isStart(functions[to])),
  );
  const packages = packagesLeadingTo(program, starts, (fn) =>
    (callees[fn] ?? []).filter((to) => !late.has(to)),
  );
  const changing = functions.flatMap(({ facts }, index) =>
    !late.has(index) && facts.assigns !== undefined ? [index] : [],
  );
  const mayChange = closure(changing, (fn) =>
    (callers[fn] ?? []).flatMap(({ from }) => (late.has(from) ? [] : from)),
  );
  const numbers = new Map([...mayChange].map((index) => [functions[index], index]));
  const below = new Map<LinkedFunction, ReadonlySet<string>>();
  return {
    packageOf: (fn) => packages.get(fn),
    mayChange: (fn) => numbers.has(fn),
    changedBelow: (fn) => {
      let found = below.get(fn);
      if (found === undefined) {
        const number = numbers.get(fn);
        const led = closure(number === undefined ? [] : [number], (one) =>
          (callees[one] ?? []).filter((to) => mayChange.has(to)),
        );
        found = new Set([...led].flatMap((one) => functions[one]?.facts.assigns ?? []));
        below.set(fn, found);
      }
      return found;
    },
  };
}

function calleesOf({ functions, edges }: Program): readonly (readonly number[])[] {
  const callees: number[][] = functions.map(() => []);
  for (const { from, to } of edges) callees[from]?.push(to);
  return callees;
}

function isStart(fn: LinkedFunction | undefined): boolean {
  return fn?.facts.kind === "init" || fn?.facts.kind === "initializer";
}

/** Whether something that is no function of the program may run it: who is given it as a value, for one. */
function mayRunLater({ functions, callers }: Program, fn: number): boolean {
  const facts = functions[fn]?.facts;
  return (
    facts === undefined ||
    facts.kind === "imports" ||
    facts.entry !== undefined ||
    (callers[fn] ?? []).some(({ use }) => use.use !== "call")
  );
}

/** All that some lead to, these included. */
function closure(from: readonly number[], next: (fn: number) => readonly number[]): ReadonlySet<number> {
  const all = new Set(from);
  // The set grows while it is walked.
  for (const one of all) for (const to of next(one)) all.add(to);
  return all;
}

/** Of functions the package of what leads to them; empty of several. Each function is looked at twice at most. */
function packagesLeadingTo(
  { functions }: Program,
  starts: readonly number[],
  next: (fn: number) => readonly number[],
): ReadonlyMap<number, string> {
  const found = new Map(starts.map((fn) => [fn, functions[fn]?.pkg.path ?? ""]));
  const open = [...starts];
  for (let fn = open.pop(); fn !== undefined; fn = open.pop()) {
    const path = found.get(fn) ?? "";
    for (const to of next(fn)) {
      if (found.get(to) === path || found.get(to) === "" || isStart(functions[to])) continue;
      found.set(to, found.has(to) ? "" : path);
      open.push(to);
    }
  }
  return found;
}

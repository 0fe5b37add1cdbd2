/**
 * Evaluate: a linked program in; out, the values of arguments of calls that are no constants where they stand but can be
 * worked out: strings that are put together, decoded, computed in loops, kept in package variables, handed from function
 * to function. An abstract interpreter over code facts: a value is known, or one of at most four (sixteen texts), or unknown; where a
 * condition is unknown both ways are taken and joined; loops run as long as they are known to go on; functions of the
 * program run where they are called, also through function values and interfaces: those that the value has, else the
 * at most four to which the program's edges lead. Nothing of Go is run.
 *
 * Told is what may be: a value that one way, or one caller, has is told though another one has something unknown.
 * Missed: floating point, channels, maps in the order in which Go takes them; dispatch on types that are no structs
 * where edges lead to more than four functions; pointers that functions make of what is not known; what functions that run
 * later put into package variables, but for string constants. What code is not told is in `compile/code`.
 * What is told may also be what a variable was before: what hangs on a package variable that nobody assigns by name (behind a
 * pointer, in a slice or map that is handed on) is as it is once all init functions ran, or something else (see `shared.ts`); of a panic that nothing deferred may recover nothing comes back; a closure that
 * was called is taken to be called no more; a loop has one variable for all its rounds, and what calls in it change from the third
 * round on is not seen. Goroutines run at once or in the end of the function that starts them, or not: waiting for one changes nothing.
 * What functions that are not run change through a copy of a list or pointer in a package variable is not seen.
 *
 * Lazy: a function, and those that lead to it, are evaluated when one of its calls is asked about. Bounded in steps, depth
 * and sizes: where steps end, loops are gone through once and functions are not entered, so that what follows is seen.
 * What that leaves open is marked, and told by `isCut`. Each function is evaluated as if there were no other, so that an answer
 * does not depend on what was asked before, and evaluations can be kept (see `evaluations.ts`).
 */
import { append } from "../link/declarations.ts";
import type { LinkedFunction } from "../link/edge.ts";
import type { Program } from "../link/program.ts";
import type { Signatures } from "../link/signatures.ts";
import type { UseFacts } from "../model/facts.ts";
import type { Folded } from "../model/flow.ts";
import { compareText } from "../model/position.ts";
import { type Evaluation, type Heard, nothingHeard, preludesOf } from "./evaluation.ts";
import { createEvaluations, type Memory } from "./evaluations.ts";
import type { KeptEvaluations } from "./kept-evaluations.ts";
import { type Limits, usualLimits } from "./limits.ts";
import { addHeard } from "./notes.ts";

/** Values that could be worked out. */
export interface FoldedCalls {
  /**
   * Of a call in a function of the module, also of a function value, by the function's number in the program and the use: what
   * each of its arguments as they are written may be, sorted, at most 500; none of one that is a constant or not known. Undefined if nothing
   * is known. Without `callers` only the function itself is looked at.
   */
  readonly valuesOf: (
    fn: number,
    use: UseFacts,
    options?: { readonly callers: boolean },
  ) => readonly (readonly Folded[])[] | undefined;
  /** The functions in maps that a call is given, by their ids, sorted, as far as that can be worked out. */
  readonly functionsGiven: (fn: number, use: UseFacts) => readonly string[];
  /**
   * Of a call that was asked about, whether an argument of which nothing is known was not worked out to the end, or not all
   * callers were asked.
   */
  readonly isCut: (use: UseFacts) => boolean;
  /** Whether there were no steps left for some that was asked about, or more values than are kept. */
  readonly isSpent: () => boolean;
  /** The functions that were evaluated for what was asked so far, by their numbers. */
  readonly evaluated: () => readonly number[];
  /** Counts these as evaluated, as if something had been asked for which they are. */
  readonly evaluate: (functions: readonly number[]) => void;
  /** What is worth keeping; undefined if nothing was evaluated that was not kept before. */
  readonly kept: () => KeptEvaluations | undefined;
}

export interface FoldOptions {
  readonly limits?: Limits;
  /** Of functions elsewhere: for numbers, such as descriptors and sizes, callers are not asked. Without it they always are. */
  readonly signatures?: Signatures;
  /** What was kept before; without it nothing is kept. */
  readonly memory?: Memory | undefined;
}

export function foldCalls(
  program: Program,
  { limits = usualLimits, signatures, memory }: FoldOptions = {},
): FoldedCalls {
  const evaluations = createEvaluations(program, { limits, signatures, memory });
  const total = limits.total + limits.each * program.functions.length;
  const done = new Map<number, Evaluation | undefined>();
  const counted = new Set<string>();
  let steps = 0;
  let isSpent = false;
  const isCut = new Map<UseFacts, boolean>();

  /** By the function that they are in. */
  const closures = new Map<number, number[]>();
  program.functions.forEach(({ facts, root }, index) => {
    if (facts.kind === "closure" && root !== index) append(closures, root, index);
  });

  /** Undefined if there are no steps left. */
  function evaluationOf(index: number): Evaluation | undefined {
    if (done.has(index)) return done.get(index);
    const found = steps > total ? undefined : evaluations.of(index);
    done.set(index, found);
    isSpent ||= found === undefined;
    if (found === undefined) return undefined;
    steps += found.steps;
    for (const prelude of preludesOf(found.work, counted)) steps += prelude.steps;
    return found;
  }

  /** What is heard of a call in the function that it is in, in its callers where they may know more, and in theirs. */
  function heardAround(fn: number, use: UseFacts, most: number): Heard | undefined {
    const all = new Set<number>();
    const asking = new Set<LinkedFunction>();
    let level = [rootOf(program, fn)];
    let taken = 0;
    let heard: Heard | undefined;
    for (let depth = 0; depth <= most && level.length > 0; depth++) {
      const next: number[] = [];
      for (const one of level) {
        const found = program.functions[one];
        if (found === undefined || all.has(one) || found.pkg.module !== undefined) continue;
        if (all.size >= callerLimit || taken > limits.callers) {
          isCut.set(use, true);
          return heard;
        }
        all.add(one);
        const evaluation = evaluationOf(one);
        if (evaluation === undefined) continue;
        const { notes, handedOn } = evaluation;
        taken += evaluation.steps;
        const more = notes.get(use);
        if (more !== undefined) addHeard((heard ??= nothingHeard(more.values.length)), more);
        // What runs before everything else sees what variables hold at that time.
        const isEarly = evaluations.runsEarly(one);
        if (!isEarly && !handedOn.has(use) && ![...asking].some((fn) => handedOn.has(fn))) continue;
        for (const given of [one, ...(closures.get(one) ?? [])]) {
          const fn = program.functions[given];
          if (fn === undefined || (!isEarly && !evaluations.takesAny(fn))) continue;
          asking.add(fn);
          for (const { from } of program.callers[given] ?? []) next.push(rootOf(program, from));
        }
      }
      level = next;
    }
    isCut.set(
      use,
      [...(heard?.cut ?? [])].some((index) => !heard?.values[index]?.size),
    );
    return heard;
  }

  return {
    valuesOf: (fn, use, { callers } = { callers: true }) => {
      const heard = heardAround(fn, use, callers ? callerDepth : 0);
      isSpent ||= heard?.isFull === true;
      if (heard === undefined || heard.values.every(({ size }) => size === 0)) return undefined;
      return heard.values.map((all) => [...all.values()].sort((a, b) => compareText(a.value, b.value)));
    },
    functionsGiven: (fn, use) => [...(heardAround(fn, use, callerDepth)?.functions ?? [])].sort(compareText),
    isCut: (use) => isCut.get(use) === true,
    isSpent: () => isSpent,
    evaluated: () => [...done.keys()],
    evaluate: (functions) => functions.forEach(evaluationOf),
    kept: evaluations.kept,
  };
}

/** Callers of callers are looked at up to here, and so many of them. */
const callerDepth = 6;
const callerLimit = 400;

/** The function that a closure is in, or the function itself. */
function rootOf({ functions }: Program, fn: number): number {
  return functions[fn]?.root ?? fn;
}

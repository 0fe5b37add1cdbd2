/** What evaluating a function tells, and what that depends on. */
import type { LinkedFunction } from "../link/edge.ts";
import type { UseFacts } from "../model/facts.ts";
import type { Folded } from "../model/flow.ts";

/** What evaluating a function told. */
export interface Evaluation extends Told {
  readonly steps: number;
}

/** What is told while something is evaluated. */
export interface Told {
  readonly notes: Notes;
  /**
   * Uses with arguments that depend on what the function is given that evaluation began with: its callers may know more; and
   * functions that are given something that does, and were not run with it.
   */
  readonly handedOn: Set<UseFacts | LinkedFunction>;
  readonly work: Work;
}

export function nothingTold(): Told {
  return { notes: new Map(), handedOn: new Set(), work: emptyWork() };
}

/** What was heard of one call. */
export interface Heard {
  /** Of each argument, by the value. */
  readonly values: readonly Map<string, Folded>[];
  /** Places of arguments that were not worked out to the end, at least once. */
  readonly cut: Set<number>;
  /** The ids of functions in maps that it is given. */
  readonly functions: Set<string>;
  /** There are more values than are kept. */
  isFull: boolean;
}

export type Notes = Map<UseFacts, Heard>;

/** Nothing, of a call with so many arguments. */
export function nothingHeard(count: number): Heard {
  const values: Map<string, Folded>[] = [];
  while (values.length < count) values.push(new Map());
  return {
    values,
    cut: new Set(),
    functions: new Set(),
    isFull: false,
  };
}

/** What was run, and looked at, in an evaluation. */
export interface Work {
  readonly functions: Set<LinkedFunction>;
  /** Package variables by `path.name`, and what was run for them. */
  readonly variables: Set<string>;
  readonly preludes: Set<Prelude>;
}

/** What runs before everything else: what sets a package variable at first, or the init functions of a package. */
export interface Prelude extends Told {
  /** The only one in a program. */
  readonly name: string;
  /** Without those of preludes that it looked at. */
  steps: number;
  /** It was not run, as a bound was reached. */
  isCut: boolean;
}

export function emptyWork(): Work {
  return { functions: new Set(), variables: new Set(), preludes: new Set() };
}

/**
 * What ran before everything else that something depends on, each once. Those whose names are in `known`, with all that they
 * depend on, are left out, and the others are put there.
 */
export function preludesOf({ preludes }: Work, known = new Set<string>()): readonly Prelude[] {
  const all: Prelude[] = [];
  const add = (one: Prelude) => {
    if (known.has(one.name)) return;
    known.add(one.name);
    all.push(one);
  };
  preludes.forEach(add);
  // The list grows while it is walked.
  for (const { work } of all) work.preludes.forEach(add);
  return all;
}

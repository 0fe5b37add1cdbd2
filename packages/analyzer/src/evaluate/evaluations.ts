/** Functions evaluated one by one, each as if there were no other, given nothing that is known. */
import type { LinkedFunction } from "../link/edge.ts";
import type { Program } from "../link/program.ts";
import type { Signatures } from "../link/signatures.ts";
import { run } from "./calls.ts";
import { createCodes } from "./codes.ts";
import { createDependencies } from "./dependencies.ts";
import {
  type Evaluation,
  emptyWork,
  type Notes,
  nothingHeard,
  nothingTold,
  type Prelude,
  preludesOf,
  type Work,
} from "./evaluation.ts";
import { createFieldTexts } from "./field-texts.ts";
import { createGlobals, packagePrelude } from "./globals.ts";
import { heldEvaluations, type KeptEvaluations, keptEvaluations } from "./kept-evaluations.ts";
import { hole } from "./lifted.ts";
import type { Limits } from "./limits.ts";
import { separately } from "./machine.ts";
import { handedParameter } from "./marks.ts";
import { newMachine } from "./new-machine.ts";
import { addHeard, listener } from "./notes.ts";

export interface Evaluations {
  /** Of a function or initialiser by its number; the same whatever was evaluated before, unless variables that it looks at need themselves. */
  readonly of: (index: number) => Evaluation;
  /** Whether a function takes parameters; true if its code is not told. */
  readonly takesAny: (fn: LinkedFunction) => boolean;
  /** Whether initialisers and init functions lead to a function by its number, and nothing else does. */
  readonly runsEarly: (index: number) => boolean;
  /** Those that were made, and those known before that hold still; undefined if that is what was known before. */
  readonly kept: () => KeptEvaluations | undefined;
}

export interface EvaluationOptions {
  readonly limits: Limits;
  readonly signatures: Signatures | undefined;
  /** Evaluations made before, also of another program; without it none are kept. */
  readonly memory?: Memory | undefined;
}

/** What was kept of evaluations made before. */
export interface Memory {
  readonly kept: KeptEvaluations | undefined;
  /** A cryptographic hash of a text. */
  readonly digest: (text: string) => string;
}

/**
 * Where a bound is reached that all evaluations share, it matters which of them were made, and in which order: all that were
 * asked for are then made again, without what was kept.
 */
export function createEvaluations(program: Program, options: EvaluationOptions): Evaluations {
  let current = evaluationsOf(program, options);
  let { memory } = options;
  const asked: number[] = [];
  return {
    of: (index) => {
      const found = current.of(index);
      if (memory?.kept === undefined) return found;
      asked.push(index);
      if (current.isExact()) return found;
      memory = { digest: memory.digest, kept: undefined };
      current = evaluationsOf(program, { ...options, memory });
      for (const one of asked) current.of(one);
      return current.of(index);
    },
    takesAny: (fn) => current.takesAny(fn),
    runsEarly: (index) => current.runsEarly(index),
    kept: () => current.kept(),
  };
}

interface Evaluating extends Evaluations {
  /** Whether no bound was reached that all share, also if none of them had been known before. */
  readonly isExact: () => boolean;
}

function evaluationsOf(program: Program, { limits, signatures, memory }: EvaluationOptions): Evaluating {
  const globals = createGlobals(program);
  const codeOf = createCodes(program);
  const fields = createFieldTexts(program, codeOf, globals.base);
  const machine = newMachine(program, {
    limits,
    globals,
    codeOf,
    heard: listener(signatures),
    fieldTexts: fields.texts,
  });
  const { edgesOf } = machine;

  /** Of an initialiser that is what it does before everything else. */
  function ofInitialiser(fn: LinkedFunction): Evaluation {
    const work = emptyWork();
    let prelude: Prelude | undefined;
    separately(machine, globals.base, { ...nothingTold(), work }, () => {
      prelude = globals.initialised(machine, fn.facts.id);
    });
    const { notes, handedOn } = prelude ?? nothingTold();
    return { notes, handedOn, steps: 0, work };
  }

  function ofFunction(fn: LinkedFunction, number: number): Evaluation {
    const told = nothingTold();
    const parameters = machine.codeOf(fn)?.[0];
    told.work.functions.add(fn);
    if (parameters === undefined) return { ...told, steps: 0 };
    let hasLookedAtShared = false;
    const runIt = () => {
      const given = parameters.map((_, index) => handedParameter(machine, number, index));
      run(machine, fn, { given, spread: false });
      ({ hasLookedAtShared } = machine);
    };
    const steps = separately(machine, globals.base, told, runIt);
    if (hasLookedAtShared) {
      const later = { ...nothingTold(), work: told.work };
      separately(machine, globals.base, later, () => {
        machine.isLater = true;
        machine.stepLimit = Math.min(machine.stepLimit, laterSteps * (steps + 1));
        runIt();
      });
      addTexts(told.notes, later.notes);
    }
    // What variables hold before it runs, as it runs first of all, is known there alone.
    if (fn.facts.kind === "init")
      addNotes(told.notes, preludeNamed(told.work, packagePrelude(fn.pkg.path))?.notes);
    return { ...told, steps };
  }

  const describe = (key: string) => fields.describe(key) ?? globals.describe(key);
  const dependencies =
    memory && createDependencies(program, { ...memory, ...globals, describe, edgesOf, signatures });
  const held =
    dependencies && memory.kept
      ? heldEvaluations(memory.kept, dependencies)
      : new Map<LinkedFunction, Evaluation>();
  const made = new Map<LinkedFunction, Evaluation>();

  function evaluationOf(fn: LinkedFunction, number: number): Evaluation {
    const known = held.get(fn);
    if (known !== undefined) globals.count(known.work);
    const found = known ?? made.get(fn);
    if (found !== undefined) return found;
    const evaluation = fn.facts.kind === "initializer" ? ofInitialiser(fn) : ofFunction(fn, number);
    made.set(fn, evaluation);
    return evaluation;
  }

  return {
    of: (index) => {
      const fn = program.functions[index];
      return fn === undefined ? { ...nothingTold(), steps: 0 } : evaluationOf(fn, index);
    },
    takesAny: (fn) => machine.codeOf(fn)?.[0].length !== 0,
    runsEarly: globals.runsEarly,
    kept: () =>
      dependencies === undefined || made.size === 0 || !globals.isExact()
        ? undefined
        : keptEvaluations([...held, ...made], dependencies),
    isExact: globals.isExact,
  };
}

/** Steps of a run in which others may have changed something, for each step of that in which they have not. */
const laterSteps = 8;

/** Adds values of arguments of which all is known. */
function addTexts(to: Notes, from: Notes): void {
  for (const heard of from.values()) {
    heard.cut.clear();
    for (const values of heard.values)
      for (const value of values.keys()) if (value.includes(hole)) values.delete(value);
  }
  addNotes(to, from);
}

function addNotes(to: Notes, from: Notes | undefined): void {
  for (const [use, heard] of from ?? []) {
    const known = to.get(use) ?? nothingHeard(heard.values.length);
    addHeard(known, heard);
    to.set(use, known);
  }
}

function preludeNamed(work: Work, name: string): Prelude | undefined {
  return preludesOf(work).find((one) => one.name === name);
}

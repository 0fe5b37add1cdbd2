/** Texts that are written for something, and those that are computed for it: worked out as if that ran first of all. */
import type { LinkedFunction } from "../link/edge.ts";
import type { Code, Expression } from "../model/code-facts.ts";
import { bytesOf } from "./bytes.ts";
import { runInitialiser } from "./calls.ts";
import { nothingTold, type Work } from "./evaluation.ts";
import { type Machine, separately } from "./machine.ts";
import { loadAll } from "./places.ts";
import { alternatives, either, type Layer, type Text, text, unknown, type Value } from "./values.ts";
import type { Source } from "./written-values.ts";

export interface Written {
  /** The path of the package. */
  readonly path: string;
  readonly value: Holder;
  /** It is assigned to the field of a struct that others have, not of one that is made there. */
  readonly isAssigned: boolean;
}

/** A text, or what holds or computes it. */
type Holder = Exclude<Source, readonly ["parameter" | "field" | "computed", ...unknown[]]> | Computed;

/** An expression in a function, by its id, which result of it that is, and what variables in it may hold. */
export type Computed = readonly [
  "computed",
  fn: string,
  form: Expression,
  result: number,
  given: readonly (readonly [variable: number, texts: readonly Written[]])[],
];

/** Steps to compute one text. */
const computingSteps = 25_000;

/** What is computed for what is computed is followed up to here; further in it is not known, as where something needs itself. */
const nestingLimit = 4;

interface Result {
  readonly value: Value;
  readonly work: Work;
}

/** The texts that something is, or is worked out to be, as if it ran first of all. */
export function createComputing(
  base: Layer,
  ownerOf: (form: Expression) => LinkedFunction | undefined,
): (machine: Machine, written: Written) => readonly Text[] {
  /** By how many of them are computed for each other: further in less is known, whichever is asked for first. */
  const results = Array.from({ length: nestingLimit }, () => new Map<Computed, Result>());
  let nesting = 0;

  const valueOf = (machine: Machine, { path, value }: Written): Value => {
    switch (value[0]) {
      case "s":
        return text(bytesOf(value[1]));
      case "global":
        return loadAll(machine, machine.variableAt(machine, value[1] || path, value[2], value[3]));
      default:
        return computed(machine, value);
    }
  };

  const computed = (machine: Machine, value: Computed): Value => {
    const known = results[nesting];
    if (known === undefined) return unknown;
    let found = known.get(value);
    if (found === undefined) {
      nesting++;
      found = run(machine, value);
      nesting--;
      known.set(value, found);
    }
    const { work } = found;
    for (const fn of work.functions) machine.work.functions.add(fn);
    for (const variable of work.variables) machine.work.variables.add(variable);
    for (const prelude of work.preludes) machine.work.preludes.add(prelude);
    return found.value;
  };

  const run = (machine: Machine, [, , form, result, given]: Computed): Result => {
    const told = nothingTold();
    const fn = ownerOf(form);
    let value: Value = unknown;
    if (fn === undefined) return { value, work: told.work };
    told.work.functions.add(fn);
    const { facts, pkg, builds } = fn;
    const code: Code = [given.map(([variable]) => variable), [], false, [["return", [form]]]];
    separately(machine, base, told, () => {
      machine.stepLimit = Math.min(machine.stepLimit, computingSteps);
      const values = given.map(([, texts]) =>
        either([...texts.flatMap((one) => textsOf(machine, one)), unknown]),
      );
      const parts = { uses: facts.uses, pkg, file: facts.file, builds };
      const all = runInitialiser(machine, { code, count: result + 1, given: values, ...parts });
      value = all.kind === "tuple" ? (all.items[result] ?? unknown) : all;
    });
    return { value, work: told.work };
  };

  const textsOf = (machine: Machine, written: Written): readonly Text[] =>
    alternatives(valueOf(machine, written)).flatMap((one) =>
      one.kind === "text" && one.text !== "" ? [one] : [],
    );
  return textsOf;
}

/** Texts that are written for something, and those that are computed for it: worked out once, as if that ran first of all. */
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

/** The texts that something is, or is worked out to be, once, as if it ran first of all. What needs itself is not known. */
export function createComputing(
  base: Layer,
  ownerOf: (form: Expression) => LinkedFunction | undefined,
): (machine: Machine, written: Written) => readonly Text[] {
  const results = new Map<Computed, { readonly value: Value; readonly work: Work }>();
  const open = new Set<Computed>();

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
    let found = results.get(value);
    if (found === undefined) {
      if (open.has(value)) return unknown;
      open.add(value);
      found = run(machine, value);
      open.delete(value);
      results.set(value, found);
    }
    const { work } = found;
    for (const fn of work.functions) machine.work.functions.add(fn);
    for (const variable of work.variables) machine.work.variables.add(variable);
    for (const prelude of work.preludes) machine.work.preludes.add(prelude);
    return found.value;
  };

  const run = (machine: Machine, [, , form, result, given]: Computed) => {
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

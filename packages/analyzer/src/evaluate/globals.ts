/**
 * Package variables: what their initialisers, and the functions that run before everything else, leave in them. One that
 * anything else may change is not known.
 */

import { append } from "../link/declarations.ts";
import type { Program } from "../link/program.ts";
import { type CodeType, decodeCode } from "../model/code-facts.ts";
import type { NameFacts, PackageFacts } from "../model/facts.ts";
import { functionId } from "../model/function-id.ts";
import { run, runInitialiser } from "./calls.ts";
import { earlyFunctions } from "./early.ts";
import { layerOver } from "./layers.ts";
import type { Machine } from "./machine.ts";
import { standardVariables } from "./standard/index.ts";
import { either, type Layer, unknown, type Value } from "./values.ts";
import { zeroOf } from "./zero.ts";

export interface Globals {
  /** The state in which all functions begin. */
  readonly base: Layer;
  /** The cell of a variable. */
  readonly at: (machine: Machine, path: string, name: string, type: CodeType) => number;
  /** Runs the initialiser of a variable by the id of its function, if that has not been done. */
  readonly initialise: (machine: Machine, id: string) => void;
}

/** A declaration of a variable, with what sets it. */
interface Declared {
  readonly pkg: PackageFacts;
  readonly facts: NameFacts;
  /** Its place among the variables that are set with it. */
  readonly index: number;
}

export function createGlobals(program: Program): Globals {
  const base = layerOver(undefined);
  const cells = new Map<string, number>();
  const declared = declaredVariables(program.packages);
  const values = new Map<NameFacts, readonly Value[]>();
  const isStable = stableVariables(program);
  const prepared = new Set<string>();

  /** Runs something in the state in which all begins, with steps of its own. */
  const first = (machine: Machine, work: () => Value): Value => {
    const { state, floor, depth, stepLimit } = machine;
    Object.assign(machine, { state: base, floor: base, depth: 0 });
    machine.stepLimit = machine.steps + machine.limits.steps;
    const value = work();
    Object.assign(machine, { state, floor, depth, stepLimit });
    return value;
  };

  const valuesOf = (machine: Machine, { pkg, facts }: Pick<Declared, "pkg" | "facts">): readonly Value[] => {
    const known = values.get(facts);
    if (known !== undefined) return known;
    values.set(facts, []);
    const fn = initialiserOf(program, pkg, facts);
    if (!facts.code || machine.depth > machine.limits.depth) return [];
    const code = decodeCode(facts.code);
    const found = first(machine, () =>
      runInitialiser(machine, {
        code,
        count: facts.with?.length ?? 0,
        uses: fn?.facts.uses ?? [],
        pkg,
        file: facts.file,
        builds: fn?.builds,
      }),
    );
    const all: readonly Value[] = found.kind === "tuple" ? found.items : [found];
    values.set(facts, all);
    return all;
  };

  const firstValue = (machine: Machine, key: string, type: CodeType): Value => {
    const standard = standardVariables.get(key);
    const all = declared.get(key) ?? [];
    if (standard !== undefined || all.length === 0) return standard ?? unknown;
    return either(
      all.map((one) => {
        if (one.index < 0) return zeroOf(machine, type);
        return valuesOf(machine, one)[one.index] ?? unknown;
      }),
    );
  };

  const prepare = (machine: Machine, path: string): void => {
    if (prepared.has(path)) return;
    prepared.add(path);
    for (const one of declared.get(`${path}._`) ?? []) valuesOf(machine, one);
    for (const fn of program.functions) {
      if (fn.pkg.path !== path || fn.facts.kind !== "init") continue;
      first(machine, () => run(machine, fn, { given: [], spread: false }));
    }
  };

  return {
    base,
    at: (machine, path, name, type) => {
      const key = `${path}.${name}`;
      const known = cells.get(key);
      if (known !== undefined) return known;
      // Apart from cells that functions make, which are forgotten when these end.
      const at = -1 - cells.size;
      cells.set(key, at);
      base.cells.set(at, unknown);
      const assigned = isStable(key);
      if (assigned === undefined) return at;
      base.cells.set(at, firstValue(machine, key, type));
      for (const where of assigned) prepare(machine, where);
      return at;
    },
    initialise: (machine, id) => {
      for (const all of declared.values()) {
        const one = all.find(
          ({ pkg, facts }) => functionId(pkg.path, `init:${facts.with?.[0] ?? ""}`) === id,
        );
        if (one !== undefined) valuesOf(machine, one);
      }
    },
  };
}

function initialiserOf(program: Program, pkg: PackageFacts, { file, with: names }: NameFacts) {
  const numbers = program.byId.get(functionId(pkg.path, `init:${names?.[0] ?? ""}`)) ?? [];
  const found = numbers.map((index) => program.functions[index]);
  return found.find((one) => one?.pkg === pkg && one.facts.file === file);
}

/** By path and name: a declaration for each set of builds. */
function declaredVariables(packages: readonly PackageFacts[]): ReadonlyMap<string, readonly Declared[]> {
  const declared = new Map<string, Declared[]>();
  for (const pkg of packages) {
    const set = new Set<string>();
    for (const facts of pkg.names) {
      facts.with?.forEach((name, index) => {
        set.add(`${facts.file} ${name}`);
        append(declared, `${pkg.path}.${name}`, { pkg, facts, index });
      });
    }
    for (const facts of pkg.names) {
      if (facts.kind !== "variable" || set.has(`${facts.file} ${facts.name}`)) continue;
      append(declared, `${pkg.path}.${facts.name}`, { pkg, facts, index: -1 });
    }
  }
  return declared;
}

/**
 * Of a variable the packages whose functions change it before everything else; undefined if others may change it. One
 * in which nothing is changed is in no list.
 */
function stableVariables(program: Program): (key: string) => readonly string[] | undefined {
  const changing = new Map<string, number[]>();
  program.functions.forEach(({ facts }, index) => {
    for (const key of facts.assigns ?? []) append(changing, key, index);
  });
  const isEarly = earlyFunctions(program);
  return (key) => {
    const all = changing.get(key) ?? [];
    if (!all.every(isEarly)) return undefined;
    return [...new Set(all.flatMap((index) => program.functions[index]?.pkg.path ?? []))];
  };
}

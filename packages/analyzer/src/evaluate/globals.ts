/**
 * Package variables: what their initialisers, and the functions that run before everything else, leave in them. One that
 * anything else may change may hold that, or something that is not known; of one that is empty at first nothing is known then.
 */

import type { BuildSet } from "../constraints/index.ts";
import { append } from "../link/declarations.ts";
import type { LinkedFunction } from "../link/edge.ts";
import { embeddedVariables } from "../link/embedded.ts";
import type { Program } from "../link/program.ts";
import { addressesTaken, type CodeType, decodeCode } from "../model/code-facts.ts";
import type { NameFacts, PackageFacts } from "../model/facts.ts";
import { functionId } from "../model/function-id.ts";
import { groupBy } from "../model/grouping.ts";
import { compareText } from "../model/position.ts";
import { bytesOf } from "./bytes.ts";
import { run, runInitialiser } from "./calls.ts";
import { changingFunctions } from "./changing-functions.ts";
import { changingPackages, isInternal, packageIn } from "./changing-packages.ts";
import { earlyFunctions } from "./early.ts";
import { nothingTold, type Prelude, preludesOf, type Work } from "./evaluation.ts";
import { changingWord, createForgetting, type Forgetting } from "./forgetting.ts";
import { isPlain, joinedCells, layerOver } from "./layers.ts";
import { type Machine, separately } from "./machine.ts";
import { standardVariables } from "./standard/index.ts";
import {
  alternatives,
  type Cell,
  cut,
  either,
  type Known,
  type Layer,
  text,
  textLimit,
  unknown,
  type Value,
} from "./values.ts";
import { zeroOf } from "./zero.ts";

export interface Globals extends Omit<Forgetting, "look"> {
  /** The state in which all functions begin. */
  readonly base: Layer;
  /** The cell of a variable. */
  readonly at: (machine: Machine, path: string, name: string, type: CodeType) => number;
  /** Whether others may set a variable later that is not assigned by its name, by its cell: from another module, or by its address. */
  readonly isForOthers: (at: number) => boolean;
  /** What sets package variables at first, by the id of its function; undefined if there is nothing. It is run if that has not been done. */
  readonly initialised: (machine: Machine, id: string) => Prelude | undefined;
  /** Whether a function that runs before everything else changes package variables, or leads to one that does. */
  readonly mayChange: (fn: LinkedFunction) => boolean;
  /** Whether such functions lead to a function by its number, and nothing else does. */
  readonly runsEarly: (index: number) => boolean;
  /** What such a function and those that it leads to change, by `path.name`. */
  readonly changedBelow: (fn: LinkedFunction) => ReadonlySet<string>;
  /** Counts the steps of preludes that are known from elsewhere and not run, each once. */
  readonly count: (work: Work) => void;
  /** How a variable by `path.name`, or a package as a prelude, is set and changed: the same as long as all that is written there is. JSON-able. */
  readonly describe: (key: string) => unknown;
  /** Whether no bound was reached that all share: then it matters who looks first only where something needs itself. */
  readonly isExact: () => boolean;
}

/** A declaration of a variable, with what sets it. */
interface Declared {
  readonly pkg: PackageFacts;
  readonly facts: NameFacts;
  /** Its place among the variables that are set with it. */
  readonly index: number;
}

/** Preludes inside each other. */
export const nestingLimit = 16;

/** Steps of all preludes. */
const stepsLimit = 4_000_000;

export function createGlobals(program: Program): Globals {
  const base = layerOver(undefined);
  const cells = new Map<string, number>();
  /** The variables that have the cells. */
  const keys = new Map<number, string>();
  /** Variables that somebody looked at, and cells that hold what ran before everything else left there. */
  const lookedAt = new Set<string>();
  const settled = new Set<number>();
  const declared = declaredVariables(program.packages);
  const embedded = embeddedVariables(program);
  const values = new Map<NameFacts, readonly Value[]>();
  const initialisers = initialisersOf(program);
  const initialiserOf = ({ pkg, facts }: Pick<Declared, "pkg" | "facts">) =>
    initialisers.get(pkg)?.get(`${facts.file} ${initialiserId({ pkg, facts })}`);
  const early = earlyFunctions(program);
  const changing = changingFunctions(program);
  const changedBy = changingPackages(program, early, (key) => codesOf(declared.get(key) ?? []));
  const preludes = new Map<string, Prelude>();
  /** The init functions of packages, by their preludes. */
  const inits = groupBy(
    program.functions.filter(({ facts }) => facts.kind === "init"),
    ({ pkg }) => packagePrelude(pkg.path),
  );
  /** Of cells the prelude that may change what is in them. */
  const changers = new Map<number, string>();
  /** The cells of variables that something else may change later. */
  const open = new Set<number>();
  /** The cells of those that something else may change though nothing assigns them by their name later. */
  const forOthers = new Set<number>();
  /** Of variables that another package changes its prelude. */
  const foreign = new Map<number, string>();
  let byInitialiser: Map<string, Declared> | undefined;
  let nesting = 0;
  let steps = 0;
  const counted = new Set<string>();
  let isExact = true;

  /** Runs what comes before everything else, once, part by part. */
  function runOnce(
    machine: Machine,
    name: string,
    run: (runPart: (part: () => void, isSure?: boolean) => void) => void,
  ): Prelude {
    const known = preludes.get(name);
    const prelude = known ?? { ...nothingTold(), name, steps: 0, isCut: false };
    machine.work.preludes.add(prelude);
    if (known !== undefined) return prelude;
    preludes.set(name, prelude);
    if (nesting >= nestingLimit || steps > stepsLimit) {
      isExact = false;
      prelude.isCut = true;
      return prelude;
    }
    nesting++;
    const { isEarly } = machine;
    machine.isEarly = true;
    run((part, isSure = true) => {
      let end: Layer | undefined;
      const taken = separately(machine, base, prelude, () => {
        part();
        end = machine.state;
      });
      prelude.steps += taken;
      if (!counted.has(name)) steps += taken;
      if (end !== undefined) settle(end, name, isSure);
    });
    machine.isEarly = isEarly;
    nesting--;
    counted.add(name);
    return prelude;
  }

  /**
   * Has the state in which all begins hold what a prelude made, and what it may change: what is in variables, or behind
   * them, that its package is known to change. Who looks at these has it run before, so that it does not matter who looks first.
   * What is in some builds only, or in another package, which need not be in the program, may also not have run.
   */
  function settle(end: Layer, name: string, isSure: boolean): void {
    for (const [at, cell] of end.cells) {
      if (base.cells.has(at) && changers.get(at) !== name) continue;
      if (!changers.has(at)) changers.set(at, changerOf.get(name) ?? name);
      settled.add(at);
      const before = base.cells.get(at);
      const isCertain = before === undefined || (isSure && foreign.get(at) !== name);
      const known = isCertain ? cell : joinedCells(before, cell, base);
      const left = open.has(at) ? openCell(at, known) : known;
      base.cells.set(at, left.kind === "items" || left.kind === "entries" ? { ...left, owner: base } : left);
    }
  }

  /** The package whose initialisers are run, and the state that one of them begins with. */
  let initialising: { readonly path: string; readonly state: Layer } | undefined;

  /** An initialiser sees what a variable holds at first, or what others have left there so far: in which order they run is not told. */
  function seeBoth(machine: Machine, at: number, first: Value): void {
    const left = base.cells.get(at);
    if (initialising === undefined || machine.state === undefined || left === first) return;
    const { state } = initialising;
    const all = left === undefined ? first : joinedCells(first, left, state);
    state.cells.set(at, joinedCells(all, unknown, state));
  }

  /** Of what sets variables the prelude that may change these later. */
  const changerOf = new Map<string, string>();

  /** What initialises some variables gives them; undefined if its code is not told. */
  function runInitial(machine: Machine, { pkg, facts }: Pick<Declared, "pkg" | "facts">): Value | undefined {
    if (!facts.code) return undefined;
    const fn = initialiserOf({ pkg, facts });
    if (fn !== undefined) machine.work.functions.add(fn);
    return runInitialiser(machine, {
      code: decodeCode(facts.code),
      count: facts.with?.length ?? 0,
      uses: fn?.facts.uses ?? [],
      pkg,
      file: facts.file,
      builds: fn?.builds,
    });
  }

  const namesOfPreludes = new Map<NameFacts, string>();

  /** The prelude that sets some variables; remembered, since there may be many of them. */
  function preludeOf({ pkg, facts }: Pick<Declared, "pkg" | "facts">, names: readonly string[]): string {
    let name = namesOfPreludes.get(facts);
    if (name === undefined) {
      name = `variable ${JSON.stringify([...place(pkg, facts), names])}`;
      namesOfPreludes.set(facts, name);
      const [changer, ...others] = new Set(names.map((one) => changedBy(`${pkg.path}.${one}`).by));
      // What hangs on a variable that nobody assigns its package may change all the same.
      const by = changer === "" && runsSomething(pkg.path) ? pkg.path : changer;
      if (by && others.length === 0) changerOf.set(name, packagePrelude(by));
    }
    return name;
  }

  function set(machine: Machine, { pkg, facts }: Pick<Declared, "pkg" | "facts">): Prelude {
    const names = facts.with ?? [facts.name];
    const name = preludeOf({ pkg, facts }, names);
    return runOnce(machine, name, (runPart) => {
      if (!facts.code) return;
      runPart(() => {
        for (const one of names) machine.work.variables.add(`${pkg.path}.${one}`);
        const outer = initialising;
        initialising = machine.state && { path: pkg.path, state: machine.state };
        const found = runInitial(machine, { pkg, facts }) ?? unknown;
        initialising = outer;
        values.set(facts, found.kind === "tuple" ? found.items : [found]);
      });
    });
  }

  const openCell = (at: number, cell: Cell): Value =>
    cell.kind === "items" || cell.kind === "entries" ? unknown : openValue(keys.get(at) ?? "", cell);

  /** What a variable may hold that something else may change: what is empty waits for that. Of too many values only what it had before is told. */
  const openValue = (key: string, before: Value): Value => {
    const known = alternatives(before).filter((one) => !isEmpty(one));
    const later = changedBy(key)
      .texts.map((one) => text(bytesOf(one)))
      .filter((one) => !isEmpty(one));
    const all = known.length + later.length > textLimit ? known : [...known, ...later];
    return all.length === 0 ? unknown : either([...all, unknown]);
  };

  const firstValue = (machine: Machine, key: string, type: CodeType): Value => {
    const standard = standardVariables.get(key);
    const all = declared.get(key) ?? [];
    if (standard !== undefined || all.length === 0) return standard ?? unknown;
    return either(
      all.map((one) => {
        if (one.index < 0)
          return embedded.get(one.pkg)?.has(one.facts.name) === true ? unknown : zeroOf(machine, type);
        const { isCut } = set(machine, one);
        return values.get(one.facts)?.[one.index] ?? (isCut ? cut : unknown);
      }),
    );
  };

  /** Of packages, as preludes, the initialisers that change variables besides those that they set. */
  let changingInitialisers: ReadonlyMap<string, readonly Declared[]> | undefined;
  const changingIn = (prelude: string): readonly Declared[] => {
    changingInitialisers ??= groupBy(
      [...declared.values()].flat().filter(({ pkg, facts, index }) => {
        const fn = index === 0 ? initialiserOf({ pkg, facts }) : undefined;
        return fn !== undefined && early.mayChange(fn);
      }),
      ({ pkg }) => packagePrelude(pkg.path),
    );
    return changingInitialisers.get(prelude) ?? [];
  };

  /** Whether a package has init functions, or initialisers that change variables. */
  const runsSomething = (path: string): boolean => {
    const name = packagePrelude(path);
    return inits.has(name) || changingIn(name).length > 0;
  };

  const buildsOfPackages = new Map<PackageFacts, BuildSet>();

  /** Whether a function is there in all builds in which its package is. */
  const isWherever = (fn: LinkedFunction | undefined): boolean => {
    if (fn === undefined) return true;
    const { builds } = program;
    let all = buildsOfPackages.get(fn.pkg);
    if (all === undefined) {
      const sets = fn.pkg.files.map((file) => builds.narrow(builds.parse(file.builds)));
      buildsOfPackages.set(fn.pkg, (all = sets.reduce(builds.or, builds.none)));
    }
    return builds.subsetOf(all, fn.builds);
  };

  /** Runs what sets the variables of a package without a name, initialisers that change others, and its init functions. */
  const prepare = (machine: Machine, path: string): void => {
    const outer = initialising;
    initialising = undefined;
    runOnce(machine, packagePrelude(path), (runPart) => {
      for (const one of changingIn(packagePrelude(path)))
        runPart(
          () => {
            for (const name of one.facts.with ?? []) machine.work.variables.add(`${path}.${name}`);
            runInitial(machine, one);
          },
          isWherever(initialiserOf(one)),
        );
      runPart(() => {
        machine.work.variables.add(packagePrelude(path)).add(`${path}._`);
        for (const one of declared.get(`${path}._`) ?? []) set(machine, one);
      });
      for (const fn of inits.get(packagePrelude(path)) ?? [])
        runPart(() => run(machine, fn, { given: [], spread: false }), isWherever(fn));
    });
    initialising = outer;
  };

  /** The variables of which others hold the address at first. */
  let pointedTo: ReadonlySet<string> | undefined;
  const isPointedTo = (key: string): boolean => {
    pointedTo ??= new Set(
      [...declared].flatMap(([one, all]) =>
        codesOf(all).flatMap((code) =>
          addressesTaken(code).map(([path, name]) => `${path || packageIn(one)}.${name}`),
        ),
      ),
    );
    return pointedTo.has(key);
  };

  const declare = (key: string): number => {
    // Apart from cells that functions make, which are forgotten when these end.
    const at = -1 - cells.size;
    cells.set(key, at);
    keys.set(at, key);
    const own = packageIn(key);
    const { by: changer, isOpen } = changedBy(key);
    const by = changer === "" && runsSomething(own) ? own : changer;
    changers.set(at, by ? packagePrelude(by) : key);
    if (changer && changer !== own) foreign.set(at, packagePrelude(changer));
    if (isOpen) open.add(at);
    else if (changer !== "" || isImportable(program, key) || isPointedTo(key)) forOthers.add(at);
    base.cells.set(at, unknown);
    return at;
  };

  const { forgetVariables, forgetChanged, changesSet, look } = createForgetting({
    base,
    early,
    changing,
    cellOf: (key) => cells.get(key) ?? declare(key),
    keyOf: (at) => keys.get(at) ?? "",
  });

  return {
    base,
    isForOthers: (at) => forOthers.has(at),
    mayChange: early.mayChange,
    changedBelow: early.changedBelow,
    runsEarly: (index) => early.packageOf(index) !== undefined,
    forgetVariables,
    changesSet,
    forgetChanged,
    at: (machine, path, name, type) => {
      const key = `${path}.${name}`;
      const known = cells.get(key);
      const { variables } = machine.work;
      if (known !== undefined && variables.has(key)) {
        if (open.has(known)) look(machine, known, key);
        return known;
      }
      variables.add(key);
      const { by: changer, isOpen } = changedBy(key);
      const at = known ?? declare(key);
      const first = firstValue(machine, key, type);
      const value = isOpen ? openValue(key, first) : first;
      if (!lookedAt.has(key) && !settled.has(at)) base.cells.set(at, value);
      lookedAt.add(key);
      const by = changer === "" && (isOpen || !isPlain(value)) && runsSomething(path) ? path : changer;
      if (by !== "") prepare(machine, by);
      if (by === initialising?.path) seeBoth(machine, at, value);
      if (isOpen) look(machine, at, key);
      return at;
    },
    initialised: (machine, id) => {
      byInitialiser ??= new Map([...declared.values()].flat().map((one) => [initialiserId(one), one]));
      const one = byInitialiser.get(id);
      return one && set(machine, one);
    },
    count: (work) => {
      for (const prelude of preludesOf(work, counted)) steps += prelude.steps;
      if (steps > stepsLimit) isExact = false;
    },
    describe: (key) =>
      key.startsWith(changingWord)
        ? [...changing(key.slice(changingWord.length))].map(({ facts }) => facts.id).sort(compareText)
        : describeVariable(key),
    isExact: () => isExact,
  };

  function describeVariable(key: string): unknown {
    return [
      changedBy(key),
      isPointedTo(key),
      (declared.get(key) ?? []).map(({ pkg, facts, index }) => [
        ...place(pkg, facts),
        // Of several that are set together the first says how: what sets them depends on all.
        ...(index === 0 ? [facts.with, facts.code] : [facts.code === ""]),
        index,
        embedded.get(pkg)?.has(facts.name) === true,
      ]),
      // What hangs on a variable these may change.
      runsSomething(packageIn(key)),
      (inits.get(key) ?? []).map((fn) => [...place(fn.pkg, fn.facts), fn.facts.id, isWherever(fn)]),
      changingIn(key).map((one) => [
        ...place(one.pkg, one.facts),
        one.facts.with,
        isWherever(initialiserOf(one)),
      ]),
    ];
  }
}

/** Whether other modules can name a variable. */
function isImportable({ packageByPath }: Program, key: string): boolean {
  const path = packageIn(key);
  return (
    /^\p{Lu}/u.test(key.slice(path.length + 1)) &&
    packageByPath.get(path)?.name !== "main" &&
    !isInternal(path)
  );
}

function isEmpty(one: Known): boolean {
  switch (one.kind) {
    case "nil":
      return true;
    case "text":
      return one.text === "";
    case "int":
      return one.int === 0n;
    case "bool":
      return !one.bool;
    case "struct":
      return [...one.fields.values()].every(
        (field) => field.kind !== "unknown" && alternatives(field).every(isEmpty),
      );
    default:
      return false;
  }
}

function codesOf(declared: readonly Declared[]): readonly string[] {
  return declared.flatMap(({ facts }) => facts.code || []);
}

function place({ path, files }: PackageFacts, { file }: { readonly file: number }): readonly unknown[] {
  return [path, files[file]?.name, files[file]?.builds];
}

/** The prelude that the init functions of a package are. */
export function packagePrelude(path: string): string {
  return `package ${path}`;
}

function initialiserId({ pkg, facts }: Pick<Declared, "pkg" | "facts">): string {
  return functionId(pkg.path, `init:${facts.with?.[0] ?? ""}`);
}

/** The functions that set variables at first, by package and then by their ids and files: the first of several. */
function initialisersOf({
  functions,
}: Program): ReadonlyMap<PackageFacts, ReadonlyMap<string, LinkedFunction>> {
  const found = new Map<PackageFacts, Map<string, LinkedFunction>>();
  for (const fn of functions) {
    const { facts, pkg } = fn;
    if (facts.kind !== "initializer") continue;
    const known = found.get(pkg) ?? new Map<string, LinkedFunction>();
    found.set(pkg, known);
    const key = `${facts.file} ${facts.id}`;
    if (!known.has(key)) known.set(key, fn);
  }
  return found;
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

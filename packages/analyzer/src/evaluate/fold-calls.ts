/**
 * Evaluate: a linked program in; out, the values of arguments of calls that are no constants where they stand but can be
 * worked out: strings that are put together, decoded, computed in loops, kept in package variables, handed from function
 * to function. An abstract interpreter over code facts: a value is known, or one of at most four, or unknown; where a
 * condition is unknown both ways are taken and joined; loops run as long as they are known to go on; functions of the
 * program run where they are called, also through function values and interfaces: those that the value has, else the
 * at most four to which the program's edges lead. Nothing of Go is run.
 *
 * Told is what may be: a value that one way, or one caller, has is told though another one has something unknown.
 * Missed: floating point, channels, maps in the order in which Go takes them; dispatch on types that are no structs
 * where edges lead to more than four functions; pointers that functions make of what is not known; changes
 * of package variables by functions whose code is not told, or through pointers. What code is not told is in `compile/code`.
 *
 * Lazy: a function, and those that lead to it, are evaluated when one of its calls is asked about. Bounded in steps, depth
 * and sizes: where steps end, loops are gone through once and functions are not entered, so that what follows is seen.
 * What that leaves open is marked, and told by `isCut`.
 */
import { isWholeValue } from "../compile/arguments.ts";
import { append } from "../link/declarations.ts";
import type { LinkedFunction } from "../link/edge.ts";
import type { Program } from "../link/program.ts";
import { parameterTerm, type Signatures } from "../link/signatures.ts";
import type { UseFacts } from "../model/facts.ts";
import type { Folded } from "../model/flow.ts";
import { functionId } from "../model/function-id.ts";
import { compareText } from "../model/position.ts";
import type { Argument } from "../model/report.ts";
import { edgesByUse } from "./callees.ts";
import { callFunction, run } from "./calls.ts";
import { createCodes } from "./codes.ts";
import { evaluate } from "./expressions.ts";
import { compareTelling, foldedValues } from "./folded.ts";
import { createGlobals } from "./globals.ts";
import { functionsIn } from "./held-functions.ts";
import { layerOver } from "./layers.ts";
import { type Limits, usualLimits } from "./limits.ts";
import type { Machine } from "./machine.ts";
import { itemsOf, unknownItems } from "./places.ts";
import { execute } from "./statements.ts";
import { handed, isCutOff, isPartly, unknownOf, type Value } from "./values.ts";

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
}

export interface FoldOptions {
  readonly limits?: Limits;
  /** Of functions elsewhere: for numbers, such as descriptors and sizes, callers are not asked. Without it they always are. */
  readonly signatures?: Signatures;
}

export function foldCalls(
  program: Program,
  { limits = usualLimits, signatures }: FoldOptions = {},
): FoldedCalls {
  const globals = createGlobals(program);
  const heard = new Map<UseFacts, Map<string, Folded>[]>();
  const functions = new Map<UseFacts, Set<string>>();
  const codeOf = createCodes(program);
  let edges: ReturnType<typeof edgesByUse> | undefined;
  const machine: Machine = {
    program,
    limits,
    state: undefined,
    floor: globals.base,
    next: 0,
    steps: 0,
    stepLimit: 0,
    depth: 0,
    evaluate,
    execute,
    callFunction,
    codeOf,
    edgesOf: (use) => (edges ??= edgesByUse(program)).get(use) ?? [],
    variableAt: globals.at,
    heard: (at, { pkg, uses }, use, given) => {
      if (pkg.module !== undefined || (use.arguments === undefined && use.target.kind !== "dynamic")) return;
      for (const value of given)
        for (const id of functionsIn(at, value))
          functions.set(use, (functions.get(use) ?? new Set()).add(id));
      const isHanded = given.some(
        (value, index) => dependsOnCallers(at, value) && !isNumber(signatures, use, index),
      );
      for (const one of sameCall(uses, use)) {
        note(at, one, given);
        if (isHanded) at.handedOn.add(one);
      }
    },
    callees: new Map(),
    handedOn: new Set(),
    results: new Map(),
    zeros: new Map(),
    open: new Set(),
  };

  /** Places of arguments that were not worked out to the end, at least once. */
  const cutArguments = new Map<UseFacts, Set<number>>();
  /** Calls of which not all callers were asked. */
  const unasked = new Set<UseFacts>();
  let isSpent = false;

  const same = new Map<UseFacts, readonly UseFacts[]>();

  /** A call may have other constants in other builds: then it is several uses. */
  function sameCall(uses: readonly UseFacts[], use: UseFacts): readonly UseFacts[] {
    let found = same.get(use);
    if (found === undefined) {
      found = uses.filter((one) => one.use === "call" && one.line === use.line && one.column === use.column);
      same.set(use, found);
    }
    return found;
  }

  function note(at: Machine, use: UseFacts, given: readonly Value[]): void {
    const written = use.arguments ?? (use.target.kind === "dynamic" ? given.map(() => unwritten) : []);
    if (written.length !== given.length) return;
    let known = heard.get(use);
    if (known === undefined) heard.set(use, (known = written.map(() => new Map())));
    given.forEach((value, index) => {
      const found = known[index];
      const argument = written[index];
      if (found === undefined || argument === undefined || isWholeValue(argument)) return;
      if (dependsOnBound(at, value)) cutArguments.set(use, (cutArguments.get(use) ?? new Set()).add(index));
      for (const folded of foldedValues(at, value))
        if (!saysItself(folded, argument) && !keep(found, folded)) isSpent = true;
    });
  }

  /** By the function that they are in. */
  const closures = new Map<number, number[]>();
  program.functions.forEach(({ facts, root }, index) => {
    if (facts.kind === "closure" && root !== index) append(closures, root, index);
  });

  const total = limits.total + limits.each * program.functions.length;
  const done = new Map<number, Machine["handedOn"]>();

  /** Runs a function that is given nothing that is known. Says for which uses its callers may know more, and functions. */
  function evaluateRoot(index: number): Machine["handedOn"] {
    const known = done.get(index);
    if (known !== undefined) return known;
    const fn = program.functions[index];
    const handedOn: Machine["handedOn"] = new Set();
    done.set(index, handedOn);
    if (fn === undefined || machine.steps > total) {
      isSpent ||= fn !== undefined;
      return handedOn;
    }
    if (fn.facts.kind === "initializer") globals.initialise(machine, fn.facts.id);
    const code = machine.codeOf(fn);
    if (code === undefined || fn.facts.kind === "initializer") return handedOn;
    machine.state = layerOver(globals.base);
    machine.floor = machine.state;
    machine.depth = 0;
    machine.stepLimit = machine.steps + limits.steps;
    machine.handedOn = handedOn;
    run(machine, fn, { given: code[0].map(() => handed), spread: false });
    return handedOn;
  }

  /** Runs the function that a call is in, its callers where they may know more, and theirs. */
  function evaluateAround(fn: number, use: UseFacts, most: number): void {
    const all = new Set<number>();
    const asking = new Set<LinkedFunction>();
    let level = [rootOf(program, fn)];
    const { steps } = machine;
    for (let depth = 0; depth <= most && level.length > 0; depth++) {
      const next: number[] = [];
      for (const one of level) {
        const found = program.functions[one];
        if (found === undefined || all.has(one) || found.pkg.module !== undefined) continue;
        if (all.size >= callerLimit || machine.steps - steps > limits.callers) {
          unasked.add(use);
          return;
        }
        all.add(one);
        const handedOn = evaluateRoot(one);
        if (!handedOn.has(use) && ![...asking].some((fn) => handedOn.has(fn))) continue;
        for (const given of [one, ...(closures.get(one) ?? [])].filter(isGiven)) {
          const fn = program.functions[given];
          if (fn !== undefined) asking.add(fn);
          for (const { from } of program.callers[given] ?? []) next.push(rootOf(program, from));
        }
      }
      level = next;
    }
  }

  /** Whether callers give it anything. */
  function isGiven(index: number): boolean {
    const fn = program.functions[index];
    const code = fn && machine.codeOf(fn);
    return code === undefined || code[0].length > 0;
  }

  const valuesOf: FoldedCalls["valuesOf"] = (fn, use, { callers } = { callers: true }) => {
    evaluateAround(fn, use, callers ? callerDepth : 0);
    const known = heard.get(use);
    if (known === undefined || known.every(({ size }) => size === 0)) return undefined;
    return known.map((all) => [...all.values()].sort((a, b) => compareText(a.value, b.value)));
  };
  return {
    valuesOf,
    functionsGiven: (fn, use) => {
      evaluateAround(fn, use, callerDepth);
      return [...(functions.get(use) ?? [])].sort(compareText);
    },
    isCut: (use) =>
      unasked.has(use) || [...(cutArguments.get(use) ?? [])].some((index) => !heard.get(use)?.[index]?.size),
    isSpent: () => isSpent,
  };
}

/** Keeps the most telling ones, whatever the order in which they come. False if one had to go. */
function keep(known: Map<string, Folded>, folded: Folded): boolean {
  const { value } = folded;
  const other = known.get(value);
  // Of two ways to the same value the one with more to it.
  if (other !== undefined) {
    if (isMore(folded, other)) known.set(value, folded);
    return true;
  }
  known.set(value, folded);
  if (known.size <= valueLimit) return true;
  const last = [...known.values()].reduce((a, b) => (compareTelling(a, b) < 0 ? b : a));
  known.delete(last.value);
  return false;
}

function isMore(one: Folded, other: Folded): boolean {
  if (one.pieces !== other.pieces) return one.pieces > other.pieces;
  return compareText(one.by.join(), other.by.join()) > 0;
}

/** Whether an argument is the value as it is written. */
function saysItself({ value, by }: Folded, argument: Argument | undefined): boolean {
  return by.length === 0 && (argument?.text === value || argument?.text === JSON.stringify(value));
}

/** Facts do not say what a function value is given. */
const unwritten: Argument = { text: "" };

/** Values of one argument that are kept. */
const valueLimit = 500;

/** Callers of callers are looked at up to here, and so many of them. */
const callerDepth = 6;
const callerLimit = 400;

/** The function that a closure is in, or the function itself. */
function rootOf({ functions }: Program, fn: number): number {
  return functions[fn]?.root ?? fn;
}

/** Whether callers may know more of it: where what they give gets lost in between, that cannot be told. */
function dependsOnCallers(machine: Machine, value: Value): boolean {
  if (value.kind !== "list") return isPartly(value);
  return (itemsOf(machine, value) ?? []).some(isPartly);
}

function dependsOnBound(machine: Machine, value: Value): boolean {
  if (value.kind !== "list") return isCutOff(value);
  const items = itemsOf(machine, value);
  return isCutOff(items === undefined ? unknownItems(machine, value) : unknownOf(items));
}

function isNumber(signatures: Signatures | undefined, { target }: UseFacts, index: number): boolean {
  if (target.kind !== "qualified") return false;
  const signature = signatures?.of(functionId(target.package, target.name));
  const term = signature && parameterTerm(signature, index);
  return typeof term === "string" && numbers.test(term);
}

const numbers = /^(?:u?int(?:8|16|32|64|ptr)?|float(?:32|64)|bool|rune|byte)$/;

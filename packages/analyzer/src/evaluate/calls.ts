/** Calls: functions of the program run where they are called, those of the standard library as `standard` says. */

import type { LinkedFunction } from "../link/edge.ts";
import { changesOf } from "../model/code-changes.ts";
import { type Code, type Expression, isPointerType } from "../model/code-facts.ts";
import type { UseFacts } from "../model/facts.ts";
import { functionId } from "../model/function-id.ts";
import { calleesOf, received } from "./callees.ts";
import { listOf } from "./conversions.ts";
import { forgetChanges } from "./forget.ts";
import { absorb, isPlain, layerOver } from "./layers.ts";
import { finalState, returned } from "./leaving.ts";
import { aside, fork, type Given, isCoarse, type Machine, newCell, type Result } from "./machine.ts";
import { originFunctions } from "./origin-functions.ts";
import { forgetWithin, itemsOf } from "./places.ts";
import { standardFunction } from "./standard/index.ts";
import {
  alternatives,
  type CallForm,
  type CallParts,
  comingFrom,
  cut,
  either,
  type Frame,
  type FunctionValue,
  handed,
  keyOf,
  restOf,
  tuple,
  unknown,
  unknownOf,
  type Value,
} from "./values.ts";
import { zeroOf } from "./zero.ts";

export function call(machine: Machine, frame: Frame, form: CallForm): Value {
  return callWith(machine, frame, partsOfCall(machine, frame, form));
}

/** What is called, and with what. */
export function partsOfCall(machine: Machine, frame: Frame, form: CallForm): CallParts {
  const on = form[2];
  const callee = on === null ? undefined : machine.evaluate(machine, frame, on);
  return { form, callee, values: form[3].map((one) => machine.evaluate(machine, frame, one)) };
}

export function callWith(machine: Machine, frame: Frame, { form, callee, values }: CallParts): Value {
  const on = form[2];
  const spread = form[4];
  const use = frame.uses[form[1]];
  if (machine.state === undefined || use === undefined) return unknown;
  const only = values[0];
  const given = only?.kind === "tuple" && values.length === 1 ? only.items : values;
  const receiver = isReceiver(use, on) ? callee : undefined;
  const isOpen = callee !== undefined && (callee.kind === "unknown" || restOf(callee) !== undefined);
  // They wait again when they were run.
  if (receiver === undefined && isOpen)
    for (const fn of Array.from(frame.waiting.values())) runOutside(machine, fn);
  if (receiver === undefined && callee !== undefined && alternatives(callee).length > 0) {
    if (use.target.kind === "dynamic") machine.heard(machine, frame, use, given);
    if (machine.origins !== undefined && restOf(callee) !== undefined) notAllRun(machine, use, []);
    if (restOf(callee) !== undefined) forgetNotRun(machine, use, []);
    return callValue(machine, callee, { given, spread });
  }
  return callNamed(machine, frame, { use, receiver, given, spread });
}

/** Whether what stands before the arguments is a receiver rather than a function. */
function isReceiver({ target }: UseFacts, on: Expression | null): boolean {
  if (target.kind === "function") return on?.[0] !== "closure";
  return target.kind === "qualified" || target.kind === "interface-method";
}

/** Calls what a function value may be. */
function callValue(machine: Machine, callee: Value, given: Given): Value {
  const calls = alternatives(callee).map((one) => () => {
    if (one.kind === "function") return callFunction(machine, one, given);
    for (const value of given.given) forgetOutside(machine, value);
    return unknown;
  });
  const rest = restOf(callee);
  return oneOf(machine, rest === undefined ? calls : [...calls, () => unknownOf([rest, ...given.given])]);
}

/** What one of several calls gives; each is made. */
function oneOf(machine: Machine, calls: readonly (() => Value)[]): Value {
  const only = calls[0];
  if (only !== undefined && calls.length === 1) return only();
  const values: Value[] = [];
  fork(
    machine,
    calls.map((make) => () => values.push(make())),
  );
  return joinedResults(values);
}

/** One of several results, which may be several values each. */
function joinedResults(values: readonly Value[]): Value {
  const width = Math.max(...values.map((one) => (one.kind === "tuple" ? one.items.length : 1)));
  if (width === 1) return either(values);
  const items = Array.from({ length: width }, (_, index) =>
    either(values.map((one) => (one.kind === "tuple" ? (one.items[index] ?? unknown) : unknownOf([one])))),
  );
  return tuple(...items);
}

interface NamedCall extends Given {
  readonly use: UseFacts;
  readonly receiver: Value | undefined;
}

function callNamed(machine: Machine, frame: Frame, { use, receiver, given, spread }: NamedCall): Value {
  const all = receiver === undefined ? given : [receiver, ...given];
  const { functions, isOpen, isNamed } = calleesOf(machine, frame, { use, given: all });
  if (!isNamed || !functions.some(({ pkg }) => pkg.module === undefined))
    machine.heard(machine, frame, use, given);
  if (machine.origins !== undefined && !isNamed && isOpen) notAllRun(machine, use, functions);
  if (isOpen) forgetNotRun(machine, use, functions);
  const runOne = (one: LinkedFunction) =>
    run(machine, one, { given: isNamed ? all : received(machine, one, all), spread });
  const only = functions[0];
  if (only !== undefined && functions.length === 1 && !isOpen) return runOne(only);
  if (only !== undefined) {
    const calls = functions.map((one) => () => runOne(one));
    return oneOf(machine, isOpen ? [...calls, () => unknownOf(all)] : calls);
  }
  const id = use.target.kind === "qualified" ? functionId(use.target.package, use.target.name) : "";
  const standard = (machine.origins && originFunctions.get(id)) ?? standardFunction(id);
  if (standard !== undefined && !isCoarse(machine)) {
    const list = spread ? spreadOut(machine, given) : given;
    if (list !== undefined) return standard(machine, list, receiver ?? unknown);
  }
  machine.changes++;
  for (const value of all) {
    forgetOutside(machine, value);
    runOutside(machine, value);
  }
  return standard !== undefined && isCoarse(machine) ? unknownOf([...all, cut]) : unknown;
}

/** Functions that a function elsewhere is given may run there, and change what is around them. */
function runOutside(machine: Machine, value: Value): void {
  for (const fn of alternatives(value)) {
    if (fn.kind !== "function") continue;
    if ("named" in fn) {
      const given = there(fn.receiver);
      const { functions } = calleesOf(machine, fn.frame, { use: fn.named, given });
      for (const one of functions)
        runIfChanging(machine, one, (parameters) =>
          run(machine, one, { given: [...given, ...parameters.slice(given.length)], spread: false }),
        );
      continue;
    }
    const runs = () => {
      const value = callFunction(machine, fn, { given: fn.code[0].map(() => handed), spread: false });
      // What it hears in the end counts as well.
      fn.frame.waiting.set(fn.code, fn);
      return value;
    };
    const own =
      changesCaptured(fn) || machine.set.size === 0 ? undefined : closureOf(machine, fn.frame, fn.use);
    if (changesCaptured(fn)) aside(machine, runs);
    else if (own !== undefined) runIfChanging(machine, own, runs);
  }
}

/** Runs what may change variables that were set; what else it and those that it leads to may change is forgotten. */
function runIfChanging(
  machine: Machine,
  fn: LinkedFunction,
  runs: (parameters: readonly Value[]) => Value,
): void {
  const code = machine.changesSet(machine, fn) ? machine.codeOf(fn) : undefined;
  if (code === undefined) machine.forgetChanged(machine, fn);
  else aside(machine, () => runs(code[0].map(() => handed)));
}

/** What is ranged over is run who knows how often, and rounds in between: what it may change is not known in them. */
export function forgetRangedOver(machine: Machine, frame: Frame, ranged: Value): void {
  const iterators = alternatives(ranged).filter((one) => one.kind === "function");
  const isOpen = ranged.kind === "unknown" || restOf(ranged) !== undefined;
  const ranges = machine.rangesOf(frame.uses);
  if (iterators.length === 0 && (!isOpen || ranges.length === 0)) return;
  for (const fn of Array.from(frame.waiting.values())) runOutside(machine, fn);
  for (const fn of iterators) forgetChangedBy(machine, fn);
  // Which of the ranges this one is facts do not say.
  for (const { call: use } of ranges) {
    notAllRun(machine, use, []);
    for (const { to } of machine.edgesOf(use)) forgetAssigned(machine, machine.program.functions[to]);
  }
}

function forgetChangedBy(machine: Machine, fn: FunctionValue): void {
  if ("named" in fn) {
    const given = there(fn.receiver);
    for (const value of given) forgetWithin(machine, value);
    const { functions } = calleesOf(machine, fn.frame, { use: fn.named, given });
    for (const one of functions) forgetAssigned(machine, one);
    return;
  }
  forgetAssigned(machine, closureOf(machine, fn.frame, fn.use));
  forgetChanges(machine, { ...fn.frame, variables: new Map(fn.variables) }, changesOf(fn.code[3]));
}

/** Forgets package variables that a function and those that it leads to change. */
function forgetAssigned(machine: Machine, fn: LinkedFunction | undefined): void {
  if (fn === undefined) return;
  machine.work.functions.add(fn);
  machine.forgetChanged(machine, fn);
}

function changesCaptured({ code, variables }: Extract<FunctionValue, { readonly code: Code }>): boolean {
  const { assigned, within, globals } = changesOf(code[3]);
  return globals.size > 0 || [...assigned, ...within].some((variable) => variables.has(variable));
}

/** A call may run more than what it was run with. */
function notAllRun(machine: Machine, use: UseFacts, run: readonly LinkedFunction[]): void {
  const others = machine.edgesOf(use).map(({ to }) => to);
  machine.origins?.notRun(others.filter((to) => !run.some((one) => one === machine.program.functions[to])));
}

/** Forgets what functions of the program change that a call may run besides those. */
function forgetNotRun(machine: Machine, use: UseFacts, run: readonly LinkedFunction[]): void {
  let all = machine.led.get(use);
  if (all === undefined) {
    all = machine.edgesOf(use).flatMap(({ to }) => machine.program.functions[to] ?? []);
    machine.led.set(use, all);
  }
  for (const fn of all) if (!run.includes(fn)) machine.forgetChanged(machine, fn);
}

function there(value: Value | undefined): readonly Value[] {
  return value === undefined ? [] : [value];
}

/** Arguments with those of a list with dots; undefined if these are not known. */
function spreadOut(machine: Machine, given: readonly Value[]): readonly Value[] | undefined {
  const last = given.at(-1);
  if (last?.kind === "nil") return given.slice(0, -1);
  const items = last?.kind === "list" ? itemsOf(machine, last) : undefined;
  return items && [...given.slice(0, -1), ...items];
}

/** A function elsewhere may change bytes that it is given, and what pointers point to; lists of texts are left alone. */
function forgetOutside(machine: Machine, value: Value): void {
  for (const one of alternatives(value))
    if (one.kind === "list" ? one.type === "u8" : one.kind === "pointer" || one.kind === "map")
      forgetWithin(machine, one);
}

/** Runs a function. With plain arguments its results are remembered. */
export function run(machine: Machine, fn: LinkedFunction, { given, spread }: Given): Value {
  machine.changes++;
  machine.work.functions.add(fn);
  const code = machine.codeOf(fn);
  if (code === undefined || isBeyond(machine)) {
    machine.origins?.handedTo(fn, undefined);
    for (const value of given) forgetWithin(machine, value);
    machine.forgetChanged(machine, fn);
    return unentered(machine, code, given);
  }
  const mayChange = machine.mayChange(fn);
  const isUntold = given.every(({ kind }) => kind === "unknown");
  if (isUntold && machine.open.has(fn)) {
    machine.forgetChanged(machine, fn);
    return handOn(machine, fn, { code, given });
  }
  // What it does with what is not known is looked at where that is asked for.
  const isPassedOver = isUntold && machine.depth > 0 && !mayChange && !machine.isEarly && tellsNothing(code);
  if (isPassedOver && !machine.changesSet(machine, fn)) return handOn(machine, fn, { code, given });
  // What it changes, it changes each time; and what it sees may be something else each time.
  const key = mayChange || machine.isEarly || spread ? undefined : keyOfAll(machine, given);
  const results = key === undefined ? undefined : resultsFor(machine, fn);
  const remembered = key === undefined ? undefined : results?.get(key);
  if (remembered !== undefined) {
    for (const use of remembered.handedOn) machine.handedOn.add(use);
    return remembered.value;
  }
  const outside = machine.handedOn;
  const version = machine.state?.version;
  machine.handedOn = new Set();
  if (isUntold) machine.open.add(fn);
  const frame = newFrame(partsOf(fn, code));
  const value = inner(machine, frame, { given, spread });
  if (isUntold) machine.open.delete(fn);
  const { handedOn } = machine;
  machine.handedOn = outside;
  for (const use of handedOn) outside.add(use);
  // What changes package variables does that each time.
  const isSame = machine.state?.version === version;
  if (key !== undefined && isSame && !isCoarse(machine) && isPlain(value))
    results?.set(key, { value, handedOn });
  return value;
}

/** Whether no function is entered any more. */
function isBeyond(machine: Machine): boolean {
  return isCoarse(machine) || machine.depth >= machine.limits.depth;
}

/** What a function gives that is not entered. Where calls are nested deeply, they mostly have no end. */
function unentered(machine: Machine, code: Code | undefined, given: readonly Value[]): Value {
  return resultsOf(code, isCoarse(machine) ? [...given, cut] : given);
}

/** What a function that is not run with what is not known gives; what it changes is forgotten. */
function handOn(
  machine: Machine,
  fn: LinkedFunction,
  { code, given }: { readonly code: Code; readonly given: readonly Value[] },
): Value {
  if (unknownOf(given).handed) machine.handedOn.add(fn);
  machine.origins?.handedTo(fn, given);
  machine.forgetChanged(machine, fn);
  return resultsOf(code, given);
}

interface Initialiser extends Pick<Frame, "uses" | "pkg" | "file" | "builds"> {
  readonly code: Code;
  /** How many variables it sets. */
  readonly count: number;
  /** What its parameters are. */
  readonly given?: readonly Value[];
}

/** What an initialiser gives its variables. */
export function runInitialiser(machine: Machine, { code, count, given = [], ...parts }: Initialiser): Value {
  const results = Array.from({ length: Math.max(count, 1) }, () => [-1, "?"] as const);
  const frame = newFrame({ ...parts, code: [code[0], results, false, code[3]], variables: new Map() });
  return inner(machine, frame, { given, spread: false });
}

/**
 * Whether no result is of a type of which values are known. What makes a pointer, a function or the value of an interface
 * of nothing that it is given does tell something.
 */
function tellsNothing(code: Code): boolean {
  const isMade = code[0].length === 0;
  return code[1].every((result) => {
    const type = result[1];
    return type === "E" || type === "f" || type === "?" || ((type === "n" || isPointerType(type)) && !isMade);
  });
}

/** Runs a frame one deeper, with half of the steps that are left. */
function inner(machine: Machine, frame: Frame, given: Given): Value {
  const { stepLimit } = machine;
  machine.depth++;
  machine.stepLimit = machine.steps + Math.floor((stepLimit - machine.steps) / 2);
  const value = enter(machine, frame, given);
  machine.stepLimit = stepLimit;
  machine.depth--;
  return value;
}

/** Results that are not known, of a function that was given this. */
function resultsOf(code: Code | undefined, given: readonly Value[]): Value {
  const count = code?.[1].length ?? 0;
  const one = unknownOf(given);
  return count > 1 ? tuple(...Array.from({ length: count }, () => one)) : one;
}

function resultsFor({ results }: Machine, { facts }: LinkedFunction): Map<string, Result> {
  let found = results.get(facts);
  if (found === undefined) results.set(facts, (found = new Map()));
  return found;
}

/** Of what package variables hold now, and arguments; undefined unless all are plain. */
function keyOfAll({ state }: Machine, given: readonly Value[]): string | undefined {
  if (state?.version === undefined) return undefined;
  let all = `${state.version} `;
  for (const value of given) {
    if (!isPlain(value)) return undefined;
    all += `${keyOf(value)} `;
  }
  return all;
}

type FrameParts = Pick<Frame, "uses" | "pkg" | "file" | "builds" | "code" | "variables">;

function partsOf({ facts, pkg, builds }: LinkedFunction, code: Code): FrameParts {
  return { uses: facts.uses, pkg, file: facts.file, builds, code, variables: new Map() };
}

/** There are very many: written out, for a copy of the parts, or of a form with lists in it, takes longer. */
function newFrame({ uses, pkg, file, builds, code, variables }: FrameParts): Frame {
  const waiting: Frame["waiting"] = new Map();
  const returns: Frame["returns"] = [];
  const breakable: Frame["breakable"] = [];
  const started: Frame["started"] = [];
  const deferred: Frame["deferred"] = [];
  const panics: Frame["panics"] = [];
  const loops = 0;
  const base = undefined;
  return {
    uses,
    pkg,
    file,
    builds,
    code,
    variables,
    returns,
    breakable,
    waiting,
    started,
    deferred,
    panics,
    loops,
    base,
  };
}

/** Runs a function value. */
export function callFunction(machine: Machine, fn: FunctionValue, { given, spread }: Given): Value {
  if ("named" in fn)
    return callNamed(machine, fn.frame, { use: fn.named, receiver: fn.receiver, given, spread });
  fn.frame.waiting.delete(fn.code);
  machine.changes++;
  const { frame: around, use } = fn;
  const own = closureOf(machine, around, use);
  if (isBeyond(machine)) {
    if (own !== undefined) machine.forgetChanged(machine, own);
    return unentered(machine, fn.code, given);
  }
  const frame = newFrame({
    ...around,
    uses: own?.facts.uses ?? [],
    code: fn.code,
    variables: new Map(fn.variables),
  });
  return inner(machine, frame, { given, spread });
}

/** The function that a closure is: its code names the uses of that. */
function closureOf(
  { program, work }: Machine,
  { pkg, file }: Frame,
  use: UseFacts | undefined,
): LinkedFunction | undefined {
  const id = use?.target.kind === "function" ? use.target.id : "";
  const all = (program.byId.get(id) ?? []).map((index) => program.functions[index]);
  const found = all.find((one) => one?.pkg === pkg && one.facts.file === file);
  if (found !== undefined) work.functions.add(found);
  return found;
}

/**
 * Runs the body of a frame, then what `defer` calls, and what `go` calls and the closures that wait: what these see is what variables hold
 * in the end.
 */
function enter(machine: Machine, frame: Frame, given: Given): Value {
  const base = machine.state;
  if (base === undefined) return unknown;
  const { floor, next: fresh } = machine;
  machine.floor = base;
  machine.state = layerOver(base);
  frame.base = base;
  bind(machine, frame, given);
  machine.execute(machine, frame, frame.code[3]);
  if (machine.state !== undefined) frame.returns.push({ state: machine.state, values: [] });
  const end = finalState(machine, frame, { base, fresh, call: (parts) => callWith(machine, frame, parts) });
  // What never returns is taken to have done nothing: what stands behind the call is looked at all the same.
  machine.state = end ?? base;
  const value = end === undefined ? resultsOf(frame.code, []) : returned(machine, frame);
  for (const parts of frame.started) aside(machine, () => callWith(machine, frame, parts));
  runWaiting(machine, frame);
  machine.floor = floor;
  if (end !== undefined) absorb(base, end, { fresh, isDone: isPlain(value) });
  machine.state = base;
  return value;
}

function bind(machine: Machine, { code, variables }: Frame, { given, spread }: Given): void {
  const parameters = code[0];
  const variadic = code[2];
  const fixed = variadic ? parameters.length - 1 : parameters.length;
  parameters.forEach((variable, index) => {
    let value = given[index] ?? unknown;
    if (variadic && index === fixed && !spread) {
      const rest = given.slice(fixed);
      const [one] = rest;
      value =
        rest.length === 1 && one?.kind === "unknown"
          ? comingFrom(unknown, one.from)
          : listOf(machine, rest, "?");
    }
    const at = newCell(machine, value);
    if (variable >= 0) variables.set(variable, at);
  });
  for (const result of code[1])
    if (result[0] >= 0) variables.set(result[0], newCell(machine, zeroOf(machine, result[1])));
}

/** Closures that nobody has called may be called by who they were given to, with what that one knows. */
function runWaiting(machine: Machine, { waiting }: Frame): void {
  if (waiting.size === 0) return;
  for (const fn of Array.from(waiting.values())) {
    if ("named" in fn) continue;
    const given = fn.code[0].map(() => handed);
    aside(machine, () => callFunction(machine, fn, { given, spread: false }));
  }
}

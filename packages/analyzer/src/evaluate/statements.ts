/** Statements: what is in variables after them, on all ways through them. */
import { changesOf } from "../model/code-changes.ts";
import type { Expression, Statement, Target } from "../model/code-facts.ts";
import { assignTo } from "./assignments.ts";
import { callWith, partsOfCall } from "./calls.ts";
import { withPresence } from "./expressions.ts";
import { forgetChanges } from "./forget.ts";
import { joinLayers, layerOver } from "./layers.ts";
import { loopStatement, rangeStatement } from "./loops.ts";
import { aside, fork, type Machine, step } from "./machine.ts";
import { binary } from "./operators.ts";
import { type Breakable, by, type Frame, inLoop, unknown, unknownOf, type Value } from "./values.ts";

export function execute(machine: Machine, frame: Frame, statements: readonly Statement[]): void {
  for (let index = 0; index < statements.length && machine.state !== undefined; index++) {
    const one = statements[index];
    step(machine);
    if (one !== undefined) executeOne(machine, frame, one);
  }
}

function executeOne(machine: Machine, frame: Frame, one: Statement): void {
  switch (one[0]) {
    case "=":
      assign(machine, frame, one[1], one[2]);
      return;
    case "op": {
      const [, operator, target, value, type] = one;
      const before = machine.evaluate(machine, frame, target);
      const other = machine.evaluate(machine, frame, value);
      const also = operator === "+" && type === "s" ? inLoop(frame) : 0;
      assignTo(machine, frame, target, binary(operator, before, other, type, also));
      return;
    }
    case "do":
      machine.evaluate(machine, frame, one[1]);
      return;
    case "if":
      choose(machine, frame, machine.evaluate(machine, frame, one[1]), one);
      return;
    case "for":
      loopStatement(machine, frame, one);
      return;
    case "range":
      rangeStatement(machine, frame, one);
      return;
    case "switch":
      breaking(machine, frame, () => switchStatement(machine, frame, one));
      return;
    case "either":
      breaking(machine, frame, () => branches(machine, frame, one[1]));
      return;
    case "return":
      leave(machine, frame, one[1]);
      return;
    case "break":
      jumpTo(machine, frame.breakable.at(-1)?.breaks);
      return;
    case "continue":
      jumpTo(machine, frame.breakable.findLast(({ continues }) => continues !== undefined)?.continues);
      return;
    case "jump":
      jump(machine, frame);
      return;
    case "go":
      go(machine, frame, one[1]);
      return;
    case "defer":
      defer(machine, frame, one[1]);
      return;
    default:
      one satisfies never;
  }
}

/** What `go` calls is given what is known here, and may run now, and in the end. */
function go(machine: Machine, frame: Frame, form: Expression): void {
  aside(machine, () => {
    if (form[0] !== "call") return machine.evaluate(machine, frame, form);
    const parts = partsOfCall(machine, frame, form);
    if (frame.started.length < laterLimit) frame.started.push(parts);
    return callWith(machine, frame, parts);
  });
}

/** What `defer` calls is given what is known here, and runs in the end. */
function defer(machine: Machine, frame: Frame, form: Expression): void {
  if (form[0] !== "call") {
    aside(machine, () => machine.evaluate(machine, frame, form));
    return;
  }
  const parts = partsOfCall(machine, frame, form);
  const on = form[2];
  // Nobody else can run it before.
  if (on?.[0] === "closure") frame.waiting.delete(on[2]);
  const { state } = machine;
  if (state === undefined) return;
  const isSure = machine.floor === frame.base;
  const isRepeated = frame.loops > 0 && machine.isInUntold;
  if (frame.deferred.length < laterLimit)
    frame.deferred.push({ parts, isSure, isRepeated, state, after: frame.returns.length });
  else aside(machine, () => callWith(machine, frame, parts));
}

/** Calls that are kept for the end of a function: a loop may make many. */
const laterLimit = 16;

/**
 * Where a jump goes is not told. In loops it is taken to be behind the outermost one, now or after more rounds; else the end of
 * the function, with nothing known of what anything in it changes.
 */
function jump(machine: Machine, frame: Frame): void {
  const { state } = machine;
  const [outermost] = frame.breakable;
  if (state === undefined) return;
  machine.state = layerOver(state);
  forgetChanges(machine, frame, changesOf(frame.code[3]));
  if (outermost !== undefined) outermost.breaks.push(state, machine.state);
  else {
    machine.origins?.jumped();
    frame.returns.push({ state: machine.state, values: frame.code[1].map(() => unknown) });
  }
  machine.state = undefined;
}

function jumpTo(machine: Machine, states: Breakable["breaks"] | undefined): void {
  if (machine.state !== undefined) states?.push(machine.state);
  machine.state = undefined;
}

function leave(machine: Machine, frame: Frame, forms: readonly Expression[]): void {
  const values = forms.map((form) => machine.evaluate(machine, frame, form));
  if (machine.state !== undefined) frame.returns.push({ state: machine.state, values });
  machine.state = undefined;
}

function assign(
  machine: Machine,
  frame: Frame,
  targets: readonly Target[],
  forms: readonly Expression[],
): void {
  const only = forms[0];
  const first = targets[0];
  if (targets.length === 1 && forms.length === 1 && only !== undefined && first !== undefined) {
    assignTo(machine, frame, first, assignedTo(machine, frame, first, only));
    return;
  }
  if (targets.length > 1 && forms.length === 1 && only !== undefined) {
    const value =
      only[0] === "index" ? withPresence(machine, frame, only) : machine.evaluate(machine, frame, only);
    // Of an assertion it is not known whether it holds.
    const items = value.kind === "tuple" ? value.items : only[0] === "as" ? [value, unknown] : [];
    const other = unknownOf([value]);
    targets.forEach((target, index) => assignTo(machine, frame, target, items[index] ?? other));
    return;
  }
  const values = forms.map((form, index) => assignedTo(machine, frame, targets[index], form));
  targets.forEach((target, index) => assignTo(machine, frame, target, values[index] ?? unknown));
}

/** The value of one form for one target. */
function assignedTo(machine: Machine, frame: Frame, target: Target | undefined, form: Expression): Value {
  const value = machine.evaluate(machine, frame, form);
  return frame.loops > 0 && isLengthened(target, form) ? by(value, inLoop(frame)) : value;
}

/** Of `s = s + x`, which in a loop puts a text together round by round. */
function isLengthened(target: Target | undefined, [kind, terms]: Expression): boolean {
  if (kind !== "sum" || target === undefined || target[0] === "new" || target[0] === "_") return false;
  return terms.some((term) => term[0] === target[0] && JSON.stringify(term) === JSON.stringify(target));
}

function choose(
  machine: Machine,
  frame: Frame,
  condition: Value,
  form: Extract<Statement, readonly ["if", ...unknown[]]>,
): void {
  if (condition.kind === "bool") execute(machine, frame, condition.bool ? form[2] : form[3]);
  else branches(machine, frame, [form[2], form[3]]);
}

/** One of several lists of statements runs. */
function branches(machine: Machine, frame: Frame, all: readonly (readonly Statement[])[]): void {
  fork(
    machine,
    all.map((statements) => () => execute(machine, frame, statements)),
  );
}

/** Runs something that `break` leaves. */
function breaking(machine: Machine, frame: Frame, run: () => void): void {
  const base = machine.state;
  if (base === undefined) return;
  const { floor, next } = machine;
  machine.floor = base;
  machine.state = layerOver(base);
  const around: Breakable = { breaks: [], continues: undefined };
  frame.breakable.push(around);
  run();
  frame.breakable.pop();
  machine.floor = floor;
  machine.state = joinLayers(base, [machine.state, ...around.breaks], next);
}

function switchStatement(
  machine: Machine,
  frame: Frame,
  [, value, cases]: Extract<Statement, readonly ["switch", ...unknown[]]>,
): void {
  const tag = value === null ? undefined : machine.evaluate(machine, frame, value);
  const possible: (readonly Statement[])[] = [];
  for (const [list, body] of cases) {
    if (list === null) continue;
    const holds = list.map((form) => {
      const one = machine.evaluate(machine, frame, form);
      return tag === undefined ? one : binary("==", tag, one, "i64");
    });
    if (holds.every((one) => one.kind === "bool" && !one.bool)) continue;
    possible.push(body);
    if (holds.some((one) => one.kind === "bool" && one.bool)) {
      branchesOf(machine, frame, possible);
      return;
    }
  }
  possible.push(cases.find(([list]) => list === null)?.[1] ?? []);
  branchesOf(machine, frame, possible);
}

function branchesOf(machine: Machine, frame: Frame, possible: readonly (readonly Statement[])[]): void {
  const [only] = possible;
  if (only !== undefined && possible.length === 1) execute(machine, frame, only);
  else branches(machine, frame, possible);
}

/** How functions end: at which of their returns, after what `defer` calls, with which results. */
import type { Code } from "../model/code-facts.ts";
import { calleesOf } from "./callees.ts";
import { changedCells, joinEnds, joinLayers, layerOver, openCells } from "./layers.ts";
import { aside, type Machine } from "./machine.ts";
import { load, store } from "./places.ts";
import {
  alternatives,
  type CallParts,
  either,
  type Frame,
  type Layer,
  pointerTo,
  tuple,
  unknown,
  type Value,
} from "./values.ts";

interface Leaving {
  /** The state before the function, and the first cell that was made since. */
  readonly base: Layer;
  readonly fresh: number;
  readonly call: (parts: CallParts) => Value;
}

/** A panic is a return where something that was deferred may recover. */
export function panicking(machine: Machine, frame: Frame): void {
  const { state } = machine;
  machine.state = undefined;
  if (state === undefined) return;
  if (frame.deferred.some(({ parts }) => mayRecover(machine, frame, parts)))
    frame.returns.push({ state, values: [] });
  else frame.panics.push(state);
}

function mayRecover(machine: Machine, frame: Frame, { form, callee = unknown }: CallParts): boolean {
  const codes = alternatives(callee).flatMap((one) =>
    one.kind === "function" && "code" in one ? [one.code] : [],
  );
  const use = frame.uses[form[1]];
  if (codes.length > 0 || use === undefined) return codes.some(recovers);
  const { functions } = calleesOf(machine, frame, { use, given: [callee] });
  return functions.some((fn) => {
    const code = machine.codeOf(fn);
    return code !== undefined && recovers(code);
  });
}

const recovering = new WeakMap<Code, boolean>();

function recovers(code: Code): boolean {
  let found = recovering.get(code);
  if (found === undefined)
    recovering.set(code, (found = JSON.stringify(code).includes('"builtin","recover"')));
  return found;
}

/** The state in which a function that was run ends; undefined if it does not. */
export function finalState(machine: Machine, frame: Frame, leaving: Leaving): Layer | undefined {
  // What always panics may end in a caller that recovers, which sees what it did.
  const values = frame.code[1].map(() => unknown);
  if (frame.returns.length === 0) for (const state of frame.panics) frame.returns.push({ state, values });
  if (frame.deferred.length > 0) return runDeferred(machine, frame, leaving);
  return joinLayers(leaving.base, statesOf(frame.returns), leaving.fresh);
}

function statesOf(returns: Frame["returns"]): readonly Layer[] {
  return returns.map(({ state }) => state);
}

/**
 * Runs what `defer` calls, the last first, each where the function ends behind it; gives the state in the end. Of a function that
 * does not end it is run in the state where it was said.
 */
function runDeferred(machine: Machine, frame: Frame, { base, fresh, call }: Leaving): Layer | undefined {
  nameResults(machine, frame);
  const states = statesOf(frame.returns);
  let end: Layer | undefined;
  let { length } = states;
  for (let index = frame.deferred.length - 1; index >= 0; index--) {
    const one = frame.deferred[index];
    if (one === undefined) continue;
    end = joinEnds(base, [end, ...states.slice(one.after, length)], fresh);
    length = one.after;
    const run = () => call(one.parts);
    machine.state = end === undefined ? one.state : layerOver(end);
    const { next } = machine;
    if (end !== undefined && one.isSure) run();
    else aside(machine, run);
    if (end === undefined) continue;
    if (one.isRepeated) openCells(machine.state, changedCells(end, machine.state, next));
    end = machine.state;
  }
  return joinEnds(base, [end, ...states.slice(0, length)], fresh);
}

/** Puts what is returned into results that have names, so that what `defer` calls sees and changes it. */
function nameResults(machine: Machine, { code, returns, variables }: Frame): void {
  const places = code[1].map(([variable]) => variables.get(variable));
  if (places.every((at) => at === undefined)) return;
  returns.forEach(({ state, values }, index) => {
    if (values.length === 0) return;
    const items = itemsOf(values);
    machine.state = layerOver(state);
    places.forEach((at, result) => {
      if (at !== undefined) store(machine, pointerTo(at), items[result] ?? unknown);
    });
    returns[index] = { state: machine.state, values: items };
  });
}

/** The values that are returned; a call may give several. */
function itemsOf(values: readonly Value[]): readonly Value[] {
  const [only] = values;
  return values.length === 1 && only?.kind === "tuple" ? only.items : values;
}

/** What is returned, one of what the returns say; results that have names are what they are in the end. */
export function returned(machine: Machine, { code, returns, variables, deferred }: Frame): Value {
  const results = code[1];
  const hasDeferred = deferred.length > 0;
  const all = returns.map(({ state, values }) => {
    const items = itemsOf(values);
    if (items.length > 0 && !hasDeferred) return items;
    const { state: now } = machine;
    if (!hasDeferred) machine.state = state;
    const found = results.map(([variable], index) => {
      const at = variables.get(variable);
      // `_` is what was returned.
      return at === undefined ? (items[index] ?? unknown) : load(machine, pointerTo(at));
    });
    machine.state = now;
    return found;
  });
  const values = results.map((_, index) => either(all.map((one) => one[index] ?? unknown)));
  const only = values[0];
  return values.length === 1 && only !== undefined ? only : tuple(...values);
}

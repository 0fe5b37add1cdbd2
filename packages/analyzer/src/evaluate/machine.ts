/** What the parts of the evaluator share. */
import type { Edge, LinkedFunction } from "../link/edge.ts";
import type { Program } from "../link/program.ts";
import type { Code, CodeType, Expression, Statement } from "../model/code-facts.ts";
import type { UseFacts } from "../model/facts.ts";
import { flattened, joinLayers, layerOver } from "./layers.ts";
import type { Limits } from "./limits.ts";
import { type Frame, type FunctionValue, type Layer, unknown, type Value } from "./values.ts";

/** What a function is given. */
export interface Given {
  readonly given: readonly Value[];
  /** The last one has dots. */
  readonly spread: boolean;
}

export interface Machine {
  readonly program: Program;
  readonly limits: Limits;
  /** The state; undefined where control does not get. */
  state: Layer | undefined;
  /** Layers below this one are still looked at by others. */
  floor: Layer;
  /** The next cell. */
  next: number;
  steps: number;
  /** Where loops are no longer run and functions no longer entered. */
  stepLimit: number;
  /** Calls inside each other. */
  depth: number;
  readonly evaluate: (machine: Machine, frame: Frame, form: Expression) => Value;
  readonly execute: (machine: Machine, frame: Frame, statements: readonly Statement[]) => void;
  readonly callFunction: (machine: Machine, fn: FunctionValue, given: Given) => Value;
  /** The code of a function or closure; undefined if it has none. */
  readonly codeOf: (fn: LinkedFunction) => Code | undefined;
  /** Where a call leads that does not name what it calls. */
  readonly edgesOf: (use: UseFacts) => readonly Edge[];
  /** The cell of a package variable. */
  readonly variableAt: (machine: Machine, path: string, name: string, type: CodeType) => number;
  /** Told of each call of what is outside of the module. */
  readonly heard: (machine: Machine, frame: Frame, use: UseFacts, given: readonly Value[]) => void;
  /** Functions that uses name. */
  readonly callees: Map<UseFacts, readonly LinkedFunction[]>;
  /** Results of calls by function and arguments. */
  readonly results: Map<string, Result>;
  /** What arrays have at first, by their types. */
  readonly zeros: Map<CodeType, Value>;
  /**
   * Uses with arguments that depend on what the function is given that evaluation began with; and functions that are given
   * something that does, and were not run with it.
   */
  handedOn: Set<UseFacts | LinkedFunction>;
  /** Functions that are being run with nothing known. */
  readonly open: Set<LinkedFunction>;
}

/** What a call gave, and what it would note again. */
export interface Result {
  readonly value: Value;
  readonly handedOn: ReadonlySet<UseFacts | LinkedFunction>;
}

/** Counts steps. Says whether there are any left. */
export function step(machine: Machine, count = 1): boolean {
  machine.steps += count;
  return machine.steps <= machine.stepLimit;
}

export function isCoarse({ steps, stepLimit }: Machine): boolean {
  return steps > stepLimit;
}

/** A cell with that in it. */
export function newCell(machine: Machine, value: Value): number {
  const at = machine.next++;
  machine.state?.cells.set(at, value);
  return at;
}

/** A cell with the items of slices. */
export function newItems(machine: Machine, items: Value[]): number {
  const at = machine.next++;
  step(machine, items.length >> 4);
  if (machine.state !== undefined)
    machine.state.cells.set(at, { kind: "items", items, owner: machine.state });
  return at;
}

/** Runs one of several continuations, it is not known which. */
export function fork(machine: Machine, arms: readonly (() => void)[]): void {
  const base = machine.state;
  if (base === undefined) return;
  const { floor, next } = machine;
  machine.floor = base;
  const ends = arms.map((arm) => {
    machine.state = layerOver(base);
    arm();
    return machine.state;
  });
  machine.floor = floor;
  const end = joinLayers(base, ends, next);
  machine.state = end && flattened(end, floor);
}

/** What something gives after which all is as before. */
export function aside(machine: Machine, run: () => Value): Value {
  const { state, floor } = machine;
  if (state === undefined) return unknown;
  machine.floor = state;
  machine.state = layerOver(state);
  const value = run();
  machine.floor = floor;
  machine.state = state;
  return value;
}

/** The cell of a new map. */
export function newMap(machine: Machine): number {
  const at = newCell(machine, unknown);
  const owner = machine.state;
  owner?.cells.set(at, { kind: "entries", entries: new Map(), owner });
  return at;
}

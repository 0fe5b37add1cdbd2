/**
 * What the parts of the evaluator share. What is done at each step goes through lists and takes them apart by index, and writes
 * out copies of objects: most of it is run too seldom in one scan to be optimised, and iterators, patterns and spreads of objects
 * take five to ten times as long until it is.
 */
import type { Edge, LinkedFunction } from "../link/edge.ts";
import type { Program } from "../link/program.ts";
import type { RangeFacts } from "../link/ranges-over-functions.ts";
import type { Code, CodeType, Expression, Statement } from "../model/code-facts.ts";
import type { FunctionFacts, UseFacts } from "../model/facts.ts";
import type { Told } from "./evaluation.ts";
import { flattened, joinInto, joinLayers, layerOver } from "./layers.ts";
import type { Limits } from "./limits.ts";
import {
  type Frame,
  type FunctionValue,
  type Known,
  type Layer,
  type Unknown,
  unknown,
  type Value,
} from "./values.ts";

/** What a function is given. */
export interface Given {
  readonly given: readonly Value[];
  /** The last one has dots. */
  readonly spread: boolean;
}

export interface Machine extends Run {
  readonly program: Program;
  readonly limits: Limits;
  /** The next cell. */
  next: number;
  /** How often structs that are not known may have changed: more than one pointer may lead to one. */
  changes: number;
  /** What runs before everything else is run: variables change while it does. */
  isEarly: boolean;
  readonly evaluate: (machine: Machine, frame: Frame, form: Expression) => Value;
  readonly execute: (machine: Machine, frame: Frame, statements: readonly Statement[]) => void;
  readonly callFunction: (machine: Machine, fn: FunctionValue, given: Given) => Value;
  /** The code of a function or closure; undefined if it has none. */
  readonly codeOf: (fn: LinkedFunction) => Code | undefined;
  /** Where a call leads that does not name what it calls. */
  readonly edgesOf: (use: UseFacts) => readonly Edge[];
  /** The ranges over functions in the function that has these uses. */
  readonly rangesOf: (uses: readonly UseFacts[]) => readonly RangeFacts[];
  /** Whether others may set a package variable later that is not assigned by its name, by its cell: from another module, or by its address. */
  readonly isForOthers: (at: number) => boolean;
  /** The cell of a package variable. */
  readonly variableAt: (machine: Machine, path: string, name: string, type: CodeType) => number;
  /** Whether a function that runs before everything else changes package variables, or leads to one that does. */
  readonly mayChange: (fn: LinkedFunction) => boolean;
  /** Whether a function, or one that it leads to, changes package variables that were set in the evaluation so far. */
  readonly changesSet: (machine: Machine, fn: LinkedFunction) => boolean;
  /** Forgets the variables that a function and those that it leads to may change, which is not run. */
  readonly forgetChanged: (machine: Machine, fn: LinkedFunction) => void;
  /** Forgets package variables by `path.name`. */
  readonly forgetVariables: (machine: Machine, keys: Iterable<string>, fresh: Unknown) => void;
  /** Told of each call of what is outside of the module. */
  readonly heard: (machine: Machine, frame: Frame, use: UseFacts, given: readonly Value[]) => void;
  /** The texts that the module puts into a field of structs of a type: where it makes them too, or only where it assigns to them. */
  readonly fieldTexts: (machine: Machine, type: string, field: string, isMade: boolean) => readonly Known[];
  /** Functions that uses name. */
  readonly callees: Map<UseFacts, readonly LinkedFunction[]>;
  /** Functions that uses may run without naming them. */
  readonly led: Map<UseFacts, readonly LinkedFunction[]>;
  /** What arrays have at first, by their types. */
  readonly zeros: Map<CodeType, { readonly value: Value; readonly steps: number }>;
  /** Told of what matters to where values come from, if somebody asks for that. */
  readonly origins?: OriginNotes | undefined;
}

/** Who keeps where values come from. */
export interface OriginNotes {
  /** A function was called with this, and not run; undefined if a bound was reached. */
  readonly handedTo: (fn: LinkedFunction, given: readonly Value[] | undefined) => void;
  /** A call may run these, and did not. */
  readonly notRun: (functions: readonly number[]) => void;
  /** A field of that name got a value, in a struct of that type (empty if that is not known). */
  readonly stored: (machine: Machine, type: string, field: string, value: Value) => void;
  /** What is in a struct of that type was changed where nobody sees it. */
  readonly forgotten: (type: string) => void;
  /** A jump to a label, behind which nothing is seen. */
  readonly jumped: () => void;
}

/** One evaluation: of a function that is given nothing that is known, or of what runs before everything else. None knows of others. */
export interface Run {
  /** The state; undefined where control does not get. */
  state: Layer | undefined;
  /** Layers below this one are still looked at by others. */
  floor: Layer;
  steps: number;
  /** Where loops are no longer run and functions no longer entered. */
  stepLimit: number;
  /** Calls inside each other. */
  depth: number;
  /** Results of calls by function, then arguments. */
  results: Map<FunctionFacts, Map<string, Result>>;
  handedOn: Told["handedOn"];
  /** Whether what runs is in a loop of which it is not known how often it goes round. */
  isInUntold: boolean;
  /** Whether what others may have changed since all began may be something else. */
  isLater: boolean;
  /** Whether anything was looked at that is told otherwise then. */
  hasLookedAtShared: boolean;
  /** Functions that are being run with nothing known. */
  open: Set<LinkedFunction>;
  /** Cells of package variables that were set. */
  set: Set<number>;
  /** Functions that were called and not run. */
  passed: Set<LinkedFunction>;
  /** Cells of package variables that something else may change later and that were looked at, and whether some of `passed` change them. */
  looked: Map<number, boolean>;
  notes: Told["notes"];
  work: Told["work"];
}

/** Runs something as an evaluation of its own, over a state, which tells what it tells there. Gives how many steps it took. */
export function separately(machine: Machine, base: Layer, told: Told, run: () => void): number {
  const own = layerOver(base);
  const fresh: Run = {
    notes: told.notes,
    work: told.work,
    handedOn: told.handedOn,
    state: own,
    floor: own,
    steps: 0,
    stepLimit: machine.limits.steps,
    depth: 0,
    isInUntold: false,
    isLater: false,
    hasLookedAtShared: false,
    results: new Map(),
    open: new Set(),
    set: new Set(),
    passed: new Set(),
    looked: new Map(),
  };
  // All that an evaluation has of its own.
  const names = Object.keys(fresh) as (keyof Run)[];
  const before = Object.fromEntries(names.map((name) => [name, machine[name]]));
  Object.assign(machine, fresh);
  run();
  const taken = machine.steps;
  Object.assign(machine, before);
  return taken;
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

/** What something gives that may run or not, now or later: all is as before, but variables may hold what it left there. */
export function aside(machine: Machine, run: () => Value): Value {
  const { state, floor, next } = machine;
  if (state === undefined) return unknown;
  machine.floor = state;
  machine.state = layerOver(state);
  const value = run();
  if (machine.state !== undefined) joinInto(state, machine.state, next);
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

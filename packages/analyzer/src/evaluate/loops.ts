/** Loops: run while it is known that they go on, else what they assign is forgotten. */
import { type Changes, changesOf } from "../model/code-changes.ts";
import type { Statement } from "../model/code-facts.ts";
import { assignTo } from "./assignments.ts";
import { runes } from "./bytes.ts";
import { forgetRangedOver } from "./calls.ts";
import { forgetChanges } from "./forget.ts";
import { cellAt, changedCells, flattened, joinLayers, layerOver, openCells } from "./layers.ts";
import { fork, isCoarse, type Machine } from "./machine.ts";
import { elementOf } from "./marks.ts";
import { itemsOf, load } from "./places.ts";
import { read } from "./slices.ts";

import {
  type Breakable,
  bits,
  bool,
  by,
  type Frame,
  int,
  type Known,
  type Layer,
  unknown,
  unknownOf,
  type Value,
} from "./values.ts";

/** Runs rounds that `break` and `continue` leave. */
function looping(machine: Machine, frame: Frame, run: (around: Breakable) => void): void {
  const base = machine.state;
  if (base === undefined) return;
  const { floor, next } = machine;
  machine.floor = base;
  machine.state = layerOver(base);
  const around: Breakable = { breaks: [], continues: [] };
  frame.breakable.push(around);
  frame.loops++;
  run(around);
  frame.loops--;
  frame.breakable.pop();
  machine.floor = floor;
  const end = joinLayers(base, [machine.state, ...around.breaks], next);
  machine.state = end && flattened(end, floor);
}

/** The body once, `continue` ending it. */
function round(machine: Machine, frame: Frame, { continues }: Breakable, body: readonly Statement[]): void {
  const base = machine.state;
  if (base === undefined) return;
  const { floor, next } = machine;
  machine.floor = base;
  machine.execute(machine, frame, body);
  machine.floor = floor;
  const ends = continues?.splice(0) ?? [];
  const end = joinLayers(base, [machine.state, ...ends], next);
  machine.state = end && flattened(end, floor);
}

export function loopStatement(
  machine: Machine,
  frame: Frame,
  [, condition, post, body]: Extract<Statement, readonly ["for", ...unknown[]]>,
): void {
  const changes = bothChanges(changesOf(body), changesOf(post));
  looping(machine, frame, (around) => {
    const test = () => (condition === null ? bool(true) : machine.evaluate(machine, frame, condition));
    const goOn = () => {
      round(machine, frame, around, body);
      machine.execute(machine, frame, post);
    };
    // What has no end but from outside is gone through once.
    let isKnown = condition !== null || changes.leaves;
    while (isKnown && !isCoarse(machine) && machine.state !== undefined) {
      const holds = test();
      if (holds.kind !== "bool") break;
      if (!holds.bool) return;
      const { length } = around.breaks;
      const returns = frame.returns.length;
      goOn();
      // It may have been left: how often it goes round is not known.
      if (condition === null && machine.state !== undefined)
        isKnown = around.breaks.length === length && frame.returns.length === returns;
    }
    if (machine.state === undefined) return;
    const once = () => {
      test();
      goOn();
    };
    untold(machine, frame, { changes, once, ends: condition !== null });
  });
}

interface Untold {
  readonly changes: Changes;
  readonly once: () => void;
  /** Whether it may end without being left. */
  readonly ends: boolean;
}

/**
 * A loop of which it is not known how often it goes round. What the calls in it change they change in each round: it is gone through
 * once more with what they left, unless it is in another one that is.
 */
function untold(machine: Machine, frame: Frame, { changes, once, ends }: Untold): void {
  forgetChanges(machine, frame, changes);
  const { next, isInUntold } = machine;
  machine.isInUntold = true;
  const arms = ends ? [() => {}, once] : [once];
  for (let rounds = isInUntold ? 1 : 0; rounds < 2 && machine.state !== undefined; rounds++) {
    const before: Layer = machine.state;
    fork(machine, arms);
    const { state } = machine;
    const changed = state === undefined ? [] : changedCells(before, state, next);
    if (state === undefined || changed.length === 0) break;
    if (rounds === 1) openCells(state, changed);
  }
  machine.isInUntold = isInUntold;
  if (machine.state !== undefined) forgetChanges(machine, frame, changes);
}

function bothChanges(a: Changes, b: Changes): Changes {
  return {
    assigned: new Set([...a.assigned, ...b.assigned]),
    within: new Set([...a.within, ...b.within]),
    globals: new Set([...a.globals, ...b.globals]),
    leaves: a.leaves || b.leaves,
  };
}

export function rangeStatement(
  machine: Machine,
  frame: Frame,
  [, over, key, value, body]: Extract<Statement, readonly ["range", ...unknown[]]>,
): void {
  const ranged = read(machine, frame, over);
  forgetRangedOver(machine, frame, ranged);
  const rounds = roundsOf(machine, ranged);
  const set = (at: Value, held: Value) => {
    assignTo(machine, frame, key, at);
    assignTo(machine, frame, value, held);
  };
  looping(machine, frame, (around) => {
    for (const [at, held] of rounds ?? []) {
      if (machine.state === undefined) return;
      if (isCoarse(machine)) break;
      set(at, held);
      round(machine, frame, around, body);
    }
    if (rounds !== undefined && !isCoarse(machine)) return;
    const once = () => {
      set(unknownOf([ranged]), elementOf(ranged));
      round(machine, frame, around, body);
    };
    untold(machine, frame, { changes: changesOf(body), once, ends: true });
  });
}

const indexing = bits("indexing");

/** Keys and values; undefined if they are not known. */
function roundsOf(machine: Machine, over: Value): Iterable<readonly [Value, Value]> | undefined {
  switch (over.kind) {
    case "int":
      return counted(over.int);
    case "text":
      return Array.from(runes(over.text), ({ at, point }) => [int(at), int(point, over.origin)] as const);
    case "array":
      return over.items.map((item, index) => [int(index), item] as const);
    case "list":
      return itemsOf(machine, over)?.map((item, index) => [int(index), item] as const);
    case "nil":
      return [];
    case "pointer": {
      const held = load(machine, over);
      return held.kind === "array" ? roundsOf(machine, held) : undefined;
    }
    case "map":
      return entriesOf(machine, over);
    default:
      return undefined;
  }
}

function* counted(count: bigint): Generator<readonly [Value, Value]> {
  for (let at = 0n; at < count; at++) yield [int(at), unknown];
}

/** Go takes the entries in any order, here they are in that of their keys. */
function entriesOf(
  machine: Machine,
  map: Extract<Known, { kind: "map" }>,
): readonly (readonly [Value, Value])[] | undefined {
  const cell = machine.state && cellAt(machine.state, map.at);
  if (cell?.kind !== "entries") return undefined;
  return [...cell.entries.values()]
    .sort(([a], [b]) => (isBefore(a, b) ? -1 : 1))
    .map(([key, value]) => [key, by(value, indexing)] as const);
}

function isBefore(a: Known, b: Known): boolean {
  if (a.kind === "int" && b.kind === "int") return a.int < b.int;
  return a.kind === "text" && b.kind === "text" && a.text < b.text;
}

/** Package variables that are no longer known since a function was called that is not run. */
import type { LinkedFunction } from "../link/edge.ts";
import type { changingFunctions } from "./changing-functions.ts";
import type { EarlyFunctions } from "./early.ts";
import { cellAt, renew } from "./layers.ts";
import { type Machine, step } from "./machine.ts";
import { forgetWithin, loadAll } from "./places.ts";
import { cut, type Layer, type Unknown, unknown } from "./values.ts";

interface ForgettingParts {
  /** The state in which all functions begin. */
  readonly base: Layer;
  readonly early: EarlyFunctions;
  readonly changing: ReturnType<typeof changingFunctions>;
  /** The cells of variables by `path.name`, and back. */
  readonly cellOf: (key: string) => number;
  readonly keyOf: (at: number) => string;
}

export interface Forgetting {
  /** Whether a function, or one that it leads to, changes variables that were set in the evaluation so far. */
  readonly changesSet: (machine: Machine, fn: LinkedFunction) => boolean;
  /** Forgets the variables that a function and those that it leads to may change, which is not run. */
  readonly forgetChanged: (machine: Machine, fn: LinkedFunction) => void;
  /** Forgets variables by `path.name`. */
  readonly forgetVariables: (machine: Machine, keys: Iterable<string>, fresh: Unknown) => void;
  /** What a variable that others may change holds at first is not known where some of them were called: asked each time that it is looked at. */
  readonly look: (machine: Machine, at: number, key: string) => void;
}

/** Stands before a variable where it is asked which functions lead to one that changes it. */
export const changingWord = "changing ";

export function createForgetting({ base, early, changing, cellOf, keyOf }: ForgettingParts): Forgetting {
  const forgetVariables = (machine: Machine, forgotten: Iterable<string>, fresh: Unknown): void => {
    for (const key of forgotten) {
      step(machine);
      // A cell that nobody has looked at has nothing that is known either.
      const at = cellOf(key);
      if (machine.state === undefined) continue;
      if (cellAt(machine.state, at).kind !== "unknown") renew(machine.state, machine.state.version);
      machine.state.cells.set(at, fresh);
    }
  };

  /** The variables that were set in the evaluation so far which a function, or one that it leads to, changes. */
  const changedOfSet = (machine: Machine, fn: LinkedFunction): readonly string[] =>
    Array.from(machine.set, keyOf).filter((key) => {
      machine.work.variables.add(`${changingWord}${key}`);
      return changing(key).has(fn);
    });

  return {
    forgetVariables,
    changesSet: (machine, fn) => machine.set.size > 0 && changedOfSet(machine, fn).length > 0,
    forgetChanged: (machine, fn) => {
      if (early.mayChange(fn)) forgetVariables(machine, early.changedBelow(fn), cut);
      forgetVariables(machine, changedOfSet(machine, fn), unknown);
      if (machine.passed.has(fn)) return;
      machine.passed.add(fn);
      for (const [at, isChanged] of machine.looked) {
        if (isChanged || !changing(keyOf(at)).has(fn)) continue;
        machine.looked.set(at, true);
        if (machine.state !== undefined) renew(machine.state, machine.state.version);
        forgetWithin(machine, loadAll(machine, at));
      }
    },
    look: (machine, at, key) => {
      let isChanged = machine.looked.get(at);
      if (isChanged === undefined) {
        const changers = changing(key);
        isChanged = [...machine.passed].some((fn) => changers.has(fn));
        machine.looked.set(at, isChanged);
        machine.work.variables.add(`${changingWord}${key}`);
      }
      if (!isChanged || machine.state === undefined || cellAt(machine.state, at) !== base.cells.get(at))
        return;
      // Who has what is behind it from elsewhere sees that change as well.
      forgetWithin(machine, loadAll(machine, at));
      machine.state.cells.set(at, unknown);
    },
  };
}

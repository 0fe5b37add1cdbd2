/** A machine that has run nothing so far. */
import type { Program } from "../link/program.ts";
import { edgesByUse, rangesByUses } from "./callees.ts";
import { callFunction } from "./calls.ts";
import { nothingTold } from "./evaluation.ts";
import { evaluate } from "./expressions.ts";
import type { Globals } from "./globals.ts";
import type { Machine } from "./machine.ts";
import { execute } from "./statements.ts";

interface MachineParts extends Pick<Machine, "limits" | "codeOf" | "heard" | "origins" | "fieldTexts"> {
  readonly globals: Globals;
}

export function newMachine(program: Program, { globals, ...parts }: MachineParts): Machine {
  let edges: ReturnType<typeof edgesByUse> | undefined;
  let ranges: ReturnType<typeof rangesByUses> | undefined;
  return {
    ...parts,
    ...nothingTold(),
    program,
    state: undefined,
    floor: globals.base,
    next: 0,
    changes: 0,
    isEarly: false,
    steps: 0,
    stepLimit: 0,
    depth: 0,
    isInUntold: false,
    isLater: false,
    hasLookedAtShared: false,
    evaluate,
    execute,
    callFunction,
    edgesOf: (use) => (edges ??= edgesByUse(program)).get(use) ?? [],
    rangesOf: (uses) => (ranges ??= rangesByUses(program)).get(uses) ?? noRanges,
    variableAt: globals.at,
    isForOthers: globals.isForOthers,
    mayChange: globals.mayChange,
    changesSet: globals.changesSet,
    forgetChanged: globals.forgetChanged,
    forgetVariables: globals.forgetVariables,
    callees: new Map(),
    led: new Map(),
    results: new Map(),
    zeros: new Map(),
    open: new Set(),
    set: new Set(),
    passed: new Set(),
    looked: new Map(),
  };
}

const noRanges: readonly never[] = [];

/** Evaluations as plain data, with what they depend on: read again where that is as it was. */
import type { LinkedFunction } from "../link/edge.ts";
import type { UseFacts } from "../model/facts.ts";
import type { Folded } from "../model/flow.ts";
import type { Dependencies } from "./dependencies.ts";
import {
  type Evaluation,
  emptyWork,
  type Heard,
  type Notes,
  nothingTold,
  type Prelude,
  preludesOf,
  type Work,
} from "./evaluation.ts";
import { nestingLimit } from "./globals.ts";

/** Plain. Functions, variables, preludes and evaluations refer to others by their places in these lists. */
export interface KeptEvaluations {
  /** Names and digests. */
  readonly functions: readonly (readonly [name: string, digest: string])[];
  readonly variables: readonly (readonly [key: string, digest: string])[];
  readonly preludes: readonly KeptPrelude[];
  readonly evaluations: readonly KeptEvaluation[];
}

/** Places of functions, variables and preludes. */
type KeptWork = readonly [
  functions: readonly number[],
  variables: readonly number[],
  preludes: readonly number[],
];

type KeptPrelude = readonly [name: string, steps: number, work: KeptWork];

/** A use by its function and its place there. */
type KeptUse = readonly [fn: number, use: number];

type KeptNote = readonly [
  use: KeptUse,
  values: readonly (readonly Folded[])[],
  cut: readonly number[],
  functions: readonly string[],
  isFull: 0 | 1,
];

type KeptEvaluation = readonly [
  fn: number,
  steps: number,
  work: KeptWork,
  notes: readonly KeptNote[],
  handedOn: readonly (KeptUse | readonly [fn: number])[],
];

/** Writes down evaluations, but those that depend on who looked first at something that needs itself. Linear. */
export function keptEvaluations(
  evaluations: readonly (readonly [LinkedFunction, Evaluation])[],
  dependencies: Dependencies,
): KeptEvaluations {
  const isSettled = settledWorks(evaluations.map(([, { work }]) => work));
  const functions = places<LinkedFunction>();
  const variables = places<string>();
  // What is known from before and what was run now are the same.
  const preludes = places<Prelude>(({ name }) => name);
  const workOf = (work: Work): KeptWork => [
    [...work.functions].map(functions.at),
    [...work.variables].map(variables.at),
    [...work.preludes].map(preludes.at),
  ];
  const kept = evaluations.flatMap(([fn, evaluation]): KeptEvaluation[] => {
    if (!isSettled(evaluation.work)) return [];
    const useAt = usesOf(evaluation.work, functions.at);
    const notes = [...evaluation.notes].map(([use, heard]) => noteOf(useAt(use), heard));
    const handedOn = [...evaluation.handedOn].map((one) =>
      "target" in one ? useAt(one) : ([functions.at(one)] as const),
    );
    const isWhole = (all: readonly unknown[]) => !all.includes(undefined);
    if (!isWhole(notes) || !isWhole(handedOn)) return [];
    return [
      [
        functions.at(fn),
        evaluation.steps,
        workOf(evaluation.work),
        notes.flatMap(there),
        handedOn.flatMap(there),
      ],
    ];
  });
  // The list grows while preludes are written that depend on others.
  const ofPreludes: KeptPrelude[] = [];
  for (const { name, steps, work } of preludes.all) ofPreludes.push([name, steps, workOf(work)]);
  return {
    functions: functions.all.map((fn) => [dependencies.nameOf(fn), dependencies.ofFunction(fn)]),
    variables: variables.all.map((key) => [key, dependencies.ofVariable(key)]),
    preludes: ofPreludes,
    evaluations: kept,
  };
}

/** Whether none of the preludes of a work leads to one that leads to itself, but for packages whose init functions look at what they change. */
function settledWorks(works: readonly Work[]): (work: Work) => boolean {
  const open = new Set(works.flatMap((work) => [...preludesOf(work)]));
  const isSettled = ({ preludes }: Work, itself?: Prelude) =>
    [...preludes].every((one) => one === itself || !open.has(one));
  for (let before = -1; before !== open.size; ) {
    before = open.size;
    for (const one of open) if (isSettled(one.work, one)) open.delete(one);
  }
  return isSettled;
}

function there<T>(one: T | undefined): readonly T[] {
  return one === undefined ? [] : [one];
}

function noteOf(use: KeptUse | undefined, heard: Heard): KeptNote | undefined {
  if (use === undefined) return undefined;
  const values = heard.values.map((all) => [...all.values()]);
  return [use, values, [...heard.cut], [...heard.functions], heard.isFull ? 1 : 0];
}

/** The places of the uses of functions that were run. */
function usesOf(work: Work, placeOf: (fn: LinkedFunction) => number): (use: UseFacts) => KeptUse | undefined {
  const known = new Map<UseFacts, readonly [LinkedFunction, number]>();
  const note = (fn: LinkedFunction) => fn.facts.uses.forEach((use, index) => known.set(use, [fn, index]));
  for (const fn of work.functions) note(fn);
  for (const prelude of preludesOf(work)) for (const fn of prelude.work.functions) note(fn);
  return (use) => {
    const found = known.get(use);
    return found && [placeOf(found[0]), found[1]];
  };
}

/** Numbers things in the order in which they are first asked about. */
function places<T>(keyOf: (one: T) => unknown = (one) => one): {
  readonly all: readonly T[];
  readonly at: (one: T) => number;
} {
  const all: T[] = [];
  const known = new Map<unknown, number>();
  return {
    all,
    at: (one) => {
      const key = keyOf(one);
      let place = known.get(key);
      if (place === undefined) {
        place = all.push(one) - 1;
        known.set(key, place);
      }
      return place;
    },
  };
}

/** The evaluations that hold still, by their functions. */
export function heldEvaluations(
  kept: KeptEvaluations,
  dependencies: Dependencies,
): ReadonlyMap<LinkedFunction, Evaluation> {
  const functions = kept.functions.map(([name, digest]) => {
    const fn = dependencies.named(name);
    return fn !== undefined && dependencies.ofFunction(fn) === digest ? fn : undefined;
  });
  const variables = kept.variables.map(([key, digest]) =>
    dependencies.ofVariable(key) === digest ? key : undefined,
  );
  const preludes = kept.preludes.map(
    ([name, steps]): Prelude => ({ ...nothingTold(), name, steps, isCut: false }),
  );
  const holds = holdingWorks(kept, { functions, variables });
  const fill = (work: Work, [ofFunctions, ofVariables, ofPreludes]: KeptWork): Work => {
    for (const place of ofFunctions) add(work.functions, functions[place]);
    for (const place of ofVariables) add(work.variables, variables[place]);
    for (const place of ofPreludes) add(work.preludes, preludes[place]);
    return work;
  };
  kept.preludes.forEach(([, , work], place) => {
    const prelude = preludes[place];
    if (prelude !== undefined) fill(prelude.work, work);
  });
  const useAt = ([fn, use]: KeptUse) => functions[fn]?.facts.uses[use];
  const found = new Map<LinkedFunction, Evaluation>();
  for (const [place, steps, work, notes, handedOn] of kept.evaluations) {
    const fn = functions[place];
    if (fn === undefined || !holds(work)) continue;
    found.set(fn, {
      steps,
      work: fill(emptyWork(), work),
      notes: notesOf(notes, useAt),
      handedOn: new Set(handedOn.flatMap((one) => there(one.length === 1 ? functions[one[0]] : useAt(one)))),
    });
  }
  return found;
}

function add<T>(set: Set<T>, one: T | undefined): void {
  if (one !== undefined) set.add(one);
}

function notesOf(kept: readonly KeptNote[], useAt: (use: KeptUse) => UseFacts | undefined): Notes {
  const notes: Notes = new Map();
  for (const [place, values, cut, functions, isFull] of kept) {
    const use = useAt(place);
    if (use === undefined) continue;
    notes.set(use, {
      values: values.map((all) => new Map(all.map((folded) => [folded.value, folded]))),
      cut: new Set(cut),
      functions: new Set(functions),
      isFull: isFull === 1,
    });
  }
  return notes;
}

/** Places of preludes that are run inside each other so deeply that it may matter which of them was run before. Linear. */
function tooDeep(preludes: KeptEvaluations["preludes"]): readonly number[] {
  let deep = preludes.map((_, place) => place);
  for (let depth = 0; depth < nestingLimit && deep.length > 0; depth++) {
    const inner = new Set(deep);
    deep = deep.filter((place) => preludes[place]?.[2][2].some((one) => one !== place && inner.has(one)));
  }
  return deep;
}

interface HeldParts {
  readonly functions: readonly (LinkedFunction | undefined)[];
  readonly variables: readonly (string | undefined)[];
}

/** Whether all that something depends on is as it was: that of preludes is looked at first. */
function holdingWorks(
  { preludes }: KeptEvaluations,
  { functions, variables }: HeldParts,
): (work: KeptWork) => boolean {
  const changed = new Set(tooDeep(preludes));
  const holds = ([ofFunctions, ofVariables, ofPreludes]: KeptWork): boolean =>
    ofFunctions.every((place) => functions[place] !== undefined) &&
    ofVariables.every((place) => variables[place] !== undefined) &&
    !ofPreludes.some((place) => changed.has(place));
  // Again as long as there are more: they may depend on each other in rings.
  for (let before = -1; before < changed.size; ) {
    before = changed.size;
    preludes.forEach(([, , work], place) => {
      if (!changed.has(place) && !holds(work)) changed.add(place);
    });
  }
  return holds;
}

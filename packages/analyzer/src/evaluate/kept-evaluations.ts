/** Evaluations as plain data, with what they depend on: read again where that is as it was. */
import { append } from "../link/declarations.ts";
import type { LinkedFunction } from "../link/edge.ts";
import type { UseFacts } from "../model/facts.ts";
import type { Folded } from "../model/flow.ts";
import { numbering } from "../model/numbering.ts";
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
  const functions = numbering<LinkedFunction>();
  const variables = numbering<string>();
  // What is known from before and what was run now are the same.
  const preludes = numbering<Prelude>(({ name }) => name);
  const workOf = (work: Work): KeptWork => [
    [...work.functions].map(functions.of),
    [...work.variables].map(variables.of),
    [...work.preludes].map(preludes.of),
  ];
  const useAt = usesOf(
    evaluations.map(([, { work }]) => work),
    functions.of,
  );
  const kept = evaluations.flatMap(([fn, evaluation]): KeptEvaluation[] => {
    if (!isSettled(evaluation.work)) return [];
    const notes = [...evaluation.notes].map(([use, heard]) => noteOf(useAt(use), heard));
    const handedOn = [...evaluation.handedOn].map((one) =>
      "target" in one ? useAt(one) : ([functions.of(one)] as const),
    );
    const isWhole = (all: readonly unknown[]) => !all.includes(undefined);
    if (!isWhole(notes) || !isWhole(handedOn)) return [];
    return [
      [
        functions.of(fn),
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
  const known = new Set<string>();
  const all = works.flatMap((work) => preludesOf(work, known));
  const open = new Set(all.map(({ name }) => name));
  const isSettled = ({ preludes }: Work, itself?: string) =>
    [...preludes].every(({ name }) => name === itself || !open.has(name));
  const settled = withoutRings(
    all.map(({ name, work }) => ({ name, needs: [...work.preludes].map((one) => one.name) })),
  );
  for (const name of settled) open.delete(name);
  return isSettled;
}

/** The names of what needs nothing but itself, and of what needs nothing else but these. Linear. */
function withoutRings(
  parts: readonly { readonly name: string; readonly needs: readonly string[] }[],
): ReadonlySet<string> {
  const neededBy = new Map<string, string[]>();
  const missing = new Map<string, number>();
  for (const { name, needs } of parts) {
    const others = needs.filter((one) => one !== name);
    missing.set(name, others.length);
    for (const one of others) append(neededBy, one, name);
  }
  const found = new Set(parts.flatMap(({ name }) => (missing.get(name) === 0 ? [name] : [])));
  // The set grows while it is walked.
  for (const one of found) {
    for (const name of neededBy.get(one) ?? []) {
      const left = (missing.get(name) ?? 0) - 1;
      missing.set(name, left);
      if (left === 0) found.add(name);
    }
  }
  return found;
}

function there<T>(one: T | undefined): readonly T[] {
  return one === undefined ? [] : [one];
}

function noteOf(use: KeptUse | undefined, heard: Heard): KeptNote | undefined {
  if (use === undefined) return undefined;
  const values = heard.values.map((all) => [...all.values()]);
  return [use, values, [...heard.cut], [...heard.functions], heard.isFull ? 1 : 0];
}

/** The places of the uses of functions that were run in works, or before them. */
function usesOf(
  works: readonly Work[],
  placeOf: (fn: LinkedFunction) => number,
): (use: UseFacts) => KeptUse | undefined {
  const preludes = new Set<string>();
  const run = new Set(
    works.flatMap((work) => [
      ...work.functions,
      ...preludesOf(work, preludes).flatMap((prelude) => [...prelude.work.functions]),
    ]),
  );
  const known = new Map<UseFacts, readonly [LinkedFunction, number]>();
  for (const fn of run) fn.facts.uses.forEach((use, index) => known.set(use, [fn, index]));
  return (use) => {
    const found = known.get(use);
    return found && [placeOf(found[0]), found[1]];
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

/**
 * A body statement by statement. What a statement means may differ between builds in ways
 * that have nothing to do with how the next one differs: the parts of many such statements
 * would multiply. So each is looked at in parts of its own, and builds that have declared
 * the same go on together.
 */
import type { BuildSet } from "../constraints/index.ts";
import type { Node } from "../syntax/index.ts";
import type { Observer, Place } from "./checker.ts";
import type { Meaning, Names } from "./object.ts";
import { inParts, type Part } from "./varying.ts";

export interface Steps<T> {
  /** Where the statements stand, without a scope of their own. */
  readonly place: Place;
  readonly builds: BuildSet;
  readonly statements: readonly Node[];
  /** How many parts there may be of one statement. */
  readonly limit: number;
  readonly observer: () => T;
}

/** Builds that have declared the same so far. */
interface State {
  readonly builds: BuildSet;
  readonly names: Map<string, Meaning>;
}

interface Step<T> {
  readonly listening: T;
  readonly declared: ReadonlyMap<string, Meaning>;
}

/** A part for each statement and each of its answers: parts of several statements overlap. */
export function inSteps<T extends Observer>(steps: Steps<T>): Part<T>[] {
  const { place, builds, statements, limit } = steps;
  const heard: Part<T>[] = [];
  let states: readonly State[] = [{ builds, names: new Map() }];
  for (const statement of statements) {
    const share = Math.floor(limit / states.length);
    states = states.flatMap((state) => {
      const take = () => takeStep(steps, statement, state.names);
      const parts = inParts(place.checker.session, state.builds, take, share);
      for (const { builds: set, value } of parts) heard.push({ builds: set, value: value.listening });
      return goingOn(steps, state, parts);
    });
  }
  return heard;
}

function takeStep<T extends Observer>(
  { place, observer }: Steps<T>,
  statement: Node,
  before: ReadonlyMap<string, Meaning>,
): Step<T> {
  const listening = observer();
  const declared = new Map<string, Meaning>();
  const names: Names = {
    get: (name) => declared.get(name) ?? before.get(name),
    has: (name) => declared.has(name) || before.has(name),
    set: (name, meaning) => declared.set(name, meaning),
  };
  const scope = { outer: place.scope, names };
  if (statement >= 0) place.checker.statement({ ...place, observer: listening, scope }, statement);
  listening.finished?.(statement);
  return { listening, declared };
}

/** The builds of a state after a step, together where the step declared the same. */
function goingOn<T>(
  { place }: Steps<T>,
  { names }: State,
  parts: readonly Part<Pick<Step<T>, "declared">>[],
): State[] {
  const { builds: sets } = place.checker.session;
  const groups: { builds: BuildSet; readonly declared: ReadonlyMap<string, Meaning> }[] = [];
  for (const { builds, value } of parts) {
    const like = groups.find(({ declared }) => declaresSame(declared, value.declared));
    if (like === undefined) groups.push({ builds, declared: value.declared });
    else like.builds = sets.or(like.builds, builds);
  }
  return groups.map(({ builds, declared }, index) => {
    // The last one may have the map of the state that ends here.
    const own = index === groups.length - 1 ? names : new Map(names);
    for (const [name, meaning] of declared) own.set(name, meaning);
    return { builds, names: own };
  });
}

function declaresSame(a: ReadonlyMap<string, Meaning>, b: ReadonlyMap<string, Meaning>): boolean {
  return a.size === b.size && [...a].every(([name, meaning]) => sameMeaning(meaning, b.get(name)));
}

/** Whether two meanings of a local name are told apart by nothing; types that are declared twice are two. */
function sameMeaning(a: Meaning, b: Meaning | undefined): boolean {
  if (a.kind === "local variable" && b?.kind === "local variable") return a.type === b.type;
  if (a.kind === "local constant" && b?.kind === "local constant")
    return a.type === b.type && a.value === b.value && typeof a.value !== "object";
  return false;
}

/**
 * The best ways along which calls and returns match: what enters a function by one call leaves by that call.
 * Tabulation (Reps, Horwitz, Sagiv 1995) of all sources at once, taken in the order of doubt, then of steps, so that what is
 * found first is best. A fact is a state of a place in a context: where data entered a function that was called, and
 * which callers do not matter there; or where it entered what functions share, from which it leaves by all calls; or
 * a source. What is in a context is found once, whoever gets there; `arrivals.ts` puts ways of one source together.
 */
import type { BuildSet, BuildSets } from "../constraints/index.ts";
import { append } from "../link/declarations.ts";
import type { UseFacts } from "../model/facts.ts";
import type { Leading, Start } from "./explore.ts";
import { compareRanks, createFactQueue, type FactQueue, type Rank } from "./fact-queue.ts";
import type { TraceGraph } from "./flow-graph.ts";
import { doubtLimit, type How, type Link } from "./links.ts";
import { firstBackward, Mark, markOf, placeOf, type State } from "./places.ts";
import { createVariants, type Variants } from "./variants.ts";

/** That data may get to a state, and how. What is counted begins where the context does. */
export interface Fact {
  readonly state: State;
  readonly context: Context;
  readonly doubt: number;
  /** Passages between functions and through shared places. */
  readonly length: number;
  readonly builds: BuildSet;
  readonly before: Before | undefined;
  readonly write: Write;
}

/** Of what was written into something, where it was: `brought` along to where the context begins, or by a link. */
export type Write = Link | "brought" | undefined;

/** From where a fact comes. */
export interface Before {
  readonly fact: Fact;
  /** Undefined where one state says the other. */
  readonly link: Link | undefined;
  readonly how: How;
  /** It left a function, by the way it came in: the fact before the call, and the call. */
  readonly entered?: Caller;
}

export interface Context {
  /** Undefined of a source, which may begin in several. */
  readonly state: State | undefined;
  /**
   * How it is left: by the calls by which it was entered, or by all. `out` begins at a result, with all calls of the function; so
   * their number matters once, and not for each context from which they are got to.
   */
  readonly leaves: "by its calls" | "by all" | "out";
  /** The function that was entered by calls. */
  readonly callee: number | undefined;
  /** The doubt and then the length of the least doubtful way to it; final once it has begun. */
  least: Rank;
  begun: boolean;
  readonly known: Variants<State, Write>;
  /** By which calls it was entered. */
  readonly callers: Map<UseFacts | undefined, Caller[]>;
  /** What was found to leave it, by the call that it would leave by. */
  readonly leaving: Map<UseFacts | undefined, Passing[]>;
  /** Facts at sinks, the best first. */
  readonly ends: Fact[];
  /** From it into others. */
  readonly ways: Way[];
}

interface Caller {
  readonly fact: Fact;
  readonly link: Link;
}

/** From a fact over a link. */
interface Passing extends Caller {
  readonly to: State;
  readonly how: How;
}

/** From a context into another. */
export interface Way extends Pick<Before, "fact" | "link" | "how"> {
  readonly into: Context;
}

/** What a source starts with. */
export interface SourceStart extends Start {
  readonly builds: BuildSet;
}

export interface MatchedOptions {
  readonly graph: TraceGraph;
  /** What is outside of these, or would be too doubtful at the end, leads nowhere. */
  readonly relevant: Leading;
  readonly isSink: (state: State) => boolean;
  /** Facts that may be taken. */
  readonly limit: number;
}

export interface Matched {
  /** The context of each source, in their order. */
  readonly roots: readonly Context[];
  /** Whether no fact was left out for the limit; the most doubtful are. */
  readonly complete: boolean;
}

/** Doubtful ways of so many passages are followed no further, nor those of too much doubt: nobody would believe them. */
const lengthLimit = 64;

export function isTooDoubtful({ doubt, length }: Rank): boolean {
  return doubt > doubtLimit || (doubt > 0 && length > lengthLimit);
}

/** All facts from which a sink is reached; of one state several only if they hold in further builds. */
export function matchedPaths(sources: readonly (readonly SourceStart[])[], options: MatchedOptions): Matched {
  const search: Search = {
    ...options,
    builds: options.graph.program.builds,
    queue: createFactQueue(),
    entered: new Map(),
    shared: new Map(),
    left: new Map(),
  };
  const roots = sources.map((starts) => {
    const root = createContext(search.builds, "by all", undefined);
    for (const start of starts)
      offer(search, { ...start, context: root, length: 0, before: undefined, write: undefined });
    return root;
  });
  let left = options.limit;
  for (let fact = search.queue.take(); fact !== undefined; fact = search.queue.take()) {
    fact.context.begun = true;
    const builds = fact.context.known.add(fact.state, fact);
    if (builds === undefined) continue;
    if (left-- <= 0) return { roots, complete: false };
    const followed = builds === fact.builds ? fact : { ...fact, builds };
    if (options.isSink(fact.state)) fact.context.ends.push(followed);
    expand(search, followed);
  }
  return { roots, complete: true };
}

interface Search extends MatchedOptions {
  readonly builds: BuildSets;
  readonly queue: FactQueue<Fact>;
  /** Contexts by the state that they begin with: of functions that were called, of what is shared, and of results. */
  readonly entered: Map<State, Context>;
  readonly shared: Map<State, Context>;
  readonly left: Map<State, Context>;
}

const never: Rank = { doubt: doubtLimit + 1, length: 0 };

function createContext(
  builds: BuildSets,
  leaves: Context["leaves"],
  state: State | undefined,
  called?: Link,
): Context {
  return {
    state,
    leaves,
    callee: called?.site?.callee,
    least: state === undefined ? { doubt: 0, length: 0 } : never,
    begun: false,
    known: createVariants(builds),
    callers: new Map(),
    leaving: new Map(),
    ends: [],
    ways: [],
  };
}

function offer(search: Search, fact: Fact): void {
  const { queue, builds, relevant } = search;
  const { least } = fact.context;
  const rank = { doubt: least.doubt + fact.doubt, length: least.length + fact.length };
  // Another way to the context may be shorter, and more doubtful.
  if (isTooDoubtful({ ...rank, length: fact.length })) return;
  if (rank.doubt + relevant.doubtFrom(fact.state) > doubtLimit) return;
  // What was taken before is better.
  if (!builds.isEmpty(fact.builds) && !fact.context.known.has(fact.state, fact)) queue.add(fact, rank);
}

function expand(search: Search, fact: Fact): void {
  const { places, links } = search.graph;
  const { leaves } = fact.context;
  const isOut = leaves === "out" && fact.before === undefined;
  links.visit(fact.state, (to, link, how) => {
    if (!search.relevant.has(to) || (isOut && how !== "leave")) return;
    if (link === undefined) offer(search, next(search, { fact, to, link, how }));
    else if (how === "enter") enter(search, { fact, to, link, how });
    else if (how === "leave") leave(search, { fact, to, link, how });
    else if (places.nameOf(placeOf(to)) !== undefined || (how === "load" && leaves === "by its calls"))
      share(search, { fact, to, link, how });
    else offer(search, next(search, { fact, to, link, how }));
  });
}

interface Taken {
  readonly fact: Fact;
  readonly to: State;
  readonly link: Link | undefined;
  readonly how: How;
}

function next({ builds }: Search, { fact, to, link, how }: Taken): Fact {
  return {
    state: to,
    context: fact.context,
    doubt: fact.doubt + (link?.doubt ?? 0),
    length: fact.length + (how === "plain" ? 0 : 1),
    builds: link === undefined ? fact.builds : builds.and(fact.builds, link.builds),
    before: { fact, link, how },
    write: writeAt(to, how === "write" ? link : fact.write),
  };
}

/** It matters as long as it is known only that something was written. */
export function writeAt<W>(state: State, write: W): W | undefined {
  const mark = markOf(state);
  return mark === Mark.written || mark === Mark.partWritten ? write : undefined;
}

function enter(search: Search, passing: Passing): void {
  const { to, link, fact } = passing;
  const context = contextAt(search.entered, to, () => createContext(search.builds, "by its calls", to, link));
  if (!begin(search, { ...passing, into: context })) return;
  append(context.callers, link.site?.use, { fact, link });
  for (const one of context.leaving.get(link.site?.use) ?? [])
    if (isOneCall(one.link, link)) comeBack(search, one, { fact, link });
}

function contextAt(contexts: Map<State, Context>, state: State, make: () => Context): Context {
  let context = contexts.get(state);
  if (context === undefined) contexts.set(state, (context = make()));
  return context;
}

/** It is forgotten by which call something came. */
function share(search: Search, passing: Passing): void {
  const { to, fact } = passing;
  if (fact.context.state === to && fact.context.leaves === "by all") return;
  const context = contextAt(search.shared, to, () => createContext(search.builds, "by all", to));
  begin(search, { ...passing, into: context });
}

/** Whether something may get there that way. */
function begin(search: Search, way: Way): boolean {
  const { builds } = search;
  const { fact, link, how, into } = way;
  const { least } = fact.context;
  const state = into.state ?? none;
  const length = fact.length + (link === undefined ? 0 : 1);
  const rank = { doubt: least.doubt + fact.doubt + (link?.doubt ?? 0), length: least.length + length };
  if (isTooDoubtful({ ...rank, length })) return false;
  if (rank.doubt + search.relevant.doubtFrom(state) > doubtLimit) return false;
  if (link !== undefined && builds.isEmpty(builds.and(fact.builds, link.builds))) return false;
  fact.context.ways.push({ fact, link, how, into });
  if (!into.begun && compareRanks(rank, into.least) < 0) {
    into.least = rank;
    const write = writeAt(state, "brought" as const);
    offer(search, {
      state,
      context: into,
      doubt: 0,
      length: 0,
      builds: builds.all,
      before: undefined,
      write,
    });
  }
  return true;
}

const none = -1;

/** They are of one call of one function. */
function isOneCall(a: Link, b: Link): boolean {
  return a.site?.use === b.site?.use && a.site?.fn === b.site?.fn && a.site?.callee === b.site?.callee;
}

function leave(search: Search, passing: Passing): void {
  const { fact, link } = passing;
  const { context } = fact;
  if (context.leaves === "out" && fact.before === undefined) {
    offer(search, next(search, passing));
    return;
  }
  if (context.leaves !== "by its calls" || context.callee !== link.site?.callee) {
    leaveByAll(search, passing);
    return;
  }
  // It was not written where it came in.
  if (markOf(passing.to) >= firstBackward && placeOf(context.state ?? none) === placeOf(fact.state)) return;
  append(context.leaving, link.site?.use, passing);
  for (const caller of context.callers.get(link.site?.use) ?? [])
    if (isOneCall(link, caller.link)) comeBack(search, passing, caller);
}

/**
 * It goes to all callers, once, however many these are. What a call brought into a function and leaves a closure in it may be for
 * somebody else, for whom another call made the closure: if nothing else is, that is doubtful.
 */
function leaveByAll(search: Search, { fact, link }: Passing): void {
  const { state, context } = fact;
  const into = contextAt(search.left, state, () => createContext(search.builds, "out", state));
  const last = context.ways.at(-1);
  if (last?.into === into && last.fact.before === fact.before && last.fact.builds === fact.builds) return;
  const isForgotten = context.leaves === "by its calls" && link.doubt === 0;
  const taken = isForgotten ? { ...fact, doubt: fact.doubt + 1 } : fact;
  begin(search, { fact: taken, link: undefined, how: "plain", into });
}

/** Costs what the way to the call costs, and that through the function; which function the call runs counts once. */
function comeBack(search: Search, { fact, to, link, how }: Passing, caller: Caller): void {
  const { builds } = search;
  offer(search, {
    state: to,
    context: caller.fact.context,
    doubt: caller.fact.doubt + caller.link.doubt + fact.doubt,
    length: caller.fact.length + 1 + fact.length + 1,
    builds: builds.and(
      builds.and(caller.fact.builds, caller.link.builds),
      builds.and(fact.builds, link.builds),
    ),
    before: { fact, link, how, entered: caller },
    write: writeAt(to, fact.write === "brought" ? caller.fact.write : fact.write),
  });
}

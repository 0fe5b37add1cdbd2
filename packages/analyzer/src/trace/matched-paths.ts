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
import type { Leading } from "./explore.ts";
import { createFactQueue, type FactQueue, type Rank } from "./fact-queue.ts";
import type { TraceGraph } from "./flow-graph.ts";
import { doubtLimit, type How, type Link } from "./links.ts";
import { Mark, markOf, placeOf, type State } from "./places.ts";
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
  /** It is left by the calls by which it was entered, of this function. */
  readonly returns: boolean;
  readonly callee: number | undefined;
  /** With how little doubt something gets there, and how soon; final once it has begun. */
  least: Rank;
  begun: boolean;
  readonly known: Variants<State, Write>;
  /** By which calls it was entered. */
  readonly callers: Map<UseFacts | undefined, Caller[]>;
  /** What was found to leave it, by the call that it would leave by. */
  readonly leaving: Map<UseFacts | undefined, Leaving[]>;
  /** Facts at sinks, the best first. */
  readonly ends: Fact[];
  /** From it into others. */
  readonly ways: Way[];
}

interface Caller {
  readonly fact: Fact;
  readonly link: Link;
}

interface Leaving extends Caller {
  readonly to: State;
  readonly how: How;
}

/** From a context into one that does not lead back. */
export interface Way extends Caller {
  readonly how: How;
  readonly into: Context;
}

/** What a source starts with. */
export interface Start {
  readonly state: State;
  readonly doubt: number;
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
export function matchedPaths(sources: readonly (readonly Start[])[], options: MatchedOptions): Matched {
  const search: Search = {
    ...options,
    builds: options.graph.program.builds,
    queue: createFactQueue(),
    entered: new Map(),
    shared: new Map(),
  };
  const roots = sources.map((starts) => {
    const root = createContext(search.builds, undefined, undefined);
    for (const start of starts)
      offer(search, { ...start, context: root, length: 0, before: undefined, write: undefined });
    return root;
  });
  let left = options.limit;
  for (let fact = search.queue.take(); fact !== undefined; fact = search.queue.take()) {
    fact.context.begun = true;
    if (!fact.context.known.add(fact.state, fact)) continue;
    if (left-- <= 0) return { roots, complete: false };
    if (options.isSink(fact.state)) fact.context.ends.push(fact);
    expand(search, fact);
  }
  return { roots, complete: true };
}

interface Search extends MatchedOptions {
  readonly builds: BuildSets;
  readonly queue: FactQueue<Fact>;
  /** Contexts of functions that were called, and others, by the state that they begin with. */
  readonly entered: Map<State, Context>;
  readonly shared: Map<State, Context>;
}

const never: Rank = { doubt: doubtLimit + 1, length: 0 };

function createContext(builds: BuildSets, state: State | undefined, called: Link | undefined): Context {
  return {
    state,
    returns: called !== undefined,
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
  if (isTooDoubtful(rank) || rank.doubt + relevant.doubtFrom(fact.state) > doubtLimit) return;
  // What was taken before is better.
  if (!builds.isEmpty(fact.builds) && !fact.context.known.has(fact.state, fact)) queue.add(fact, rank);
}

function expand(search: Search, fact: Fact): void {
  const { places, links } = search.graph;
  links.visit(fact.state, (to, link, how) => {
    if (!search.relevant.has(to)) return;
    if (link === undefined) offer(search, next(search, { fact, to, link, how }));
    else if (how === "enter") enter(search, { fact, to, link, how });
    else if (how === "leave") leave(search, { fact, to, link, how });
    else if (places.nameOf(placeOf(to)) !== undefined || (how === "load" && fact.context.returns))
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

function enter(search: Search, entering: Leaving): void {
  const { to, link, fact } = entering;
  let context = search.entered.get(to);
  if (context === undefined) search.entered.set(to, (context = createContext(search.builds, to, link)));
  if (!begin(search, context, entering)) return;
  append(context.callers, link.site?.use, { fact, link });
  for (const one of context.leaving.get(link.site?.use) ?? [])
    if (isOneCall(one.link, link)) comeBack(search, one, { fact, link });
}

/** It is forgotten by which call something came. */
function share(search: Search, sharing: Leaving): void {
  const { to, fact } = sharing;
  if (fact.context.state === to && !fact.context.returns) return;
  let context = search.shared.get(to);
  if (context === undefined) search.shared.set(to, (context = createContext(search.builds, to, undefined)));
  begin(search, context, sharing);
}

/** Whether something may get there that way. */
function begin(search: Search, context: Context, { fact, to, link, how }: Leaving): boolean {
  const { builds } = search;
  const { least } = fact.context;
  const rank = {
    doubt: least.doubt + fact.doubt + link.doubt,
    length: least.length + fact.length + 1,
  };
  if (isTooDoubtful(rank) || rank.doubt + search.relevant.doubtFrom(to) > doubtLimit) return false;
  if (builds.isEmpty(builds.and(fact.builds, link.builds))) return false;
  fact.context.ways.push({ fact, link, how, into: context });
  if (!context.begun && isBefore(rank, context.least)) {
    context.least = rank;
    const write = writeAt(to, "brought" as const);
    offer(search, {
      state: to,
      context,
      doubt: 0,
      length: 0,
      builds: builds.all,
      before: undefined,
      write,
    });
  }
  return true;
}

function isBefore(a: Rank, b: Rank): boolean {
  return (a.doubt - b.doubt || a.length - b.length) < 0;
}

/** They are of one call of one function. */
function isOneCall(a: Link, b: Link): boolean {
  return a.site?.use === b.site?.use && a.site?.fn === b.site?.fn && a.site?.callee === b.site?.callee;
}

function leave(search: Search, leaving: Leaving): void {
  const { fact, link } = leaving;
  const { context } = fact;
  if (!context.returns || context.callee !== link.site?.callee) {
    share(search, leaving);
    return;
  }
  // What it came as does not leave.
  if (placeOf(context.state ?? -1) === placeOf(fact.state)) return;
  append(context.leaving, link.site?.use, leaving);
  for (const caller of context.callers.get(link.site?.use) ?? [])
    if (isOneCall(link, caller.link)) comeBack(search, leaving, caller);
}

/** Costs what the way to the call costs, and that through the function; which function the call runs counts once. */
function comeBack(search: Search, { fact, to, link, how }: Leaving, caller: Caller): void {
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

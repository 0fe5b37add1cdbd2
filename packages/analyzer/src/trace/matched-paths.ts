/**
 * The best ways from one source along which calls and returns match: what enters a function by one call leaves
 * by that call. Tabulation (Reps, Horwitz, Sagiv 1995), taken in the order of doubt, then of steps, so that what is
 * found first is best. A fact is a state of a place and where it entered the function, or nowhere: then it leaves by
 * all calls. What goes through a place that functions share entered nowhere.
 */
import type { BuildSet, BuildSets } from "../constraints/index.ts";
import { append } from "../link/declarations.ts";
import type { UseFacts } from "../model/facts.ts";
import { createPathQueue } from "../reach/queue.ts";
import type { TraceGraph } from "./flow-graph.ts";
import { doubtLimit, type How, type Link } from "./links.ts";
import { Mark, markOf, placeOf, type State } from "./places.ts";
import type { States } from "./state-set.ts";

/** That data may get to a state, and how. */
export interface Fact {
  readonly state: State;
  /** Where it entered the function; undefined of what did not. */
  readonly entry: Entry | undefined;
  /** The fact as which it entered; undefined of such a fact itself. */
  readonly inside: Fact | undefined;
  readonly doubt: number;
  /** Passages between functions and through shared places. */
  readonly length: number;
  readonly builds: BuildSet;
  readonly before: Before | undefined;
  /** Of what was written into something, where it was. */
  readonly write: Link | undefined;
}

/** From where a fact comes. */
export interface Before {
  readonly fact: Fact;
  /** Undefined where one state says the other. */
  readonly link: Link | undefined;
  readonly how: How;
  /** It left a function, by the way it came in: the fact before the call, and the call. */
  readonly entered?: { readonly fact: Fact; readonly link: Link };
}

/** A function that was entered at a state. */
export interface Entry {
  readonly state: State;
  readonly callee: number | undefined;
  /** By which calls it was. */
  readonly callers: Map<UseFacts | undefined, Caller[]>;
  /** What was found to leave it, by the call that it would leave by. */
  readonly leaving: Map<UseFacts | undefined, Leaving[]>;
}

interface Caller {
  readonly fact: Fact;
  readonly link: Link;
}

interface Leaving extends Caller {
  readonly to: State;
  readonly how: How;
}

export interface MatchedOptions {
  readonly graph: TraceGraph;
  /** What is outside of these leads nowhere. */
  readonly relevant: Pick<States, "has">;
  readonly isSink: (state: State) => boolean;
  /** Facts that may still be taken; shared by all searches. */
  readonly budget: { left: number };
}

/** Doubtful ways of so many passages are followed no further, nor those of too much doubt: nobody would believe them. */
const lengthLimit = 64;

/** Facts for one state in further builds; and with what else was written there. */
const variantLimit = 4;
const writeLimit = 8;

/** The facts at sinks, the best first; of one sink several only if they hold in further builds. */
export function matchedPaths(starts: readonly Fact[], options: MatchedOptions): Fact[] {
  const { builds } = options.graph.program;
  const search: Search = {
    ...options,
    builds,
    queue: createPathQueue<Fact>(),
    known: new Map(),
    entries: new Map(),
  };
  for (const start of starts) offer(search, start);
  const found: Fact[] = [];
  for (let fact = search.queue.take(); fact !== undefined; fact = search.queue.take()) {
    if (!isNew(search, fact)) continue;
    if (options.budget.left-- <= 0) break;
    if (options.isSink(fact.state)) found.push(fact);
    expand(search, fact);
  }
  return found;
}

interface Search extends MatchedOptions {
  readonly builds: BuildSets;
  readonly queue: ReturnType<typeof createPathQueue<Fact>>;
  /** By entry, then state. */
  readonly known: Map<Entry | undefined, Map<State, Known>>;
  readonly entries: Map<State, Entry>;
}

interface Known {
  builds: BuildSet;
  variants: number;
  readonly writes: Set<Link | undefined>;
}

function isNew({ known, builds }: Search, { entry, state, builds: set, write }: Fact): boolean {
  let ofEntry = known.get(entry);
  if (ofEntry === undefined) known.set(entry, (ofEntry = new Map()));
  const before = ofEntry.get(state);
  if (before === undefined) {
    ofEntry.set(state, { builds: set, variants: 1, writes: new Set([write]) });
    return true;
  }
  if (!before.writes.has(write) && before.writes.size < writeLimit) {
    before.writes.add(write);
    return true;
  }
  if (before.builds === set || before.variants >= variantLimit || builds.subsetOf(set, before.builds))
    return false;
  before.builds = builds.or(before.builds, set);
  before.variants++;
  return true;
}

function offer(search: Search, fact: Fact): void {
  const { queue, builds, relevant } = search;
  if (fact.doubt > doubtLimit || (fact.doubt > 0 && fact.length > lengthLimit)) return;
  if (relevant.has(fact.state) && !builds.isEmpty(fact.builds) && !isKnown(search, fact)) queue.add(fact);
}

/** Whether a fact that was taken before says as much: it is better. */
function isKnown({ known, builds }: Search, { entry, state, builds: set, write }: Fact): boolean {
  const before = known.get(entry)?.get(state);
  if (before === undefined) return false;
  if (!before.writes.has(write) && before.writes.size < writeLimit) return false;
  return before.builds === set || before.variants >= variantLimit || builds.subsetOf(set, before.builds);
}

function expand(search: Search, fact: Fact): void {
  search.graph.links.visit(fact.state, (to, link, how) => {
    if (!search.relevant.has(to)) return;
    if (link === undefined) offer(search, next(search, { fact, to, link, how, entry: fact.entry }));
    else if (how === "enter") enter(search, { fact, to, link });
    else if (how === "leave") leave(search, { fact, to, link, how });
    else {
      const shared = search.graph.places.nameOf(placeOf(to)) !== undefined;
      const entry = shared || how === "load" ? undefined : fact.entry;
      offer(search, next(search, { fact, to, link, how, entry }));
    }
  });
}

interface Taken {
  readonly fact: Fact;
  readonly to: State;
  readonly link: Link | undefined;
  readonly how: How;
  readonly entry: Entry | undefined;
}

function next({ builds }: Search, { fact, to, link, how, entry }: Taken): Fact {
  return {
    state: to,
    entry,
    inside: entry === undefined || how === "enter" ? undefined : (fact.inside ?? fact),
    doubt: fact.doubt + (link?.doubt ?? 0),
    length: fact.length + (how === "plain" ? 0 : 1),
    builds: link === undefined ? fact.builds : builds.and(fact.builds, link.builds),
    before: { fact, link, how },
    write: writeOf(to, how === "write" ? link : fact.write),
  };
}

/** It matters as long as it is known only that something was written. */
function writeOf(state: State, write: Link | undefined): Link | undefined {
  const mark = markOf(state);
  return mark === Mark.written || mark === Mark.partWritten ? write : undefined;
}

interface Entering extends Caller {
  readonly to: State;
}

function enter(search: Search, { fact, to, link }: Entering): void {
  let entry = search.entries.get(to);
  if (entry === undefined) {
    entry = { state: to, callee: link.site?.callee, callers: new Map(), leaving: new Map() };
    search.entries.set(to, entry);
  }
  const inside = next(search, { fact, to, link, how: "enter", entry });
  if (search.builds.isEmpty(inside.builds)) return;
  append(entry.callers, link.site?.use, { fact, link });
  offer(search, inside);
  for (const one of entry.leaving.get(link.site?.use) ?? [])
    if (isOneCall(one.link, link)) comeBack(search, { ...one, caller: { fact, link } });
}

/** They are of one call of one function. */
function isOneCall(a: Link, b: Link): boolean {
  return a.site?.use === b.site?.use && a.site?.fn === b.site?.fn && a.site?.callee === b.site?.callee;
}

function leave(search: Search, leaving: Leaving): void {
  const { fact, link } = leaving;
  const { entry } = fact;
  if (entry === undefined || entry.callee !== link.site?.callee) {
    offer(search, next(search, { ...leaving, entry: undefined }));
    return;
  }
  // What it came as does not leave.
  if (placeOf(entry.state) === placeOf(fact.state)) return;
  append(entry.leaving, link.site?.use, leaving);
  for (const caller of entry.callers.get(link.site?.use) ?? [])
    if (isOneCall(link, caller.link)) comeBack(search, { ...leaving, caller });
}

interface Returning extends Leaving {
  readonly caller: Caller;
}

/** Costs what the way to the call costs, and that through the function; which function the call runs counts once. */
function comeBack(search: Search, { fact, to, link, how, caller }: Returning): void {
  const { builds } = search;
  const { entry } = caller.fact;
  const start = fact.inside ?? fact;
  offer(search, {
    state: to,
    entry,
    inside: entry === undefined ? undefined : (caller.fact.inside ?? caller.fact),
    doubt: caller.fact.doubt + caller.link.doubt + fact.doubt - start.doubt,
    length: caller.fact.length + 1 + fact.length - start.length + 1,
    builds: builds.and(
      builds.and(caller.fact.builds, caller.link.builds),
      builds.and(fact.builds, link.builds),
    ),
    before: { fact, link, how, entered: caller },
    write: writeOf(to, fact.write),
  });
}

/**
 * What can be reached along links when calls and returns need not match, and with how little doubt: more than there
 * is, with less doubt than it has, and quickly found. What would be too doubtful even so is not followed.
 */
import type { TraceGraph } from "./flow-graph.ts";
import { doubtLimit, type How, type Link } from "./links.ts";
import type { State } from "./places.ts";
import { createStateSet, type States } from "./state-set.ts";

/** Where data starts, and how doubtful it is that it does. */
export interface Start {
  readonly state: State;
  readonly doubt: number;
}

export interface Explored {
  /** In the order in which they were met. */
  readonly states: States;
  /** By number: the least doubt with which each is reached. */
  readonly doubts: readonly number[];
  /** What the states lead to: the number of the one, then that of the other, then the doubt of the link. */
  readonly links: readonly number[];
  /** Whether all was looked at. */
  readonly complete: boolean;
}

/** Steps beyond which no more is looked at. */
const stepLimit = 5_000_000;

/** Numbers of a link in a list. */
const linkSize = 3;

/** Which function a call runs is doubted once, where it is entered. */
function doubtOf(link: Link | undefined, how: How): number {
  return link === undefined || how === "leave" ? 0 : link.doubt;
}

/** How doubt of a link counts for a whole way. */
export type Counting = "together" | "each alone";

/** All states that some lead to with no more doubt than the limit, the least doubtful first. Linear in the links that are met. */
export function exploreFrom(
  graph: TraceGraph,
  starts: Iterable<Start>,
  counting: Counting = "together",
): Explored {
  const states = createStateSet();
  const [doubts, links]: [number[], number[]] = [[], []];
  const waiting = byDoubt();
  const offer = (state: State, doubt: number): number => {
    states.add(state);
    const number = states.numberOf(state);
    if (doubt < (doubts[number] ?? doubtLimit + 1)) {
      doubts[number] = doubt;
      waiting[doubt]?.push(number);
    }
    return number;
  };
  for (const { state, doubt } of starts) if (doubt <= doubtLimit) offer(state, doubt);
  let steps = 0;
  for (let doubt = 0; doubt <= doubtLimit; doubt++) {
    const now = waiting[doubt] ?? [];
    // The list grows while it is walked.
    for (let at = 0; at < now.length; at++) {
      const from = now[at] ?? none;
      // What was met with less doubt meanwhile was done then.
      if (doubts[from] !== doubt) continue;
      if (steps > stepLimit) return { states, doubts, links, complete: false };
      const state = states.at(from) ?? none;
      graph.reach(state);
      graph.links.visit(state, (to, link, how) => {
        steps++;
        const more = doubtOf(link, how);
        if (doubt + more > doubtLimit) return;
        links.push(from, offer(to, counting === "together" ? doubt + more : doubt), more);
      });
    }
  }
  return { states, doubts, links, complete: true };
}

/** Lists for doubt from none to the limit. */
function byDoubt(): number[][] {
  return Array.from({ length: doubtLimit + 1 }, () => []);
}

/** States that lead to some ends. */
export interface Leading extends Pick<States, "has"> {
  /** The least doubt with which one of these leads to an end; more than the limit for others. */
  readonly doubtFrom: (state: State) => number;
}

/**
 * Those of the states from which an end is reached with no more doubt than the limit, the way to the state included. `endDoubt` is
 * that of an end itself; undefined of what is none. Linear in the links.
 */
export function leadingTo(
  { states, doubts, links }: Explored,
  endDoubt: (state: State) => number | undefined,
  within: Pick<States, "has"> = states,
): Leading {
  const { first, next } = linksByEnd(states.size, links);
  const least = new Uint8Array(states.size).fill(doubtLimit + 1);
  const allowed = new Uint8Array(states.size).fill(1);
  const waiting = byDoubt();
  const offer = (number: number, doubt: number) => {
    const before = least[number] ?? none;
    if (doubt >= before || (doubts[number] ?? 0) + doubt > doubtLimit || allowed[number] === 0) return;
    least[number] = doubt;
    waiting[doubt]?.push(number);
  };
  for (let number = 0; number < states.size; number++) {
    const state = states.at(number) ?? none;
    if (within !== states && !within.has(state)) allowed[number] = 0;
    else {
      const doubt = endDoubt(state);
      if (doubt !== undefined) offer(number, doubt);
    }
  }
  for (let doubt = 0; doubt <= doubtLimit; doubt++) {
    const now = waiting[doubt] ?? [];
    for (let at = 0; at < now.length; at++) {
      const end = now[at] ?? none;
      if (least[end] !== doubt) continue;
      for (let link = first[end] ?? none; link !== none; link = next[link] ?? none)
        offer(links[link * linkSize] ?? none, doubt + (links[link * linkSize + 2] ?? 0));
    }
  }
  const doubtFrom = (state: State): number => least[states.numberOf(state)] ?? doubtLimit + 1;
  return {
    has: (state) => doubtFrom(state) <= doubtLimit,
    doubtFrom,
  };
}

const none = -1;

interface LinksByEnd {
  /** By number of the state: the first of the links that end there. */
  readonly first: Int32Array;
  /** By link: the next one that ends there. */
  readonly next: Int32Array;
}

function linksByEnd(size: number, links: readonly number[]): LinksByEnd {
  const first = new Int32Array(size).fill(none);
  const next = new Int32Array(links.length / linkSize);
  for (let link = 0; link < next.length; link++) {
    const to = links[link * linkSize + 1] ?? none;
    next[link] = first[to] ?? none;
    first[to] = link;
  }
  return { first, next };
}

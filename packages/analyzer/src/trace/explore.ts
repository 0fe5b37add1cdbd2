/** What can be reached along links when calls and returns need not match: more than there is, and quickly found. */
import type { TraceGraph } from "./flow-graph.ts";
import { doubtLimit, type Link } from "./links.ts";
import { placeOf, type State } from "./places.ts";

export interface Explored {
  /** In the order in which they were met, with their numbers in it. */
  readonly states: ReadonlyMap<State, number>;
  /** What each of them leads to, one after the other, and where that of each ends. */
  readonly leads: readonly State[];
  readonly ends: readonly number[];
  /** Whether all was looked at. */
  readonly complete: boolean;
}

function isDoubtful(link: Link | undefined): boolean {
  return link !== undefined && link.doubt > doubtLimit;
}

/** Steps beyond which no more is looked at. */
const stepLimit = 5_000_000;

/** All states that some lead to. Linear in the links that are met. */
export function exploreFrom(graph: TraceGraph, starts: Iterable<State>): Explored {
  const states = new Map<State, number>();
  const [leads, ends]: [State[], number[]] = [[], []];
  const add = (state: State) => void (states.has(state) || states.set(state, states.size));
  for (const state of starts) add(state);
  let steps = 0;
  // The map grows while it is walked.
  for (const state of states.keys()) {
    if (steps > stepLimit) return { states, leads, ends, complete: false };
    graph.reach(placeOf(state));
    graph.links.visit(state, (to, link) => {
      steps++;
      if (isDoubtful(link)) return;
      add(to);
      leads.push(to);
    });
    ends.push(leads.length);
  }
  return { states, leads, ends, complete: true };
}

/** Those of the states, `within` some, from which one of some ends is reached. Linear in the links. */
export function leadingTo(
  explored: Explored,
  isEnd: (state: State) => boolean,
  within: { readonly has: (state: State) => boolean } = explored.states,
): ReadonlySet<State> {
  const { states } = explored;
  const { from, first, next, startOf } = linksByEnd(explored);
  const found = new Set<State>();
  for (const state of states.keys()) if (within.has(state) && isEnd(state)) found.add(state);
  // The set grows while it is walked.
  for (const state of found) {
    for (let link = first[states.get(state) ?? 0] ?? none; link !== none; link = next[link] ?? none) {
      const one = from[startOf[link] ?? 0];
      if (one !== undefined && within.has(one)) found.add(one);
    }
  }
  return found;
}

const none = -1;

interface LinksByEnd {
  readonly from: readonly State[];
  /** By number of the state: the first of the links that end there. */
  readonly first: Int32Array;
  /** By link: the next one that ends there, and the number of the state where it starts. */
  readonly next: Int32Array;
  readonly startOf: Int32Array;
}

function linksByEnd({ states, leads, ends }: Explored): LinksByEnd {
  const first = new Int32Array(states.size).fill(none);
  const [next, startOf] = [new Int32Array(leads.length), new Int32Array(leads.length)];
  let link = 0;
  ends.forEach((end, start) => {
    for (; link < end; link++) {
      const to = states.get(leads[link] ?? none) ?? 0;
      next[link] = first[to] ?? none;
      first[to] = link;
      startOf[link] = start;
    }
  });
  return { from: [...states.keys()], first, next, startOf };
}

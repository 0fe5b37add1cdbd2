/** What can be reached along links when calls and returns need not match: more than there is, and quickly found. */
import type { TraceGraph } from "./flow-graph.ts";
import { doubtLimit, type Link } from "./links.ts";
import { placeOf, type State } from "./places.ts";
import { createStateSet, type States } from "./state-set.ts";

export interface Explored {
  /** In the order in which they were met. */
  readonly states: States;
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
  const states = createStateSet();
  const [leads, ends]: [State[], number[]] = [[], []];
  for (const state of starts) states.add(state);
  let steps = 0;
  const visit = (to: State, link: Link | undefined) => {
    steps++;
    if (isDoubtful(link)) return;
    states.add(to);
    leads.push(to);
  };
  // The set grows while it is walked.
  for (let state = states.at(0); state !== undefined; state = states.at(ends.length)) {
    if (steps > stepLimit) return { states, leads, ends, complete: false };
    graph.reach(placeOf(state));
    graph.links.visit(state, visit);
    ends.push(leads.length);
  }
  return { states, leads, ends, complete: true };
}

/** Those of the states, `within` some, from which one of some ends is reached. Linear in the links. */
export function leadingTo(
  explored: Explored,
  isEnd: (state: State) => boolean,
  within: Pick<States, "has"> = explored.states,
): States {
  const { states } = explored;
  const { first, next, startOf } = linksByEnd(explored);
  const found = createStateSet();
  for (let number = 0; number < states.size; number++) {
    const state = states.at(number);
    if (state !== undefined && within.has(state) && isEnd(state)) found.add(state);
  }
  // The set grows while it is walked.
  for (let number = 0; number < found.size; number++) {
    const end = states.numberOf(found.at(number) ?? none);
    for (let link = first[end] ?? none; link !== none; link = next[link] ?? none) {
      const from = states.at(startOf[link] ?? none);
      if (from !== undefined && within.has(from)) found.add(from);
    }
  }
  return found;
}

const none = -1;

interface LinksByEnd {
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
      const to = states.numberOf(leads[link] ?? none);
      next[link] = first[to] ?? none;
      first[to] = link;
      startOf[link] = start;
    }
  });
  return { first, next, startOf };
}

/** What can be reached along links when calls and returns need not match: more than there is, and quickly found. */
import type { TraceGraph } from "./flow-graph.ts";
import { doubtLimit, type Link } from "./links.ts";
import { placeOf, type State } from "./places.ts";

export interface Explored {
  readonly states: ReadonlySet<State>;
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
  const states = new Set<State>(starts);
  let steps = 0;
  // The set grows while it is walked.
  for (const state of states) {
    if (steps > stepLimit) return { states, complete: false };
    graph.reach(placeOf(state));
    graph.links.visit(state, (to, link) => {
      steps++;
      if (!isDoubtful(link)) states.add(to);
    });
  }
  return { states, complete: true };
}

/** Those of the states from which one of some ends is reached. */
export function leadingTo(
  graph: TraceGraph,
  states: ReadonlySet<State>,
  isEnd: (state: State) => boolean,
): ReadonlySet<State> {
  const before = new Map<State, State[]>();
  const found = new Set<State>();
  for (const state of states) {
    if (isEnd(state)) found.add(state);
    graph.links.visit(state, (to, link) => {
      if (!states.has(to) || isDoubtful(link)) return;
      const list = before.get(to);
      if (list === undefined) before.set(to, [state]);
      else list.push(state);
    });
  }
  for (const state of found) for (const one of before.get(state) ?? []) found.add(one);
  return found;
}

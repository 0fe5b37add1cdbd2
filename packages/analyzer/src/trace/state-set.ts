/** Sets of states, in the order in which they were added; memory for the places that they are of alone. */
import type { State } from "./places.ts";

/** States, each once, with their numbers in the order in which they were added. */
export interface States {
  readonly size: number;
  readonly has: (state: State) => boolean;
  /** The number of a state; -1 if it is not among them. */
  readonly numberOf: (state: State) => number;
  /** The state of a number. */
  readonly at: (number: number) => State | undefined;
}

export interface StateSet extends States {
  /** Does nothing if it is there, nor for what is no state. */
  readonly add: (state: State) => void;
}

const pageBits = 10;
const pageSize = 1 << pageBits;

export function createStateSet(): StateSet {
  const order: State[] = [];
  // By page and place in it: one more than the number.
  const pages: (Int32Array | undefined)[] = [];
  const numberOf = (state: State): number => (pages[state >> pageBits]?.[state & (pageSize - 1)] ?? 0) - 1;
  return {
    get size() {
      return order.length;
    },
    has: (state) => numberOf(state) >= 0,
    numberOf,
    at: (number) => order[number],
    add: (state) => {
      if (state < 0) return;
      const number = state >> pageBits;
      while (pages.length <= number) pages.push(undefined);
      const page = (pages[number] ??= new Int32Array(pageSize));
      const at = state & (pageSize - 1);
      if (page[at] !== 0) return;
      order.push(state);
      page[at] = order.length;
    },
  };
}

/**
 * What waits to be looked at: the least doubtful first, of those the shortest, then what came first. O(1) each. Of what is
 * longer than a bound, which it may be by far, what came first.
 */

export interface FactQueue<T> {
  /** Nothing before what was taken last: its rank is none less. */
  readonly add: (item: T, rank: Rank) => void;
  /** Undefined when none is left. */
  readonly take: () => T | undefined;
}

export interface Rank {
  /** A small number. */
  readonly doubt: number;
  readonly length: number;
}

export function compareRanks(a: Rank, b: Rank): number {
  return a.doubt - b.doubt || a.length - b.length;
}

/** Items of one rank, of which some were taken. */
interface Waiting<T> {
  readonly items: T[];
  taken: number;
}

/** Lengths that are told apart. */
const lengthBound = 2000;

export function createFactQueue<T>(): FactQueue<T> {
  // By doubt, then length.
  const waiting: Waiting<T>[][] = [];
  let [doubt, length] = [0, 0];
  return {
    add: (item, rank) => {
      while (waiting.length <= rank.doubt) waiting.push([]);
      const ofDoubt = waiting[rank.doubt] ?? [];
      const at = Math.min(rank.length, lengthBound);
      while (ofDoubt.length <= at) ofDoubt.push({ items: [], taken: 0 });
      ofDoubt[at]?.items.push(item);
    },
    take: () => {
      for (; doubt < waiting.length; doubt++, length = 0) {
        const ofDoubt = waiting[doubt] ?? [];
        for (; length < ofDoubt.length; length++) {
          const now = ofDoubt[length];
          if (now !== undefined && now.taken < now.items.length) return now.items[now.taken++];
          // Memory for what waits alone.
          ofDoubt[length] = { items: [], taken: 0 };
        }
      }
      return undefined;
    },
  };
}

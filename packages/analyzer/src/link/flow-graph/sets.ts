/** Sets of numbers, each set once: equal sets are the same number, and unions are remembered. */
export type SetId = number;

export const emptySet: SetId = 0;

export interface Sets {
  /** Sorted. */
  readonly members: (set: SetId) => Int32Array;
  readonly of: (members: readonly number[]) => SetId;
  readonly union: (a: SetId, b: SetId) => SetId;
}

export function createSets(): Sets {
  const sets: Int32Array[] = [new Int32Array(0)];
  const known = new Map<string, SetId>([["", emptySet]]);
  const unions = new Map<number, SetId>();
  const add = (members: Int32Array): SetId => {
    const key = members.join();
    let set = known.get(key);
    if (set === undefined) {
      known.set(key, (set = sets.length));
      sets.push(members);
    }
    return set;
  };
  const members = (set: SetId): Int32Array => sets[set] ?? new Int32Array(0);
  return {
    members,
    of: (list) => add(Int32Array.from(new Set(list)).sort()),
    union: (a, b) => {
      if (a === b || b === emptySet) return a;
      if (a === emptySet) return b;
      const [low, high] = a < b ? [a, b] : [b, a];
      const key = low * 0x4000000 + high;
      let union = unions.get(key);
      if (union === undefined) unions.set(key, (union = add(merged(members(low), members(high)))));
      return union;
    },
  };
}

function merged(a: Int32Array, b: Int32Array): Int32Array {
  const all = new Int32Array(a.length + b.length);
  let [i, j, count] = [0, 0, 0];
  while (i < a.length || j < b.length) {
    const [x, y] = [a[i] ?? Number.POSITIVE_INFINITY, b[j] ?? Number.POSITIVE_INFINITY];
    all[count++] = Math.min(x, y);
    if (x <= y) i++;
    if (y <= x) j++;
  }
  return all.slice(0, count);
}

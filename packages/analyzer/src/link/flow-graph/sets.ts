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
  const empty = new Int32Array(0);
  const sets: Int32Array[] = [];
  /** By the hash of their members. */
  const known = new Map<number, SetId[]>();
  const unions = new Map<number, SetId>();
  const members = (set: SetId): Int32Array => sets[set] ?? empty;
  const add = (list: Int32Array): SetId => {
    const hash = hashOf(list);
    let alike = known.get(hash);
    if (alike === undefined) known.set(hash, (alike = []));
    for (const set of alike) if (isEqual(members(set), list)) return set;
    alike.push(sets.length);
    return sets.push(list) - 1;
  };
  add(empty);
  return {
    members,
    of: (list) => add(Int32Array.from(new Set(list)).sort()),
    union: (a, b) => {
      if (a === b || b === emptySet) return a;
      if (a === emptySet) return b;
      const [low, high] = a < b ? [a, b] : [b, a];
      const key = pairKey(low, high);
      let union = unions.get(key);
      if (union === undefined) unions.set(key, (union = add(merged(members(low), members(high)))));
      return union;
    },
  };
}

/** One number for two, below 2^26 each. */
export function pairKey(a: number, b: number): number {
  return a * 0x4000000 + b;
}

/** FNV-1a, a member at a time. */
function hashOf(members: Int32Array): number {
  let hash = 0x811c9dc5;
  for (const member of members) hash = Math.imul(hash ^ member, 0x01000193);
  return hash;
}

function isEqual(a: Int32Array, b: Int32Array): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}

const end = 0x7fffffff;

function merged(a: Int32Array, b: Int32Array): Int32Array {
  const all = new Int32Array(a.length + b.length);
  let i = 0;
  let j = 0;
  let count = 0;
  while (i < a.length || j < b.length) {
    const x = a[i] ?? end;
    const y = b[j] ?? end;
    all[count++] = x < y ? x : y;
    if (x <= y) i++;
    if (y <= x) j++;
  }
  return all.slice(0, count);
}

/** Things by number, in the order in which they are first asked about. */
export interface Numbering<T> {
  readonly all: readonly T[];
  readonly of: (one: T) => number;
}

/** Things of the same key are one, the first of them. */
export function numbering<T>(keyOf: (one: T) => unknown = (one) => one): Numbering<T> {
  const all: T[] = [];
  const known = new Map<unknown, number>();
  return {
    all,
    of: (one) => {
      const key = keyOf(one);
      let number = known.get(key);
      if (number === undefined) known.set(key, (number = all.push(one) - 1));
      return number;
    },
  };
}

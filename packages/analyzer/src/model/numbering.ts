/** Things by number, in the order in which they are first asked about. */
export interface Numbering<T> {
  readonly all: readonly T[];
  readonly of: (one: T) => number;
}

export function numbering<T>(): Numbering<T> {
  const all: T[] = [];
  const known = new Map<T, number>();
  return {
    all,
    of: (one) => {
      let number = known.get(one);
      if (number === undefined) known.set(one, (number = all.push(one) - 1));
      return number;
    },
  };
}

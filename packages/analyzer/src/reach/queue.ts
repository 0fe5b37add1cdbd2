/** Paths that wait, the least doubtful first; of those the shorter, then what came earlier. A binary heap. */
export interface Ranked {
  readonly doubt: number;
  readonly length: number;
}

export interface PathQueue<P extends Ranked> {
  readonly add: (path: P) => void;
  /** Undefined when none is left. */
  readonly take: () => P | undefined;
}

interface Waiting<P> {
  readonly path: P;
  readonly order: number;
}

export function createPathQueue<P extends Ranked>(): PathQueue<P> {
  const heap: Waiting<P>[] = [];
  let count = 0;
  const before = (a: Waiting<P>, b: Waiting<P>): boolean =>
    (a.path.doubt - b.path.doubt || a.path.length - b.path.length || a.order - b.order) < 0;
  return {
    add: (path) => {
      const one = { path, order: count++ };
      let at = heap.length;
      heap.push(one);
      for (;;) {
        const parent = (at - 1) >> 1;
        const above = heap[parent];
        if (above === undefined || !before(one, above)) break;
        heap[at] = above;
        at = parent;
      }
      heap[at] = one;
    },
    take: () => {
      const last = heap.pop();
      const [first] = heap;
      if (first === undefined || last === undefined) return last?.path;
      let at = 0;
      for (;;) {
        const [left, right] = [heap[2 * at + 1], heap[2 * at + 2]];
        if (left === undefined) break;
        const goesRight = right !== undefined && before(right, left);
        const child = goesRight ? right : left;
        if (!before(child, last)) break;
        heap[at] = child;
        at = 2 * at + (goesRight ? 2 : 1);
      }
      heap[at] = last;
      return first.path;
    },
  };
}

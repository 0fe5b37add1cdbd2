import fc from "fast-check";
import { expect, test } from "vitest";
import { createFactQueue } from "../../src/trace/fact-queue.ts";

const ranks = fc.record({
  doubt: fc.nat(4),
  length: fc.oneof(fc.nat(3), fc.nat(1500), fc.constant(2 ** 60)),
});

test("what waits is taken by doubt, then length, then in the order in which it came", () => {
  fc.assert(
    fc.property(fc.array(ranks), (added) => {
      const queue = createFactQueue<number>();
      added.forEach((rank, index) => queue.add(index, rank));
      const expected = added
        .map((rank, index) => ({ ...rank, index }))
        .sort((a, b) => a.doubt - b.doubt || a.length - b.length || a.index - b.index);
      const taken = added.map(() => queue.take());
      expect(taken).toEqual(expected.map(({ index }) => index));
      expect(queue.take()).toBeUndefined();
    }),
  );
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { createPathQueue, type Ranked } from "../../src/reach/queue.ts";

interface Numbered extends Ranked {
  readonly number: number;
}

const ranks = fc.array(fc.record({ doubt: fc.nat(5), length: fc.nat(5) }), { maxLength: 60 });

test("what is taken is the least doubtful, then the shortest, then the first", () => {
  fc.assert(
    fc.property(ranks, (given) => {
      const queue = createPathQueue<Numbered>();
      const all = given.map((one, number): Numbered => ({ ...one, number }));
      for (const one of all) queue.add(one);
      const taken = [];
      for (let one = queue.take(); one !== undefined; one = queue.take()) taken.push(one);
      expect(taken).toEqual(
        all.toSorted((a, b) => a.doubt - b.doubt || a.length - b.length || a.number - b.number),
      );
    }),
  );
});

test("what is added between is taken in its turn", () => {
  const queue = createPathQueue<Ranked>();
  queue.add({ doubt: 1, length: 3 });
  queue.add({ doubt: 0, length: 9 });
  expect(queue.take()).toEqual({ doubt: 0, length: 9 });
  queue.add({ doubt: 0, length: 1 });
  queue.add({ doubt: 2, length: 1 });
  expect([queue.take(), queue.take(), queue.take(), queue.take()]).toEqual([
    { doubt: 0, length: 1 },
    { doubt: 1, length: 3 },
    { doubt: 2, length: 1 },
    undefined,
  ]);
});

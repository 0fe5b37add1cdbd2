/** Intervals are those of the formula, and hold the share. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { interval, wilson } from "./wilson.mjs";

test.each([
  [0, 214, "0.0 to 1.8 %"],
  [4, 214, "0.7 to 4.7 %"],
  [5, 10, "23.7 to 76.3 %"],
  [10, 10, "72.2 to 100.0 %"],
  [0, 0, "0.0 to 100.0 %"],
])("%d of %d", (some, all, text) => {
  expect(interval(some, all)).toBe(text);
});

test("the share lies in it, and more cases make it narrower", () => {
  const counts = fc
    .integer({ min: 1, max: 2000 })
    .chain((all) => fc.tuple(fc.integer({ min: 0, max: all }), fc.constant(all)));
  fc.assert(
    fc.property(counts, ([some, all]) => {
      const one = wilson(some, all);
      const more = wilson(some * 10, all * 10);
      expect(one.from).toBeLessThanOrEqual(some / all + 1e-9);
      expect(one.to).toBeGreaterThanOrEqual(some / all - 1e-9);
      expect(more.to - more.from).toBeLessThan(one.to - one.from);
    }),
  );
});

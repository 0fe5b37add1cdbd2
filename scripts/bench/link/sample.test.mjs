import fc from "fast-check";
import { expect, test } from "vitest";
import { sample } from "./sample.mjs";

test("has different elements of the list, as many as were asked for", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat()), fc.nat(20), fc.nat(), (list, size, seed) => {
      const some = sample(list, size, seed);
      expect(some).toHaveLength(Math.min(size, list.length));
      expect(new Set(some).size).toBe(some.length);
      expect(some.every((one) => list.includes(one))).toBe(true);
    }),
  );
});

test("the same seed chooses the same, another one others", () => {
  const list = Array.from({ length: 1000 }, (_, index) => index);
  expect(sample(list, 50, 1)).toEqual(sample(list, 50, 1));
  expect(sample(list, 50, 1)).not.toEqual(sample(list, 50, 2));
});

/** A sample is drawn without repeats, in order, and again by its seed. */
import { expect, test } from "vitest";
import { sampleOf } from "./sample.mjs";

const items = Array.from({ length: 100 }, (_, place) => place);

test("the same seed draws the same sample, another seed another", () => {
  expect(sampleOf(items, 10, 1)).toEqual(sampleOf(items, 10, 1));
  expect(sampleOf(items, 10, 1)).not.toEqual(sampleOf(items, 10, 2));
});

test("a sample has each item once, in order, and never more than there are", () => {
  const drawn = sampleOf(items, 10, 3);
  expect(new Set(drawn).size).toBe(10);
  expect(drawn).toEqual([...drawn].sort((a, b) => a - b));
  expect(sampleOf(items, 1000, 3)).toEqual(items);
});

test("every item is drawn about as often", () => {
  const counts = items.map(() => 0);
  for (let seed = 0; seed < 1000; seed++) {
    for (const place of sampleOf(items, 10, seed)) counts[place] = (counts[place] ?? 0) + 1;
  }
  expect(Math.min(...counts)).toBeGreaterThan(50);
  expect(Math.max(...counts)).toBeLessThan(160);
});

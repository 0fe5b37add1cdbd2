import { expect, test } from "vitest";
import { compareSets, together } from "./sets.mjs";

test("recall is the share of what is expected, precision the share of what is there", () => {
  expect(compareSets(["b", "a", "b"], ["c", "b", "d"])).toEqual({
    expected: 2,
    actual: 3,
    missing: ["a"],
    extra: ["c", "d"],
    recall: 1 / 2,
    precision: 1 / 3,
  });
  expect(compareSets([], [])).toMatchObject({ recall: 1, precision: 1 });
  expect(compareSets(["a"], [])).toMatchObject({ recall: 0, precision: 1 });
});

test("several count as one, not as the mean of their shares", () => {
  const several = together([compareSets(["a"], []), compareSets(["a", "b", "c"], ["a", "b", "c", "d"])]);
  expect(several).toMatchObject({ expected: 4, actual: 4, recall: 3 / 4, precision: 3 / 4 });
  expect(together([])).toMatchObject({ recall: 1, precision: 1 });
});

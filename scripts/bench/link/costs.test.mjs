import { expect, test } from "vitest";
import { ratioFigure } from "./costs.mjs";

test("a ratio breaks its bar only where the other figure breaks its own", () => {
  const bar = { ratio: 5, atMost: 0.8 };
  expect(ratioFigure(10, 1, bar)).toEqual({ text: "10.00 x", kept: true });
  expect(ratioFigure(4, 1, bar)).toEqual({ text: "4.00 x !", kept: false });
  expect(ratioFigure(2.4, 0.8, bar)).toEqual({ text: "3.00 x", kept: true });
});

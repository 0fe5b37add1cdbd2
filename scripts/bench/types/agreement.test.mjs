import { expect, test } from "vitest";
import { unresolvedFigure } from "./agreement.mjs";

const bar = { atMost: 0.001 };

test("calls that are not resolved have a bar where all imports can be had", () => {
  expect(unresolvedFigure({ share: 0.001, missing: 0 }, bar)).toEqual({ text: "0.100 %", kept: true });
  expect(unresolvedFigure({ share: 0.002, missing: 0 }, bar)).toEqual({ text: "0.200 % !", kept: false });
  expect(unresolvedFigure({ share: 0.002, missing: 3 }, bar)).toEqual({
    text: "0.200 % (3 missing)",
    kept: true,
  });
  expect(unresolvedFigure({ share: Number.NaN, missing: 0 }, bar).kept).toBe(false);
});

/** Rules do not ask what is not kept of other modules. */
import { namesFarthest } from "@capdiff/analyzer";
import { expect, test } from "vitest";
import { deepest } from "../src/findings/checks.ts";

test("names are followed no further than answers are kept", () => {
  expect(deepest + 1).toBeLessThanOrEqual(namesFarthest);
});

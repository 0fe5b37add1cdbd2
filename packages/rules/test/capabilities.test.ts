import { coarse } from "@capdiff/analyzer";
import { describe, expect, it } from "vitest";
import { capabilities, capabilityWeight } from "../src/index.ts";

const all = Object.entries(capabilities);
const weights = all.map(([, { weight }]) => weight);

describe("capabilities", () => {
  it.each(all)("%s begins with the name that Capslock uses", (id, { capslock }) => {
    expect(coarse(id)).toBe(coarse(capslock));
  });

  it.each(all)("%s is explained in words", (_, { title, explanation }) => {
    expect(title).toMatch(/^[a-z]/);
    expect(explanation).toMatch(/^[A-Z].*\.$/);
  });

  it("weigh whole numbers, running programs most, what was not analysed least", () => {
    expect(weights.filter((weight) => !Number.isInteger(weight))).toEqual([]);
    expect(capabilityWeight("EXEC")).toBe(Math.max(...weights));
    expect(capabilityWeight("UNANALYZED")).toBe(Math.min(...weights));
  });

  it("weigh as their first part when they are not known", () => {
    expect(capabilityWeight("FILES/LOCK")).toBe(capabilityWeight("FILES"));
    expect(capabilityWeight("NOTHING")).toBe(0);
  });
});

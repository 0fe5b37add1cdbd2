/** Lists of pairs are read or refused. */
import { expect, test } from "vitest";
import { inTurn, isMinor, readPairs } from "./pairs.mjs";

test("a pair a line, comments apart", () => {
  expect(readPairs("# list\nexample.test/a\tv1.0.0\tv1.0.1\n")).toEqual([
    { module: "example.test/a", old: "v1.0.0", new: "v1.0.1" },
  ]);
});

test.each([
  "example.test/a\tv1.0.0",
  "\tv1.0.0\tv1.0.1",
  "example.test/a v1.0.0 v1.0.1",
  "example.test/a\tv1.0.0\tv1.0.1\tx",
])("%j is refused", (line) => {
  expect(() => readPairs(line)).toThrow("pair 1");
});

test("minor is what changes more than the last number", () => {
  const pair = (/** @type {string} */ old, /** @type {string} */ fresh) => ({ module: "m", old, new: fresh });
  expect(isMinor(pair("v1.2.3", "v1.2.4"))).toBe(false);
  expect(isMinor(pair("v1.2.3", "v1.3.0"))).toBe(true);
  expect(isMinor(pair("v1.2.3", "v2.2.3"))).toBe(true);
});

test("each module has its turn", () => {
  const pair = (/** @type {string} */ module, /** @type {string} */ old) => ({ module, old, new: "v9.0.0" });
  const list = [
    pair("a", "v1.0.0"),
    pair("a", "v2.0.0"),
    pair("b", "v1.0.0"),
    pair("a", "v3.0.0"),
    pair("b", "v2.0.0"),
  ];
  expect(inTurn(list).map(({ module, old }) => module + old)).toEqual([
    "av1.0.0",
    "bv1.0.0",
    "av2.0.0",
    "bv2.0.0",
    "av3.0.0",
  ]);
});

import { expect, test } from "vitest";
import { packageClause } from "../../src/pipeline/package-clause.ts";

test.each<[string, string | undefined]>([
  ["package m", "m"],
  ["package m\n", "m"],
  ["\ufeffpackage m\n", "m"],
  ["\n\t // x\n/* y\n*/ package m // z\n", "m"],
  ["/**/package m", "m"],
  ["package\nm", "m"],
  ["package // x\n m", "m"],
  ["package /* x */ m", "m"],
  ["package\tgrün_1;", "grün_1"],
  ["package _", "_"],
  ["// package a\npackage b", "b"],
  ["/* package a */ package b", "b"],
  ["", undefined],
  ["packagem", undefined],
  ["package", undefined],
  ["package 1", undefined],
  ["import x\npackage m", undefined],
  ["// package m", undefined],
  ["/* package m", undefined],
  ["/* x */ y package m", undefined],
])("%j", (text, name) => expect(packageClause(text)).toBe(name));

test("a header of many comments is read in linear time", () => {
  const start = performance.now();
  expect(packageClause(`${"/**/ // x\n".repeat(200_000)}package m`)).toBe("m");
  expect(packageClause(`package ${"/**/ ".repeat(200_000)}m`)).toBe("m");
  expect(performance.now() - start).toBeLessThan(2000);
});

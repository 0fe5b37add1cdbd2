import { expect, test } from "vitest";
import { outline } from "../../src/pipeline/outline.ts";

test.each<[string, string | undefined]>([
  ["package m", "m"],
  ["package m\n", "m"],
  ["\ufeffpackage m\n", "m"],
  ["\n\t // x\n/* y\n*/ package m // z\n", "m"],
  ["/**/package m", "m"],
  ["package\nm", "m"],
  ["package // x\n m", "m"],
  ["package /* x */ m", "m"],
  ["package /* * / */ m", "m"],
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
])("the clause of %j", (text, name) => expect(outline(text).clause).toBe(name));

test.each<[string, readonly string[]]>([
  ['import "a"', ["a"]],
  ['import "a"; import `b`', ["a", "b"]],
  ['import x "a"\nimport . "b"\nimport _ "c"', ["a", "b", "c"]],
  ['import ("a"; x "b"\n. "c"\n)\nimport "d"', ["a", "b", "c", "d"]],
  ['import /* x */ ( // y\n "a" // import "z"\n /* "y" */ )', ["a"]],
  ['import()\nimport "a"', ["a"]],
  ['import "C"\nimport "unsafe"', ["C", "unsafe"]],
  [String.raw`import "a\x62\u00fc"`, ["abü"]],
  ['import "a"\nvar x int\nimport "b"', ["a"]],
  ['import ("a" 1\n"b")', ["a"]],
  ['import "a', []],
  ['import "a\n"', []],
  ["import `a", []],
  ["import (", []],
  ["import x", []],
  ['importx "a"', []],
  ["func f() {}", []],
])("the imports of %j", (text, paths) => expect(outline(`package m\n${text}`).imports).toEqual(paths));

test("a header of many comments is read in linear time", () => {
  const start = performance.now();
  expect(outline(`${"/**/ // x\n".repeat(200_000)}package m`).clause).toBe("m");
  expect(outline(`package ${"/**/ ".repeat(200_000)}m`).clause).toBe("m");
  expect(outline(`package m\nimport (${'"a" /**/\n'.repeat(200_000)})`).imports).toHaveLength(200_000);
  expect(performance.now() - start).toBeLessThan(2000);
});

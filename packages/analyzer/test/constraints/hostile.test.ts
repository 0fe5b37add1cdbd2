import { describe, expect, test } from "vitest";
import { createBuilds } from "../../src/constraints/index.ts";

const builds = createBuilds();
function count<T>(length: number, make: (index: number) => T): T[] {
  return Array.from({ length }, (_, index) => make(index));
}

describe("a constraint beyond the bounds holds in all builds, with a diagnostic", () => {
  test.each([
    ["nested parentheses", `${"(".repeat(10_000)}linux${")".repeat(10_000)}`, "build-constraint-syntax"],
    ["open parentheses", "(".repeat(900), "build-constraint-syntax"],
    ["operands", count(1001, () => "linux").join(" || "), "build-constraint-syntax"],
    ["length", "a".repeat(100_000), "build-constraint-too-large"],
    ["custom tags", count(900, (index) => `t${index}`).join(" || "), "build-constraint-too-large"],
    [
      "tangled tags",
      count(20, (index) => `(a${index} && b${index})`).join(" || "),
      "build-constraint-too-large",
    ],
  ])("%s", (_, text, code) => {
    const { value, diagnostics } = builds.goBuildLine(text);
    expect(value).toBe(builds.all);
    expect(diagnostics).toMatchObject([{ code }]);
  });
});

test("what Go accepts is accepted", () => {
  const nested = `${"(".repeat(990)}linux${")".repeat(990)}`;
  expect(builds.goBuildLine(nested)).toEqual({ value: builds.tag("linux"), diagnostics: [] });
  const names = count(200, (index) => `board${index}`);
  const boards = names.join(" || ");
  const set = builds.goBuildLine(boards);
  expect(set.diagnostics).toEqual([]);
  expect(builds.expression(set.value)).toBe(names.toSorted().join(" || "));
  expect(builds.parse(builds.expression(set.value))).toBe(set.value);
  expect(builds.words(set.value)).toBe("some builds, by the tags board0, board1, board10 and 197 more");
});

test("operations beyond the bound widen to a superset", () => {
  const tangle = count(20, (index) => builds.parse(`linux && a${index} && b${index}`));
  const union = tangle.reduce(builds.or, builds.none);
  for (const part of tangle) expect(builds.subsetOf(part, union)).toBe(true);
  expect(builds.subsetOf(union, builds.tag("linux"))).toBe(true);
  const opposite = count(20, (index) => builds.parse(`windows || a${index} || b${index}`)).reduce(
    builds.and,
    builds.all,
  );
  expect(builds.subsetOf(builds.tag("windows"), opposite)).toBe(true);
});

test("+build lines of too many parts hold in all builds, the others still count", () => {
  const long = count(102, () => "windows").join(" ");
  const { value, diagnostics } = builds.plusBuildLines([long, "linux"]);
  expect(value).toBe(builds.tag("linux"));
  expect(diagnostics).toMatchObject([{ code: "build-constraint-too-large", start: 0, end: long.length }]);
});

describe("a header is read in linear time and no further than the package clause", () => {
  test.each([
    ["comments", `${"/**/".repeat(500_000)}\n//go:build linux\npackage p\n`],
    ["blank lines", `${" \n".repeat(500_000)}//go:build linux\npackage p\n`],
    ["white space", `${" ".repeat(2_000_000)}//go:build linux${" ".repeat(2_000_000)}\npackage p\n`],
    ["an open comment", `//go:build linux\n/*${"*\n/".repeat(500_000)}`],
    ["a long file", `//go:build linux\npackage p\n${"//go:build darwin\n".repeat(200_000)}`],
    ["old lines", `//go:build linux\n${"// +build windows\n".repeat(100_000)}\npackage p\n`],
  ])("%s", (_, source) => {
    const start = performance.now();
    expect(builds.header(source)).toEqual({ value: builds.tag("linux"), diagnostics: [] });
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

/** A source with the part at fault between brackets, and its code. */
test.each([
  ["//go:build linux\n//go:build [darwin]\npackage p\n", "build-constraint-repeated"],
  ["// x\n\n//go:build linux && [)]\npackage p\n", "build-constraint-syntax"],
  ["\ufeff//go:build linux [|]\r\npackage p\n", "build-constraint-syntax"],
])("the place of %j", (marked, code) => {
  const start = marked.indexOf("[");
  const end = marked.indexOf("]") - 1;
  const { diagnostics } = builds.header(marked.replace("[", "").replace("]", ""));
  expect(diagnostics).toMatchObject([{ code, start, end }]);
});

import { expect, test } from "vitest";
import { readLines } from "../tables/lines.mjs";
import { compareCalls } from "./calls.mjs";

/** @param {string[]} lines */
function read(...lines) {
  return readLines(lines.map((line) => `${line.replaceAll(" ", "\t")}\n`).join(""));
}

test("calls that either side has for dynamic count, with all their callees", () => {
  const expected = read(
    "a.go:1:1 static m.A",
    "a.go:2:1 dynamic m.B",
    "a.go:2:1 dynamic m.C",
    "a.go:3:1 static m.D",
  );
  const actual = read(
    "a.go:1:1 static m.X",
    "a.go:2:1 dynamic m.B",
    "a.go:3:1 dynamic m.D",
    "a.go:3:1 dynamic m.E",
  );
  expect(compareCalls(expected, actual)).toMatchObject({
    calls: 2,
    expected: 3,
    actual: 3,
    missing: ["a.go:2:1\tm.C"],
    extra: ["a.go:3:1\tm.E"],
  });
});

test("files that either side excludes are left out", () => {
  const expected = read("#excluded c.go", "a.go:1:1 dynamic m.A");
  expect(compareCalls(expected, read("c.go:1:1 dynamic m.B"))).toMatchObject({
    calls: 1,
    expected: 1,
    actual: 0,
  });
});

/** What the benchmarks are told is understood or refused. */
import { expect, test } from "vitest";
import { readOptions } from "./options.mjs";

test("names, and words of modules in one flag or several", () => {
  expect(readOptions(["types", "--modules", "uuid,cobra", "--modules", "zap"])).toEqual({
    names: ["types"],
    modules: ["uuid", "cobra", "zap"],
    quick: false,
    runs: 3,
    tables: [],
    differences: 5,
    witnesses: 50,
    seed: 1,
    pairs: undefined,
    results: undefined,
    limit: 9999,
    jobs: 1,
    write: false,
    help: false,
  });
});

test("quick times once, unless told otherwise", () => {
  expect(readOptions(["--quick"]).runs).toBe(1);
  expect(readOptions(["--quick", "--runs", "7"]).runs).toBe(7);
});

test.each([[["--module", "x"]], [["--runs", "many"]], [["--runs=-1"]], [["--tables", "x"]]])(
  "%j is refused",
  (args) => {
    expect(() => readOptions(args)).toThrow(/--|no table/);
  },
);

import { expect, test } from "vitest";
import { filterReport } from "../src/report/filter.ts";
import { sampleReport } from "./samples/arbitrary.ts";

test.each<[string, number]>([
  ["example.test/bolt", 2],
  ["example.test/bolt/...", 4],
  [".", 2],
  ["./...", 4],
  ["./sync", 1],
  ["./tools", 1],
  ["example.test/bolt/s...", 1],
  ["example.test/bol", 0],
])("--package %s keeps %i capabilities", (pattern, kept) => {
  const report = filterReport(sampleReport("scan"), { capabilities: [], packages: [pattern] });
  expect(report.capabilities).toHaveLength(kept);
  expect(report.configuration.packages).toEqual([pattern]);
});

test("--capability keeps what is about it", () => {
  const report = filterReport(sampleReport("diff"), { capabilities: ["NETWORK"], packages: [] });
  expect(report.changes?.map(({ kind }) => kind)).toEqual(["capability"]);
});

test("--package keeps the files of its directory", () => {
  const report = filterReport(sampleReport("diff"), { capabilities: [], packages: ["./sync"] });
  expect(report.changes?.map(({ kind }) => kind)).toEqual(["capability", "file", "capability"]);
});

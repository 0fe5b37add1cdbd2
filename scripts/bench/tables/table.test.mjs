/** Figures are shown as they are, and rounding hides nothing. */
import { expect, test } from "vitest";
import { figure, percentDown, percentUp, tableHead, tableRow, times, words } from "./table.mjs";

test("a figure that breaks its bar is marked", () => {
  expect(figure(0.9, times, { atMost: 1 })).toEqual({ text: "0.90 x", kept: true });
  expect(figure(1.1, times, { atMost: 1 })).toEqual({ text: "1.10 x !", kept: false });
  expect(figure(0.5, percentDown, { atLeast: 0.97 })).toEqual({ text: "50.000 % !", kept: false });
  expect(figure(Number.NaN, times, { atMost: 1 }).kept).toBe(false);
  expect(figure(1e9, times).kept).toBe(true);
});

test("shares are rounded away from perfection", () => {
  expect([1, 0.999_999_9, 0.999, 0].map(percentDown)).toEqual([
    "100.000 %",
    "99.999 %",
    "99.900 %",
    "0.000 %",
  ]);
  expect([0, 0.000_000_1, 0.001].map(percentUp)).toEqual(["0.000 %", "0.001 %", "0.100 %"]);
});

test("a table is Markdown, aligned", () => {
  const columns = [{ title: "module", width: 8 }, { title: "time" }];
  expect(tableHead(columns) + tableRow(columns, [words("m"), words("1 s")])).toBe(
    "| module   | time |\n| -------- | ---: |\n| m        |  1 s |\n",
  );
});

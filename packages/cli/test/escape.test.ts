import * as fc from "fast-check";
import { expect, test } from "vitest";
import { escapeJson, escapeText } from "../src/report/escape.ts";
import { hostileText } from "./samples/arbitrary.ts";

test.each([
  ["\x1b[31mred", "\\x1b[31mred"],
  ["\u202Eevil", "\\u202eevil"],
  ["a\tb\r\n", "a\\tb\\r\\n"],
  ["\u009b", "\\u009b"],
  ["\u{e0041}", "\\U000e0041"],
  ["\ud800x", "\\ud800x"],
  ["zero\u200bwidth", "zero\\u200bwidth"],
  ["naïve 日本語 😀", "naïve 日本語 😀"],
])("%j is shown as %j", (text, shown) => {
  expect(escapeText(text)).toBe(shown);
});

test("escaping twice changes nothing more", () => {
  fc.assert(fc.property(hostileText, (text) => escapeText(escapeText(text)) === escapeText(text)));
});

test("JSON with escapes is the same JSON", () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const value: unknown = JSON.parse(escapeJson({ [text]: [text] }));
      expect(value).toEqual({ [text]: [text] });
    }),
  );
});

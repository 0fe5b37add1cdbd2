/** The list of alerts that were read is one, and mistakes in one are said. */
import { expect, test } from "vitest";
import { readReviewed, readReviewedFile, reviewedHead } from "./reviewed.mjs";

test("the committed list", () => {
  expect(readReviewedFile()).toBeInstanceOf(Array);
});

test("a line for the alerts of a rule on a pair", () => {
  expect(
    readReviewed(`${reviewedHead}\nexample.test/a\tv1.0.0\tv1.1.0\tsome-rule\tfair\tit runs git\n`),
  ).toEqual([
    {
      module: "example.test/a",
      old: "v1.0.0",
      new: "v1.1.0",
      rule: "some-rule",
      said: "fair",
      why: "it runs git",
    },
  ]);
});

test.each([
  ["", "begin with"],
  [`${reviewedHead}\na\tv1\tv2\tr\tmaybe\tx`, "six fields"],
  [`${reviewedHead}\na\tv1\tv2\tr\tfair`, "six fields"],
  [`${reviewedHead}\na\tv1\tv2\tr\tfair\tx\na\tv1\tv2\tr\tunfair\ty`, "two lines"],
])("%j is refused", (text, why) => {
  expect(() => readReviewed(text)).toThrow(why);
});

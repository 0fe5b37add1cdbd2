import { expect, test } from "vitest";
import { parseFixture } from "./fixture.ts";
import { parseVerdictWant } from "./verdict-want.ts";

test("the lines of WANT", () => {
  expect(parseVerdictWant("# list host\ntier block\nin (*DB).Open\nword 192.0.2.7:443\n")).toEqual({
    bound: "exactly",
    tier: "block",
    in: ["(*DB).Open"],
    words: ["192.0.2.7:443"],
  });
  expect(parseVerdictWant("tier at-most inform")).toEqual({
    bound: "at-most",
    tier: "inform",
    in: [],
    words: [],
  });
});

test.each(["", "in Open", "tier block\ntier review", "tier bad", "tier block\nat Open"])(
  "%j is refused",
  (text) => {
    expect(() => parseVerdictWant(text)).toThrow();
  },
);

const fixture =
  "What it shows.\n-- old/a.go --\n-- new/a.go --\n-- OPTIONS --\nmode=versions\n-- WANT --\ntier clear\n";

test("a fixture", () => {
  expect(parseFixture("a", fixture)).toMatchObject({
    idea: "What it shows.",
    mode: "versions",
    tests: false,
  });
});

test.each([
  ["What it shows.\n", "comment on top"],
  ["mode=versions", "mode="],
  ["-- old/a.go --\n", "old/"],
  ["-- new/a.go --\n", "new/"],
  ["-- WANT --\ntier clear\n", "WANT"],
])("without %j it is refused", (part, why) => {
  expect(() => parseFixture("a", fixture.replace(part, ""))).toThrow(why);
});

test("with a file elsewhere it is refused", () => {
  expect(() => parseFixture("a", fixture.replace("new/a.go --", "new/a.go --\n-- b.go --"))).toThrow(
    "every file",
  );
});

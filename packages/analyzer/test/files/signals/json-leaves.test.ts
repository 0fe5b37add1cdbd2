import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { jsonLeaves } from "../../../src/files/signals/json-leaves.ts";

const leaves = (text: string) => [...jsonLeaves(text)].map(({ path, value }) => [path.join("/"), value]);

/** What a value holds, by the way that leads there. */
function expected(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return [[path.join("/"), String(value)]];
  return Object.entries(value).flatMap(([key, one]) => expected(one, [...path, key]));
}

describe("the leaves of a JSON text", () => {
  test("are those of the value that it means", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), (text) => {
        // Objects that JSON.parse makes list keys that are numbers first.
        const sorted = (list: string[][]) => list.map((one) => one.join(" ")).sort();
        expect(sorted(leaves(text))).toEqual(sorted(expected(JSON.parse(text))));
      }),
    );
  });

  test("stand where they are said to be", () => {
    const text = '{ "a": [1, "b"] }';
    expect([...jsonLeaves(text)].map(({ offset }) => text.slice(offset, offset + 3))).toEqual(["1, ", '"b"']);
  });

  test.each<[string, string, string[][]]>([
    ["comments", '{ // x\n"a": /* "b" */ 1 }', [["a", "1"]]],
    [
      "a comma too many",
      '{ "a": [1, 2,], }',
      [
        ["a/0", "1"],
        ["a/1", "2"],
      ],
    ],
    [
      "commas too few",
      '{ "a": 1 "b": [2 3] }',
      [
        ["a", "1"],
        ["b/0", "2"],
        ["b/1", "3"],
      ],
    ],
    ["escapes", '{ "\\u0061\\n": "\\"\\/" }', [["a\n", '"/']]],
    [
      "a string that does not end",
      '{ "a": "b\n, "c": 1 }',
      [
        ["a", "b"],
        ["c", "1"],
      ],
    ],
    ["brackets too many", '] } { "a": 1 } ]', [["a", "1"]]],
    ["nothing", "", []],
    ["what is too deep", `${"[".repeat(33)}1`, []],
  ])("%s", (_, text, found) => expect(leaves(text)).toEqual(found));
});

import { describe, expect, test } from "vitest";
import { embeddedFiles, embedPatterns } from "../../src/files/embed.ts";

test.each<[string, string[]]>([
  ["a b", ["a", "b"]],
  ['"a b" c', ["a b", "c"]],
  ["`a b` `c`", ["a b", "c"]],
  ['"a\\"b"', ['a\\"b']],
  ["  a\tb ", ["a", "b"]],
  ["", []],
])("the patterns of %j", (text, patterns) => expect(embedPatterns(text)).toEqual(patterns));

const files = [
  "a.txt",
  "b.txt",
  "d/e",
  "d/.f",
  "d/g/h",
  "d/g/_i",
  "dd/j",
  "p/a.txt",
  "p/q/k",
  "*x",
  "é.txt",
  "p/[z]",
];

describe("the files of a pattern", () => {
  test.each<[string, string, string[]]>([
    ["a.txt", "", ["a.txt"]],
    ["*.txt", "", ["a.txt", "b.txt", "é.txt"]],
    ["?.txt", "", ["a.txt", "b.txt", "é.txt"]],
    ["??.txt", "", []],
    ["[ab].txt", "", ["a.txt", "b.txt"]],
    ["[^a].txt", "", ["b.txt", "é.txt"]],
    ["[a-a].txt", "", ["a.txt"]],
    ["[b-z].txt", "", ["b.txt"]],
    ["[\\a].txt", "", ["a.txt"]],
    ["\\*x", "", ["*x"]],
    ["\\a.txt", "", ["a.txt"]],
    ["d", "", ["d/e", "d/g/h"]],
    ["all:d", "", ["d/e", "d/.f", "d/g/h", "d/g/_i"]],
    ["d/*", "", ["d/e", "d/.f", "d/g/h"]],
    ["d*", "", ["d/e", "d/g/h", "dd/j"]],
    ["*/*", "", ["d/e", "d/.f", "d/g/h", "dd/j", "p/a.txt", "p/q/k", "p/[z]"]],
    [".", "p", ["p/a.txt", "p/q/k", "p/[z]"]],
    ["a.txt", "p", ["p/a.txt"]],
    ["*", "p/q", ["p/q/k"]],
    ["*t*t*", "", ["a.txt", "b.txt", "é.txt"]],
    ["**.t**", "", ["a.txt", "b.txt", "é.txt"]],
    ["a*b", "", []],
    ["../a.txt", "p", []],
    ["p/\\[z\\]", "", ["p/[z]"]],
    ["[", "", []],
  ])("%s in %j", (pattern, directory, taken) => {
    expect(embeddedFiles(pattern, directory, files)).toEqual(taken);
  });

  test("a pattern of many stars takes no longer than its length", () => {
    const start = performance.now();
    expect(embeddedFiles(`${"*a".repeat(2000)}b`, "", ["a".repeat(5000)])).toEqual([]);
    expect(performance.now() - start).toBeLessThan(3000);
  });
});

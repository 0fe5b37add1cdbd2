import { describe, expect, test } from "vitest";
import { likelyOriginals } from "../src/index.ts";

const known = [
  "github.com/boltdb/bolt",
  "github.com/other/bolt",
  "github.com/json-iterator/go",
  "github.com/google/uuid",
];

function near(path: string): readonly string[] {
  return likelyOriginals(path, known).map((one) => one.path);
}

describe("a path is near", () => {
  test.each([
    ["a letter in the owner", "github.com/boltdbb/bolt", ["github.com/boltdb/bolt", "github.com/other/bolt"]],
    [
      "another owner: the more used first",
      "github.com/evil/bolt",
      ["github.com/boltdb/bolt", "github.com/other/bolt"],
    ],
    ["an affix", "github.com/evil/bolt-go", ["github.com/boltdb/bolt", "github.com/other/bolt"]],
    ["another major version", "github.com/evil/uuid/v5", ["github.com/google/uuid"]],
  ])("%s", (_, path, found) => {
    expect(near(path)).toEqual(found);
  });

  test.each([
    ["one of them itself", "github.com/google/uuid/v2"],
    ["another name", "github.com/evil/parser"],
    ["nothing but an affix, as one of them has", "example.test/.."],
    ["nothing", ""],
    ["very long", `github.com/${"a/".repeat(20_000)}bolt${"x".repeat(20_000)}`],
  ])("not: %s", (_, path) => {
    expect(near(path)).toEqual([]);
  });
});

import { describe, expect, test } from "vitest";
import { likelyOriginals, lookalikeOf } from "../src/index.ts";

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

describe("a path may be taken for", () => {
  const wellKnown = [
    "github.com/boltdb/bolt",
    "gopkg.in/square.v2",
    "golang.org/x/crypto",
    "github.com/kr/pretty",
  ];

  test.each([
    ["github.com/bolltdb/bolt", "github.com/boltdb/bolt"],
    ["github.com/bolt-db/bolt/v2", "github.com/boltdb/bolt"],
    ["gopkg.in/sqaure.v3", "gopkg.in/square.v2"],
    ["golang.com/x/crypto", undefined],
    ["golang.orq/x/crypto", "golang.org/x/crypto"],
    ["github.com/boltdb/bolts", undefined],
    ["github.com/etcd-io/bolt", undefined],
    ["github.com/kt/pretty", undefined],
    ["github.com/BoltDB/bolt/v3", undefined],
    ["github.com", undefined],
    ["", undefined],
    [`github.com/${"a".repeat(100_000)}/bolt`, undefined],
  ])("%s", (path, original) => {
    expect(lookalikeOf(path, wellKnown)).toBe(original);
  });
});

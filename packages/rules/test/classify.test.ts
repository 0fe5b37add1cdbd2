import { describe, expect, it } from "vitest";
import { digest } from "../src/digest.ts";
import { classify, loadTable, namesBringing } from "../src/index.ts";

const entries = [
  {
    path: "example.test/m",
    capability: "NETWORK",
    functions: [
      { capability: ["FILES/READ", "FILES/WRITE"], names: ["Open", "(*T).Sync"] },
      { capability: "SAFE", names: ["(T).*"] },
    ],
  },
  { path: "example.test/m/...", capability: "UNANALYZED" },
  { path: "example.test/m/inner/...", capability: "EXEC" },
];

const table = loadTable(entries);

describe("classify", () => {
  const cases = {
    "example.test/m Open": { capabilities: ["FILES/READ", "FILES/WRITE"], by: "name" },
    "example.test/m (*T).Sync": { capabilities: ["FILES/READ", "FILES/WRITE"], by: "name" },
    "example.test/m (T).Name": { capabilities: [], by: "type" },
    "example.test/m (*T).Close": { capabilities: [], by: "type" },
    "example.test/m (Tx).Close": { capabilities: ["NETWORK"], by: "package" },
    "example.test/m Other": { capabilities: ["NETWORK"], by: "package" },
    "example.test/m/a/b F": { capabilities: ["UNANALYZED"], by: "package" },
    "example.test/m/inner/a F": { capabilities: ["EXEC"], by: "package" },
    "example.test/mm F": undefined,
    "example.test F": undefined,
  };
  it.each(Object.entries(cases))("%s", (use, expected) => {
    const [importPath = "", name = ""] = use.split(" ");
    expect(classify(table, importPath, name)).toEqual(expected);
  });
});

describe("digest", () => {
  it("is FNV-1a of 64 bits", () => {
    expect(digest("")).toBe("cbf29ce484222325");
    expect(digest("a")).toBe("af63dc4c8601ec8c");
    expect(digest("foobar")).toBe("85944171f73967e8");
  });
});

describe("namesBringing", () => {
  it.each([
    ["FILES/WRITE", ["example.test/m.Open", "(*example.test/m.T).Sync"]],
    ["FILES", ["example.test/m.Open", "(*example.test/m.T).Sync"]],
    ["FILE", []],
    ["NETWORK", ["example.test/m.*"]],
    ["NETWORK/DIAL", []],
    ["SAFE", ["(example.test/m.T).*"]],
  ])("%s", (capability, names) => {
    expect(namesBringing(entries, capability)).toEqual(names);
  });
});

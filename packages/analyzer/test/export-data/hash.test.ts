import { describe, expect, test } from "vitest";
import { createBuilds } from "../../src/constraints/index.ts";
import { type ExportData, exportHash, type HashedPackage } from "../../src/export-data/index.ts";
import { exportText, parsePackages } from "./go-packages.ts";

const lib = `package lib

import "other"

const Limit = 10

type Client struct {
	other.Base
	state state
}

type state struct{ count int }

type unused struct{ count int }

func (s state) advance(by int) state { return s }

func Dial(address string) (*Client, error) { return dial(address) }

func dial(address string) (*Client, error) { return nil, nil }
`;

const other = "package other\n\ntype Base struct{ inner }\n\ntype inner struct{ N int }\n";

/** A package by itself. */
function hashed(exports: string): HashedPackage {
  const { path, packages } = JSON.parse(exports) as ExportData;
  return { path, exports, mentions: packages };
}

/** The deep hash of `lib`; without a digest, so that a failure shows what differs. */
function hashOf(libText: string, otherText = other): string {
  const builds = createBuilds();
  const packages = parsePackages(builds, [
    { name: "lib/lib.go", content: libText },
    { name: "other/other.go", content: otherText },
  ]);
  const deepHashOf = (path: string): string | undefined => {
    if (!packages.has(path)) return undefined;
    return exportHash([hashed(exportText(builds, packages, path))], { deepHashOf, digest: (text) => text });
  };
  return deepHashOf("lib") ?? "";
}

describe("what importers cannot learn does not change the hash", () => {
  test.each([
    ["a comment", "const Limit", "// Limit is how much.\nconst Limit"],
    ["a private function", "func dial(", "func more() {}\n\nfunc dial("],
    ["a body", "return dial(address)", "panic(address)"],
    ["how a constant is written", "Limit = 10", "Limit = 5 * 2"],
    ["a private type that nothing leads to", "type unused struct{ count int }", ""],
    ["a variable and an import that are private", "type unused", "var hidden other.Base\n\ntype unused"],
    ["the order of declarations", lib.slice(lib.indexOf("const"), lib.indexOf("type Client")), ""],
  ])("%s", (what, before, after) => {
    expect(lib).toContain(before);
    const moved = what === "the order of declarations" ? `\n${before}` : "";
    expect(hashOf(lib.replace(before, after) + moved)).toBe(hashOf(lib));
  });
});

describe("what importers can learn changes the hash", () => {
  test.each([
    ["the value of a constant", "Limit = 10", "Limit = 11"],
    ["the type of a constant", "Limit = 10", "Limit int = 10"],
    ["an exported name", "func Dial(", "func More() {}\n\nfunc Dial("],
    [
      "the type of a private field of a private type",
      "state struct{ count int }",
      "state struct{ count uint }",
    ],
    ["a private method", "advance(by int)", "advance(by uint)"],
    ["the name of a parameter", "Dial(address", "Dial(host"],
    ["what is embedded", "\tother.Base\n", "\t*other.Base\n"],
    ["the name of the package", "package lib", "package main"],
  ])("%s", (_, before, after) => {
    expect(lib).toContain(before);
    expect(hashOf(lib.replace(before, after))).not.toBe(hashOf(lib));
  });

  test("what is private in an import, and whether it can be had", () => {
    expect(hashOf(lib, other.replace("N int", "N uint"))).not.toBe(hashOf(lib));
    expect(hashOf(lib, other.replace("N int", "N int /* n */"))).toBe(hashOf(lib));
    const lone = { path: "p", exports: "{}", mentions: ["q"] };
    const withImport = (hash: string | undefined) =>
      exportHash([lone], { deepHashOf: () => hash, digest: (text) => text });
    expect(new Set([withImport(undefined), withImport("null"), withImport("")]).size).toBe(3);
  });
});

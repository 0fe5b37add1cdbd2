import fc from "fast-check";
import { expect, test } from "vitest";
import {
  escapePath,
  escapeVersion,
  filePathProblem,
  matchesPatternList,
  modulePathProblem,
  moduleVersionProblem,
  unescapePath,
  unescapeVersion,
} from "../src/index.ts";
import { printable } from "../src/printable.ts";
import { foldCase } from "../src/zip-names.ts";

/** Checked against Go: which of these versions fit the path; an empty list means that the path is not valid. */
const VERSIONS = ["v0.1.0", "v1.0.0", "v2.0.0", "v2.0.0+incompatible", "v0.0.0-20200101000000-abcdefabcdef"];
const MODULE_PATHS: Record<string, string> = {
  "example.com/a": "11011",
  "example.com": "11011",
  "example.com/v": "11011",
  "example.com/x.v2": "11011",
  "example.com/v2": "00110",
  "example.com/v10": "00000",
  "gopkg.in/yaml.v2": "00110",
  "gopkg.in/yaml.v0": "10001",
  "gopkg.in/yaml.v2-unstable": "00110",
  "example.com/-a": "11011",
  "example.com/com10": "11011",
  "example.com/a~b": "11011",
};
const BAD_MODULE_PATHS = [
  "",
  "a",
  "a/b",
  "example.com/v1",
  "example.com/v0",
  "example.com/v02",
  "example.com/v2.0",
  "example.com/x/v2.",
  "gopkg.in/yaml",
  "gopkg.in/yaml.v02",
  "gopkg.in/yaml.v0-unstable",
  "Example.com/a",
  "-example.com/a",
  "exa_mple.com/a",
  "example.com/.a",
  "example.com/a.",
  "example.com/..",
  "example.com//a",
  "example.com/a/",
  "/example.com/a",
  "example.com/con",
  "example.com/CON.txt",
  "example.com/a~1",
  "example.com/a~1.go",
  "example.com/a b",
  "example.com/a+b",
  "example.com/\u00fc",
  "example.com/a@b",
  "example.com/\ud800",
];

test("accepts the module paths that Go accepts, and ties them to major versions", () => {
  for (const [path, fits] of Object.entries(MODULE_PATHS)) {
    expect([path, modulePathProblem(path)]).toEqual([path, undefined]);
    const found = VERSIONS.map((version) =>
      moduleVersionProblem(path, version) === undefined ? "1" : "0",
    ).join("");
    expect([path, found]).toEqual([path, fits]);
  }
  for (const path of BAD_MODULE_PATHS)
    expect([path, modulePathProblem(path) === undefined]).toEqual([path, false]);
});

test("accepts the file names that Go accepts", () => {
  for (const name of [
    "a.go",
    "a b.go",
    "nulx",
    ".a",
    "\u00fc.go",
    "\u6587",
    "a~1",
    "[x]",
    "-a",
    "a,b",
    "#!$%&()+=@^{}",
  ]) {
    expect([name, filePathProblem(name)]).toEqual([name, undefined]);
  }
  const bad = [
    'a"b',
    "a:b",
    "a\\b",
    "nul",
    "NUL.go",
    "a/../b",
    ".",
    "..",
    "a.",
    "a\u0301",
    "\u00bd",
    "\u{1f600}",
    "a\tb",
    "a|b",
    "a?b",
    "a*b",
    "a'b",
    "a`b",
    "x;y",
  ];
  for (const name of bad) expect([name, filePathProblem(name) === undefined]).toEqual([name, false]);
});

test("escapes upper case with an exclamation mark, and back", () => {
  expect(escapePath("github.com/BurntSushi/toml")).toBe("github.com/!burnt!sushi/toml");
  expect(escapeVersion("v1.0.0-RC1+incompatible")).toBe("v1.0.0-!r!c1+incompatible");
  expect(unescapePath("github.com/Burnt")).toBeUndefined();
  expect(unescapePath("github.com/!")).toBeUndefined();
  expect(unescapePath("github.com/!1")).toBeUndefined();
  expect(() => escapePath("github.com/../x")).toThrow(/malformed module path/u);
  for (const version of ["v1/2", "..", "a!b", "a\nb", "\u00fc", ""])
    expect(() => escapeVersion(version)).toThrow(/malformed version/u);
});

const element = fc.stringMatching(/^[A-Za-z0-9_-]{1,8}$/u);

test("escaping is reversible and free of case", () => {
  fc.assert(
    fc.property(fc.array(element, { maxLength: 3 }), element, (elements, version) => {
      const path = ["example.com", ...elements].join("/");
      fc.pre(modulePathProblem(path) === undefined);
      expect(escapePath(path)).toBe(escapePath(path).toLowerCase());
      expect(unescapePath(escapePath(path))).toBe(path);
      fc.pre(!/^(?:con|prn|aux|nul)$/iu.test(version));
      expect(unescapeVersion(escapeVersion(version))).toBe(version);
    }),
  );
});

test("globs match leading path elements as in GOPRIVATE", () => {
  const cases: [string, string, boolean][] = [
    ["a.com", "a.com/b", true],
    ["*.a.com", "x.a.com/b", true],
    ["*.a.com", "a.com", false],
    ["a.com/b", "a.com/b/c", true],
    ["a.com/b/", "a.com/b/c", true],
    ["a.com/b", "a.com", false],
    ["a.com/b*", "a.com/bcd/e", true],
    ["[a-c].com", "b.com", true],
    ["[^a-c].com", "b.com", false],
    ["[", "b.com", false],
    [",,a.com", "a.com", true],
    ["?.com", "b.com", true],
    ["a\\*.com", "a*.com", true],
    ["*", "x.y/z", true],
    ["*/*", "x.y", false],
    ["none", "x.y", false],
    ["a*c*e.com", "abcde.com", true],
    ["[]a].com", "a.com", false],
    ["[a-].com", "a.com", false],
    ["[-a].com", "a.com", false],
  ];
  for (const [globs, path, expected] of cases)
    expect([globs, path, matchesPatternList(globs, path)]).toEqual([globs, path, expected]);
  const start = performance.now();
  matchesPatternList("*a".repeat(500), "a".repeat(5000));
  expect(performance.now() - start).toBeLessThan(2000);
});

test("case folding is simple folding: one character for one", () => {
  expect(foldCase("ReadMe")).toBe(foldCase("README"));
  expect(foldCase("\u212a")).toBe("k");
  expect(foldCase("\u017f")).toBe("s");
  expect(foldCase("\u1e9e")).toBe(foldCase("\u00df"));
  expect(foldCase("\u00df")).not.toBe(foldCase("ss"));
  expect(foldCase("\u0131")).not.toBe(foldCase("i"));
  expect(foldCase("\u03c2")).toBe(foldCase("\u03a3"));
});

test("what is printed cannot steer a terminal", () => {
  expect(printable("a\u001b[31m\u202eb\u0000")).toBe("a\\u{1b}[31m\\u{202e}b\\u{0}");
  expect(printable("x".repeat(1000)).length).toBeLessThan(400);
});

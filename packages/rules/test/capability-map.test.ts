import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { builtInMap, capabilityMap, parseUserMap } from "../src/index.ts";

const mapOf = (texts: readonly string[], builtIn = true) =>
  capabilityMap({
    userMaps: texts.map((text, index) => parseUserMap(text, `${index}.cm`).map),
    builtIn,
  });

/** What is decided, as words: `?` if nothing is. */
const decided = (map: ReturnType<typeof mapOf>, path: string, name: string) => {
  const found = map.decision(path, name);
  if (found === undefined) return "?";
  return found.length === 0 ? "SAFE" : found.join(" ");
};

describe("which word counts", () => {
  const func = "func os.Remove OWN/FUNC";
  const unanalyzed = "unanalyzed os.Remove";
  const suffix = "cgo_suffix emove";
  const ofPackage = "package os OWN/PACKAGE";

  it.each([
    [[ofPackage, suffix, unanalyzed, func], "OWN/FUNC"],
    [[ofPackage, suffix, unanalyzed], "UNANALYZED"],
    [[ofPackage, suffix], "CGO"],
    [[ofPackage], "OWN/PACKAGE"],
    [[], "FILES/WRITE"],
    [["func os.Remove UNSPECIFIED", ofPackage, unanalyzed], "?"],
    [["package os UNSPECIFIED"], "?"],
    [["package os SAFE"], "SAFE"],
    [["package os SAFE", "package os EXEC"], "EXEC"],
    [["func os.Removed EXEC", "package o EXEC", "package os/exec EXEC"], "FILES/WRITE"],
  ])("of %j: %s", (lines, expected) => {
    // In one map each, and in any order.
    expect(decided(mapOf(lines), "os", "Remove")).toBe(expected);
    const sorted = [...new Map(lines.map((line) => [line.split(" ", 2).join(" "), line])).values()];
    expect(decided(mapOf([sorted.reverse().join("\n")]), "os", "Remove")).toBe(expected);
  });

  it("without the built-in map is a user's alone", () => {
    expect(decided(mapOf([], false), "os", "Remove")).toBe("?");
    expect(decided(mapOf([], false), "os", "Args")).toBe("?");
    expect(decided(mapOf([func], false), "os", "Remove")).toBe("OWN/FUNC");
  });

  it("of a user is always before the built-in one's", () => {
    const standard = fc.constantFrom(
      ["os", "Remove"],
      ["net", "Dial"],
      ["net", "(*Dialer).Dial"],
      ["fmt", "Sprint"],
      ["net/http", "Get"],
    );
    const word = fc.constantFrom("SAFE", "OWN/X", "EXEC");
    const property = fc.property(
      standard,
      word,
      fc.boolean(),
      ([path = "", name = ""], capability, whole) => {
        const id = name.replace(/^(\(\*)?/, `$1${path}.`);
        const map = mapOf([whole ? `package ${path} ${capability}` : `func ${id} ${capability}`]);
        expect(decided(map, path, name)).toBe(capability);
      },
    );
    fc.assert(property, { numRuns: 60 });
  });
});

describe("variables", () => {
  it("have a line of their own, or that of the package if the built-in map lists them", () => {
    const inPackage = mapOf(["package os OWN/X"]);
    expect(decided(inPackage, "os", "Args")).toBe("OWN/X");
    expect(decided(inPackage, "os", "Stdout")).toBe("SAFE");
    const named = mapOf(["func os.Args SAFE\nfunc os.Stdout OWN/X\nunanalyzed os.Stderr\npackage os EXEC"]);
    expect(decided(named, "os", "Args")).toBe("SAFE");
    expect(decided(named, "os", "Stdout")).toBe("OWN/X");
    expect(decided(named, "os", "Stderr")).toBe("UNANALYZED");
    expect(decided(named, "os", "Stdin")).toBe("SAFE");
  });
});

describe("functions of the analysed module", () => {
  it("have what users state, and nothing of the built-in map", () => {
    const map = mapOf(["package a OWN/X\nfunc os.Remove SAFE"]);
    expect(map.statedDecision("a", "F")).toEqual(["OWN/X"]);
    expect(map.statedDecision("os", "Remove")).toEqual([]);
    expect(map.statedDecision("os", "Rename")).toBeUndefined();
    expect(builtInMap.statedDecision("os", "Remove")).toBeUndefined();
  });

  it("take the line of init for initialisers of variables, unless they have one", () => {
    const map = mapOf(["func a.init SAFE\nfunc a.init:y EXEC\npackage a OWN/X"]);
    expect(map.statedDecision("a", "init")).toEqual([]);
    expect(map.statedDecision("a", "init:x")).toEqual([]);
    expect(map.statedDecision("a", "init:y")).toEqual(["EXEC"]);
    expect(map.statedDecision("a", "init#1")).toBeUndefined();
  });

  it("have nothing of their package's line where importing runs them, unless that is SAFE", () => {
    const initial = ["init", "init#1", "init:x"];
    const of = (text: string) => initial.map((name) => mapOf([text]).statedDecision("a", name));
    expect(of("package a OWN/X")).toEqual([undefined, undefined, undefined]);
    expect(of("package a SAFE")).toEqual([[], [], []]);
    expect(mapOf(["package a OWN/X"]).statedDecision("a", "initial")).toEqual(["OWN/X"]);
    expect(mapOf(["func a.init OWN/X"]).statedDecision("a", "init")).toEqual(["OWN/X"]);
  });
});

it("a function that is UNSPECIFIED is not told by its package's rule for what only its body can name", () => {
  const map = mapOf(["func os.Expand UNSPECIFIED"]);
  const names = ["Expand", "Expand$1", "getShellName", "(*File).name", "(*dirInfo).Close", "Getpagesize"];
  expect(names.map((name) => decided(map, "os", name))).toEqual([
    "?",
    "?",
    "?",
    "?",
    "OPERATING_SYSTEM",
    decided(builtInMap, "os", "Getpagesize"),
  ]);
  expect(decided(map, "net", "dial")).toBe("NETWORK");
  expect(decided(builtInMap, "os", "getShellName")).toBe("OPERATING_SYSTEM");
});

describe("a package is decided", () => {
  it.each([
    ["by the built-in map", "", "os", true],
    ["by a user's line", "package a EXEC", "a", true],
    ["by a line that is not about it", "package a EXEC", "a/b", false],
    ["not, if its line is UNSPECIFIED", "package os UNSPECIFIED", "os", false],
    ["not, if a function of it is UNSPECIFIED", "package a SAFE\nfunc a.F UNSPECIFIED", "a", false],
    ["not, if a method of it is UNSPECIFIED", "func (*os.File).Read UNSPECIFIED", "os", false],
    ["though a function of another is UNSPECIFIED", "func os/exec.F UNSPECIFIED", "os", true],
  ])("%s", (_, text, path, expected) => {
    expect(mapOf([text]).decidesPackage(path)).toBe(expected);
  });

  it("not without the built-in map", () => {
    expect(mapOf([], false).decidesPackage("os")).toBe(false);
  });
});

describe("edges", () => {
  it("are ignored as they are named, and not the other way round", () => {
    const map = mapOf(["ignore_edge a.F b.G\nignore_edge a.F b.H"]);
    expect(map.ignoresEdge("a.F", "b.G")).toBe(true);
    expect(map.ignoresEdge("a.F", "b.H")).toBe(true);
    expect(map.ignoresEdge("b.G", "a.F")).toBe(false);
    expect(map.ignoresEdge("a.F", "b.I")).toBe(false);
    expect(builtInMap.ignoresEdge("a.F", "b.G")).toBe(false);
  });
});

it("a capability that is not known is told, with its place; first parts are known", () => {
  const { diagnostics } = mapOf([
    "func a.F EXEC\npackage a NETWORK\nfunc a.G READ_SYSTEM_STATE\nfunc a.S SAFE\nfunc a.U UNSPECIFIED",
    "package é OWN\nfunc a.H EXEC/MORE",
  ]);
  const place = (line: number, column: number, endColumn: number) => ({
    range: { file: "1.cm", line, column, endLine: line, endColumn },
  });
  expect(diagnostics).toMatchObject([place(1, 12, 15), place(2, 10, 19)]);
  expect(diagnostics[0]).toMatchObject({ code: "map-unknown-capability", incomplete: false });
  expect(diagnostics[0]?.message).toBe('capdiff does not know "OWN", and takes it as it is');
});

it("lines are told with what they name", () => {
  const { lines } = mapOf([
    "func a.F SAFE\nunanalyzed a.G\nignore_edge a.F a.G",
    "package a SAFE\ncgo_suffix x",
  ]);
  expect(
    lines.map(({ kind, names, range }) => [kind, ...names, `${range.file}:${range.line}:${range.column}`]),
  ).toEqual([
    ["function", "a.F", "0.cm:1:6"],
    ["function", "a.G", "0.cm:2:12"],
    ["function", "a.F", "a.G", "0.cm:3:13"],
    ["package", "a", "1.cm:1:9"],
    ["suffix", "x", "1.cm:2:12"],
  ]);
});

it("a name with a line of its own is told from others", () => {
  const map = mapOf(["func (*a.T).M SAFE\nunanalyzed a.F\npackage a SAFE"]);
  expect(map.isNamed("a", "(*T).M")).toBe(true);
  expect(map.isNamed("a", "F")).toBe(true);
  expect(map.isNamed("a", "G")).toBe(false);
});

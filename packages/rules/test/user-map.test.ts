import { describe, expect, it } from "vitest";
import { parseUserMap } from "../src/index.ts";

const linesOf = (text: string) => {
  const { map, mistakes } = parseUserMap(text, "my.cm");
  expect(mistakes).toEqual([]);
  return map.lines;
};

describe("a user's map", () => {
  it("has a line of each kind, with the place of what it names", () => {
    const text = [
      "func (*a.T).M EXEC",
      "package a/b FILES/READ",
      "unanalyzed a.F",
      "ignore_edge a.F b.G",
      "cgo_suffix _x",
    ].join("\n");
    expect(linesOf(text)).toEqual([
      {
        kind: "func",
        name: "(*a.T).M",
        capabilities: ["EXEC"],
        line: 1,
        column: 6,
        endColumn: 14,
        capabilityColumn: 15,
        capabilityEndColumn: 19,
      },
      {
        kind: "package",
        name: "a/b",
        capabilities: ["FILES/READ"],
        line: 2,
        column: 9,
        endColumn: 12,
        capabilityColumn: 13,
        capabilityEndColumn: 23,
      },
      { kind: "unanalyzed", name: "a.F", line: 3, column: 12, endColumn: 15 },
      { kind: "ignore_edge", caller: "a.F", callee: "b.G", line: 4, column: 13, endColumn: 20 },
      { kind: "cgo_suffix", name: "_x", line: 5, column: 12, endColumn: 14 },
    ]);
  });

  it.each([
    ["SAFE", []],
    ["CAPABILITY_SAFE", []],
    ["UNSPECIFIED", undefined],
    ["CAPABILITY_UNSPECIFIED", undefined],
    ["CAPABILITY_EXEC", ["EXEC"]],
    ["MODIFY_SYSTEM_STATE/ENV", ["MODIFY_SYSTEM_STATE/ENV"]],
    ["my-own/x_1", ["my-own/x_1"]],
  ])("takes %s", (word, capabilities) => {
    expect(linesOf(`func a.F ${word}`)).toMatchObject([{ capabilities }]);
  });

  it("has comments, blank lines, any white space and both ends of lines", () => {
    const text =
      "# one\r\n\r\n \tfunc\u00a0a.F\u3000EXEC#two\r\n\nfunc a.init#12 SAFE # three\nfunc b.F EXEC";
    expect(linesOf(text)).toMatchObject([
      // Columns count bytes.
      { name: "a.F", line: 3, column: 9, capabilityColumn: 15 },
      { name: "a.init#12", line: 5, column: 6 },
      { name: "b.F", line: 6 },
    ]);
    expect(linesOf("")).toEqual([]);
  });

  it("names all instances of generic functions by one name", () => {
    const text =
      "func (*a.T[int]).M SAFE\nunanalyzed a.F[map[string][]int,b.T]\nignore_edge a.G[[2]T] a.F[x]\nfunc a.H] SAFE";
    expect(linesOf(text)).toMatchObject([
      { name: "(*a.T).M" },
      { name: "a.F" },
      { caller: "a.G", callee: "a.F" },
      { name: "a.H]" },
    ]);
  });

  it.each([
    ["foo a.F EXEC", 1, '"foo" is no keyword: there are func, package, unanalyzed, ignore_edge, cgo_suffix'],
    ["Func a.F EXEC", 1, /^"Func" is no keyword/],
    ["toString a.F", 1, /^"toString" is no keyword/],
    ["func", 5, "incomplete: the line must be func NAME CAPABILITY"],
    ["  func é.F # EXEC", 12, "incomplete: the line must be func NAME CAPABILITY"],
    ["package a", 10, "incomplete: the line must be package PATH CAPABILITY"],
    ["unanalyzed", 11, "incomplete: the line must be unanalyzed NAME"],
    ["ignore_edge a.F", 16, "incomplete: the line must be ignore_edge CALLER CALLEE"],
    ["cgo_suffix", 11, "incomplete: the line must be cgo_suffix SUFFIX"],
    ["func a.F EXEC NETWORK", 15, "a word too many: the line must be func NAME CAPABILITY"],
    ["unanalyzed a.F UNANALYZED", 16, "a word too many: the line must be unanalyzed NAME"],
    ["func é.F CAPABILITY_NOPE", 11, 'Capslock has no capability "CAPABILITY_NOPE"'],
    ["func a.F CAPABILITY_FILES/READ", 10, 'Capslock has no capability "CAPABILITY_FILES/READ"'],
    ["func a.F A/B/C", 10, '"A/B/C" is no name of a capability: these are A or A/B'],
    ["package a /B", 11, '"/B" is no name of a capability: these are A or A/B'],
    ["package a 7", 11, '"7" is no name of a capability: these are A or A/B'],
  ])("%s: is no line, from column %i", (text, column, message) => {
    const { map, mistakes } = parseUserMap(`func ok.F SAFE\n${text}`, "my.cm");
    const said: unknown = typeof message === "string" ? message : expect.stringMatching(message);
    expect(mistakes).toEqual([{ line: 2, column, message: said }]);
    expect(map.lines).toHaveLength(1);
  });

  it("has no line twice, but a function may be unanalyzed and have a line", () => {
    const text =
      "func a.F SAFE\nunanalyzed a.F\npackage a.F SAFE\nfunc a.F[int] EXEC\nfunc a.F SAFE\nignore_edge a b\nignore_edge b a\nignore_edge a b";
    expect(parseUserMap(text, "my.cm").mistakes).toEqual([
      { line: 4, column: 6, message: "this func is on line 1 already" },
      { line: 5, column: 6, message: "this func is on line 1 already" },
      { line: 8, column: 13, message: "this ignore_edge is on line 6 already" },
    ]);
  });
});

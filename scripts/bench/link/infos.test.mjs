/** Capslock's JSON is read as both programs print it, and says the same pairs. */
import { describe, expect, test } from "vitest";
import { capabilityInfos, pairsOf, withoutTypeArguments, witnessOf } from "./infos.mjs";

/** @param {string} text */
async function read(text) {
  const infos = [];
  for await (const info of capabilityInfos(text.split("\n"))) infos.push(info);
  return infos;
}

const first = {
  capabilityName: "EXEC",
  packageDir: "m",
  path: [{ name: "m.A" }, { name: "os/exec.Command" }],
};
const second = { capabilityName: "CGO", packageDir: "m", path: [{ name: "m.B" }] };

test("an element on one line, and one on several", async () => {
  const other = '{"path": "m", "version": "v1.0.0"}';
  const ours = `{\n  "capabilityInfo": [\n    ${JSON.stringify(first)},\n    ${JSON.stringify(second)}\n  ],\n  "moduleInfo": [\n    ${other}\n  ]\n}\n`;
  expect(await read(ours)).toEqual([first, second]);
  const theirs = JSON.stringify(
    { capabilityInfo: [first, second], moduleInfo: [JSON.parse(other)] },
    null,
    "\t",
  );
  expect(await read(theirs)).toEqual([first, second]);
});

test("none at all", async () => {
  expect(await read("{}")).toEqual([]);
  expect(await read('{\n  "capabilityInfo": [],\n  "moduleInfo": []\n}\n')).toEqual([]);
});

test("an element without an end is refused", async () => {
  await expect(read('{\n\t"capabilityInfo": [\n\t\t{\n\t\t\t"packageDir": "m"')).rejects.toThrow("no end");
});

/** @param {readonly string[]} names of the functions of a path */
function info(...names) {
  return { capabilityName: "EXEC", packageDir: "m", path: names.map((name) => ({ name })) };
}

test("pairs are of packages or of functions, each once, without what cgo generates", async () => {
  const infos = [
    info("m.A", "os/exec.Command"),
    info("m.A", "m.B", "os/exec.Command"),
    info("m.G[int]"),
    info("m.G[string]"),
    info("m._Cfunc_system", "m._cgo_runtime_cgocall"),
  ];
  expect([...(await pairsOf(infos, "package"))]).toEqual([["m\tEXEC", "m.A -> os/exec.Command"]]);
  expect([...(await pairsOf(infos, "function")).keys()]).toEqual(["m.A\tEXEC", "m.G\tEXEC"]);
});

test("what bodies that cgo generates bring is CGO alone, and closures beside C are their functions", async () => {
  const infos = [
    info("m.A", "m._Cfunc_malloc", "m._cgo_cmalloc"),
    { ...info("m.B$1$2", "m._Cfunc_free"), capabilityName: "CGO" },
    info("m.B$2", "os/exec.Command"),
    { ...info("n.C$1", "os/exec.Command"), packageDir: "n" },
  ];
  const pairs = await pairsOf(infos, "function");
  expect([...pairs.keys()]).toEqual(["m.B\tCGO", "m.B\tEXEC", "n.C$1\tEXEC"]);
});

describe("type arguments", () => {
  test.each([
    ["m.F", "m.F"],
    ["m.F[int]", "m.F"],
    ["(*m.T[m.U[int]]).M$1", "(*m.T).M$1"],
    ["m.F[map[string]int]$1", "m.F$1"],
  ])("of %s", (name, bare) => expect(withoutTypeArguments(name)).toBe(bare));
});

test("a long path is cut in the middle", () => {
  expect(witnessOf(info("a", "b", "c", "d", "e", "f"))).toBe("a -> b -> (2 more) -> e -> f");
  const placed = {
    ...info("a"),
    path: [{ name: "a" }, { name: "b", site: { filename: "a.go", line: "3" } }],
  };
  expect(witnessOf(placed)).toBe("a -> a.go:3 b");
});

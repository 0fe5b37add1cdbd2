/** Lines of references are read, restricted and compared as they mean. */
import { describe, expect, test } from "vitest";
import { compareLines, isStandard, packageOf, readLines, restrict } from "./lines.mjs";

const first = "a.go:1:2\tcall\tos.Exit";
const second = "b/b.go:10:20\tdyn\tfunc(string) error";
const cgo = "c.go:3:4\tref\t(*m.T).M";

test("a line has a place, a kind, a meaning, and perhaps builds", () => {
  const { lines, excluded } = readLines(`#excluded\tc.go\n${first}\n${second}\tlinux && cgo\n`);
  expect([...excluded]).toEqual(["c.go"]);
  expect(lines).toEqual([
    { text: first, file: "a.go", kind: "call", what: "os.Exit", builds: "" },
    { text: second, file: "b/b.go", kind: "dyn", what: "func(string) error", builds: "linux && cgo" },
  ]);
});

test("recall is the share of what is expected, precision the share of what is there", () => {
  const agreement = compareLines(readLines(`${first}\n${second}\n`), readLines(`${first}\n`));
  expect(agreement).toEqual({
    expected: 2,
    actual: 1,
    missing: [second],
    extra: [],
    recall: 0.5,
    precision: 1,
  });
  expect(compareLines(readLines(first), readLines(`${first}\n${second}`))).toMatchObject({
    extra: [second],
    recall: 1,
    precision: 0.5,
  });
});

test("nothing expected and nothing there agrees", () => {
  expect(compareLines(readLines(""), readLines(""))).toMatchObject({ recall: 1, precision: 1 });
});

test("files that one side excludes count on neither", () => {
  const expected = readLines(`#excluded\tc.go\n${first}\n`);
  expect(compareLines(expected, readLines(`${first}\n${cgo}\n`))).toMatchObject({ actual: 1, precision: 1 });
});

test("a selection counts on both sides", () => {
  const calls = compareLines(
    readLines(`${first}\n${second}\n`),
    readLines(`${first}\n${cgo}\n`),
    ({ kind }) => kind === "call",
  );
  expect(calls).toMatchObject({ expected: 1, actual: 1, recall: 1, precision: 1 });
});

test("restricted to a build, lines of other builds are left out", () => {
  const all = readLines(`${first}\n${second}\twindows\n`);
  expect(restrict(all, (builds) => builds === "windows").lines).toHaveLength(2);
  expect(restrict(all, () => false).lines.map(({ text }) => text)).toEqual([first]);
});

describe("the package of a function", () => {
  test.each([
    ["os.Exit", "os"],
    ["os/exec.Command", "os/exec"],
    ["(*os/exec.Cmd).Run", "os/exec"],
    ["(net.Conn).Close", "net"],
    ["(*sync/atomic.Pointer[T]).Load", "sync/atomic"],
    ["(example.test/g.Graph[N example.test/k.Key[int]]).Out", "example.test/g"],
    ["gopkg.in/yaml.v3.Marshal", "gopkg.in/yaml.v3"],
    ["(*gopkg.in/yaml.v3.Node).Decode", "gopkg.in/yaml.v3"],
    ["(error).Error", ""],
    ["(interface).Foo", ""],
  ])("%s is %j", (name, path) => expect(packageOf(name)).toBe(path));
});

test.each([
  ["os", true],
  ["net/http", true],
  ["example.test/m", false],
  ["", false],
])("%j is of the standard library: %s", (path, standard) => expect(isStandard(path)).toBe(standard));

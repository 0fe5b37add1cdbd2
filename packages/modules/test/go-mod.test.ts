import fc from "fast-check";
import { expect, test } from "vitest";
import { parseGoMod, parseGoWork } from "../src/index.ts";

test("reads every directive, on one line and in blocks", () => {
  const { value, diagnostics } = parseGoMod(
    `// Deprecated: use example.com/m/v2
// instead.
//
// More.
module example.com/m // trailing

go 1.24.1
toolchain go1.24.3
godebug default=go1.21
godebug (
	panicnil=1
)
require example.com/a v1.0.0 // indirect
require (
	"example.com/b" v1.2.3-pre // indirect; why
	\`example.com/c/v2\` v2.0.0 // not indirect
)
exclude example.com/a v1.0.1
replace (
	example.com/a => ../a
	example.com/b v1.2.3-pre => example.com/fork v1.0.0
)
retract v1.0.5 // broken
// all of these
retract (
	[v1.0.0, v1.0.4]
	// own words
	v1.1.0
)
tool example.com/a/cmd
ignore ./node_modules
`,
    "go.mod",
  );
  expect(diagnostics).toEqual([]);
  expect(value).toEqual({
    module: { path: "example.com/m", line: 5, deprecated: "use example.com/m/v2\ninstead." },
    go: { version: "1.24.1", line: 7 },
    toolchain: { name: "go1.24.3", line: 8 },
    godebug: [
      { key: "default", value: "go1.21", line: 9 },
      { key: "panicnil", value: "1", line: 11 },
    ],
    require: [
      { path: "example.com/a", version: "v1.0.0", indirect: true, line: 13 },
      { path: "example.com/b", version: "v1.2.3-pre", indirect: true, line: 15 },
      { path: "example.com/c/v2", version: "v2.0.0", indirect: false, line: 16 },
    ],
    exclude: [{ path: "example.com/a", version: "v1.0.1", line: 18 }],
    replace: [
      { old: { path: "example.com/a" }, replacement: { path: "../a" }, line: 20 },
      {
        old: { path: "example.com/b", version: "v1.2.3-pre" },
        replacement: { path: "example.com/fork", version: "v1.0.0" },
        line: 21,
      },
    ],
    retract: [
      { low: "v1.0.5", high: "v1.0.5", rationale: "broken", line: 23 },
      { low: "v1.0.0", high: "v1.0.4", rationale: "all of these", line: 26 },
      { low: "v1.1.0", high: "v1.1.0", rationale: "own words", line: 28 },
    ],
    tool: [{ path: "example.com/a/cmd", line: 30 }],
    ignore: [{ path: "./node_modules", line: 31 }],
  });
});

/** A line after a good module directive, the place and text of what is wrong with it. */
const WRONG: readonly [line: string, place: string, says: RegExp][] = [
  ["require example.com/a", "2:1", /usage: require/u],
  ["require example.com/a v1.0.0 v2", "2:1", /usage: require/u],
  ["require example.com/a 1.0", "2:1", /invalid version "1\.0"/u],
  ["require example.com/a v1", "2:1", /not canonical/u],
  ["require example.com/a v2.0.0", "2:1", /needs a module path that ends in \/v2/u],
  ["require example.com/v1 v1.0.0", "2:1", /malformed module path "example\.com\/v1"/u],
  ["module example.com/other", "2:1", /repeated module/u],
  ["go 1.x", "2:1", /invalid go version/u],
  ["go (\n1.2\n)", "3:1", /must not be in a block/u],
  ["toolchain gcc", "2:1", /invalid toolchain/u],
  ["godebug panicnil", "2:1", /usage: godebug/u],
  ["replace example.com/a ../a", "2:1", /usage: replace/u],
  ["replace example.com/a => example.com/b", "2:1", /must be a directory/u],
  ["replace example.com/a => ../b v1.0.0", "2:1", /cannot have a version/u],
  ["retract [v1.0.0 v1.1.0]", "2:1", /usage: retract/u],
  ["retract", "2:1", /usage: retract/u],
  ["frobnicate x", "2:1", /unknown directive "frobnicate"/u],
  ['  "unclosed', "2:3", /string is not closed/u],
  ["require `a\nb` v1", "2:9", /string is not closed/u],
  ["/* comment */", "2:1", /comments begin with \/\//u],
  ["require (", "2:1", /missing \)/u],
  [")", "2:1", /unexpected \)/u],
  ['tool "\\q"', "2:6", /invalid quoted string/u],
  ["tool \u0000", "2:6", /unexpected character/u],
];

test.each(WRONG)("%j is told with its place", (line, place, says) => {
  const { value, diagnostics } = parseGoMod(`module example.com/m\n${line}\n`, "go.mod");
  expect(value.module?.path).toBe("example.com/m");
  const first = diagnostics[0];
  expect([`${first?.line}:${first?.column}`, first?.file]).toEqual([place, "go.mod"]);
  expect(first?.message).toMatch(says);
});

test("of a dependency only what counts there is read, and the go directive generously", () => {
  const text = `module example.com/m
go v1.17.x
frobnicate x
replace example.com/a ../a
retract nonsense
require (
	example.com/a v1
	replaced v1.0.0
	example.com/b branch
)
`;
  const { value, diagnostics } = parseGoMod(text, "go.mod", "dependency");
  expect(value).toMatchObject({
    go: { version: "1.17", line: 2 },
    replace: [],
    require: [{ path: "example.com/a", version: "v1.0.0" }, { path: "replaced" }, { version: "branch" }],
  });
  expect(diagnostics.map(({ line, column, message }) => `${line}:${column} ${message}`)).toEqual([
    '9:2 invalid version "branch"',
  ]);
});

test("go.work is read like go.mod", () => {
  const { value, diagnostics } = parseGoWork(
    `go 1.23
toolchain go1.24.0
godebug default=go1.22
use ./a
use (
	"./b c"
	.
)
replace example.com/a => ./a
require example.com/a v1.0.0
use
`,
    "go.work",
  );
  expect(value).toEqual({
    go: { version: "1.23", line: 1 },
    toolchain: { name: "go1.24.0", line: 2 },
    godebug: [{ key: "default", value: "go1.22", line: 3 }],
    use: [
      { path: "./a", line: 4 },
      { path: "./b c", line: 6 },
      { path: ".", line: 7 },
    ],
    replace: [{ old: { path: "example.com/a" }, replacement: { path: "./a" }, line: 9 }],
  });
  expect(diagnostics.map(({ code, line, column }) => `${code} ${line}:${column}`)).toEqual([
    "go-work-unknown-directive 10:1",
    "go-work-directive 11:1",
  ]);
});

test("after a line of nonsense the rest is read", () => {
  const { value } = parseGoMod(
    'module example.com/m\n"\nrequire (\n\t%%% \u0001\n\texample.com/a v1.0.0\n)\ngo 1.20\n',
    "go.mod",
  );
  expect(value.require).toMatchObject([{ path: "example.com/a" }]);
  expect(value.go?.version).toBe("1.20");
});

test("Windows line ends and a byte order mark are no nonsense", () => {
  const { value, diagnostics } = parseGoMod(
    "\ufeffmodule example.com/m\r\n\r\nrequire (\r\n\texample.com/a v1.0.0 // indirect\r\n)\r\n",
    "go.mod",
  );
  expect(diagnostics).toEqual([]);
  expect(value.require).toMatchObject([{ indirect: true }]);
});

test("no text makes it throw, run long, or report without bound", () => {
  const piece = fc.oneof(
    fc.constantFrom("module ", "require (", ")", "\n", '"', "`", "//", "=>", "[", ",", "v1.0.0 ", "\\"),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const { diagnostics } = parseGoMod(pieces.join(""), "go.mod");
      expect(diagnostics.length).toBeLessThanOrEqual(102);
    }),
  );
  const start = performance.now();
  for (const text of [
    "(".repeat(1e6),
    '"\\'.repeat(5e5),
    "require (\n".repeat(1e5),
    "a ".repeat(5e5),
    "//\n".repeat(3e5),
    "module x // Deprecated: \n".repeat(5e4),
  ]) {
    expect(parseGoMod(text, "go.mod").diagnostics.length).toBeLessThanOrEqual(102);
  }
  expect(performance.now() - start).toBeLessThan(10_000);
});

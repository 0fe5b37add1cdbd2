/** `inspect types` on a module with two builds, a package that is missing, and the standard library. */
import { beforeAll, expect, test } from "vitest";
import { temporaryFolder, writeFiles } from "../../modules/test/temporary-folder.ts";
import { createEngine } from "../src/analysis.ts";
import { capabilityMap } from "./samples/capability-map.ts";
import { type Ran, runHere } from "./samples/environment.ts";

const files = {
  "go.mod": "module example.test/m\n\ngo 1.26\n",
  "m.go": `package m

import (
	"strings"

	"example.test/gone"
)

type List[T any] struct {
	head *node[T]
	Size int
}

type node[T any] struct {
	value T
	next  *node[T]
}

func (l *List[T]) Push(value T) { l.head, l.Size = &node[T]{value: value, next: l.head}, l.Size+1 }

const Page = 1 << shift

func Map[T, U any](l *List[T], f func(T) U) (all []U) {
	for at := l.head; at != nil; at = at.next {
		all = append(all, f(at.value))
	}
	return
}

var upper = Map(&List[string]{}, func(é string) int { return len(strings.ToUpper(é)) * Page })

var lost = gone.Do(1) + 1
`,
  "m_windows.go": "package m\n\nconst shift = 16\n\ntype handle struct{ fd uintptr }\n",
  "m_other.go": "//go:build !windows\n\npackage m\n\nconst shift = 12\n",
  "use_linux.go": "package m\n\nfunc use() { new(List[int]).Push(Page) }\n",
};

let folder = "";

beforeAll(async () => {
  folder = await writeFiles(files);
});

function runReal(...args: readonly string[]): Promise<Ran> {
  const tool = { name: "capdiff", version: "1.2.3", capabilityMap: "test", goRelease: "1.26" } as const;
  const cache = temporaryFolder();
  return runHere(["inspect", "types", folder, ...args], {
    loadEngine: async () => createEngine({ capabilityMap, tool, variables: { HOME: cache } }),
  });
}

/** `FILE:LINE:COL` of the text, in bytes. */
function placeOf(file: keyof typeof files, text: string): string {
  const before = files[file].split(text)[0] ?? "";
  const line = before.slice(before.lastIndexOf("\n") + 1);
  return `${file}:${before.split("\n").length}:${Buffer.byteLength(line) + 1}`;
}

const all = "all builds";

test.each<[string, keyof typeof files, string, readonly (readonly string[])[]]>([
  [
    "a method, and what it is called on",
    "use_linux.go",
    "Push(",
    [
      ["Push", "means", "method (*example.test/m.List[T]).Push", "linux"],
      ["Push", "type", "func(value int)", "linux"],
      ["new(List[int]).Push", "type", "func(value int)", "linux"],
      ["new(List[int]).Push(Page)", "type", "()", "linux"],
    ],
  ],
  [
    "a constant that differs between builds, where it is declared",
    "m.go",
    "Page = 1",
    [
      ["Page", "means", "constant", all],
      ["Page", "type", "untyped int", all],
      ["Page", "constant", "4096", "all but windows"],
      ["Page", "constant", "65536", "windows"],
    ],
  ],
  [
    "and where it is used, inside a closure",
    "m.go",
    "Page })",
    [
      ["Page", "means", "constant", all],
      ["Page", "type", "untyped int", all],
      ["Page", "constant", "4096", "all but windows"],
      ["Page", "constant", "65536", "windows"],
      ["len(strings.ToUpper(é)) * Page", "type", "int", all],
    ],
  ],
  [
    "a generic function, with what its call infers",
    "m.go",
    "Map(&",
    [
      ["Map", "means", "function example.test/m.Map", all],
      ["Map", "type", "func(l *example.test/m.List[string], f func(string) int) (all []int)", all],
      [
        "Map(&List[string]{}, func(é string) int { return len(strings.ToUpper(é)) * Page…",
        "type",
        "[]int",
        all,
      ],
    ],
  ],
  [
    "a parameter of a closure",
    "m.go",
    "é string",
    [
      ["é", "means", "local variable", all],
      ["é", "type", "string", all],
      ["func(é string) int { return len(strings.ToUpper(é)) * Page }", "type", "func(é string) int", all],
      [
        "Map(&List[string]{}, func(é string) int { return len(strings.ToUpper(é)) * Page…",
        "type",
        "[]int",
        all,
      ],
    ],
  ],
  [
    "a type, with its fields and methods",
    "m.go",
    "List[T]) Push",
    [
      ["List", "means", "type", all],
      ["List", "type", "example.test/m.List[T any]", all],
      ["List", "underlying", "struct{head *example.test/m.node[T]; Size int}", all],
      ["List", "method", "(*example.test/m.List[T]).Push func(value T)", all],
      ["List", "field", "Size int", all],
      ["List", "field", "head *example.test/m.node[T]", all],
      ["List[T]", "type", "example.test/m.List[T]", all],
      ["*List[T]", "type", "*example.test/m.List[T]", all],
    ],
  ],
  [
    "a field where it is declared",
    "m.go",
    "Size int",
    [
      ["Size", "means", "field Size", all],
      ["Size", "type", "int", all],
      ["struct { head *node[T] Size int }", "type", "struct{head *example.test/m.node[T]; Size int}", all],
    ],
  ],
  [
    "a field where it is used",
    "m.go",
    "next {",
    [
      ["next", "means", "field example.test/m.node[T].next", all],
      ["next", "type", "*example.test/m.node[T]", all],
      ["at.next", "type", "*example.test/m.node[T]", all],
    ],
  ],
  [
    "the key of a literal",
    "m.go",
    "value: value",
    [
      ["value", "means", "field example.test/m.node[T].value", all],
      ["value", "type", "T", all],
      ["node[T]{value: value, next: l.head}", "type", "example.test/m.node[T]", all],
      ["&node[T]{value: value, next: l.head}", "type", "*example.test/m.node[T]", all],
    ],
  ],
  [
    "a name of a package that is missing",
    "m.go",
    "Do(1)",
    [
      ["Do", "means", "example.test/gone.Do, of a package that could not be had", all],
      ["gone.Do", "unknown", "missing-import", all],
      ["gone.Do(1)", "unknown", "missing-import", all],
      ["gone.Do(1) + 1", "unknown", "missing-import", all],
    ],
  ],
  [
    "an import",
    "m.go",
    "example.test/gone",
    [['"example.test/gone"', "means", "package example.test/gone, which could not be had", all]],
  ],
  [
    "a type parameter",
    "m.go",
    "U any",
    [
      ["U", "means", "type parameter", all],
      ["U", "type", "U", all],
    ],
  ],
  [
    "a named result",
    "m.go",
    "all []U",
    [
      ["all", "means", "local variable", all],
      ["all", "type", "[]U", all],
    ],
  ],
])("%s", async (_, file, text, expected) => {
  const { stdout, stderr } = await runReal(placeOf(file, text));
  expect(stderr).toBe("");
  const lines = stdout.trimEnd().split("\n");
  expect(lines.map((line) => line.split("\t").slice(1))).toEqual(expected);
});

test("a line begins with the place at which its source starts", async () => {
  const { stdout } = await runReal(placeOf("use_linux.go", "sh(Page"));
  const places = stdout
    .trimEnd()
    .split("\n")
    .map((line) => line.split("\t")[0]);
  expect([...new Set(places)]).toEqual([placeOf("use_linux.go", "Push"), placeOf("use_linux.go", "new(")]);
});

/** What of a package is not parsed for those that import it. */
import { createBuilds, type ModuleSource, references, type SourceFile } from "@capdiff/analyzer";
import { builtInMap } from "@capdiff/rules";
import { expect, test } from "vitest";
import { realParser } from "../../../../test-corpus/runner/analysis.ts";
import { directoryOf } from "../../src/files/package-files.ts";
import { mentioned } from "../../src/pipeline/mentioned.ts";
import { decodeSource } from "../../src/syntax/index.ts";
import { corpusModules } from "../properties/corpus-modules.ts";

const parser = await realParser();

/** The text that is parsed, for importers with those words. */
function parsed(text: string, ...words: string[]): string {
  const source = decodeSource("a.go", new TextEncoder().encode(text));
  const { leftOut } = mentioned([source], [new Set(words)]);
  let at = 0;
  const parts: string[] = [];
  for (const { start, end } of leftOut[0] ?? []) {
    parts.push(text.slice(at, start));
    at = end;
  }
  return parts.join("") + text.slice(at);
}

const files = `package p

import "os"

const (
	A = 0x1 // one
	B = "b"
	C = os.X(3)
)

const (
	D = iota
	E
)

type T struct{ U }

type U struct{}

func (t *T) M() V { return F() }

type V = int

func F() T { return T{} }

var G, H = A, 2
`;

test.each<[string, readonly string[], string]>([
  ["nothing", [], ""],
  ["a constant", ["A"], "A"],
  ["one that is named with others", ["H"], "A G"],
  ["a group with iota", ["E"], "D E"],
  ["a type with its methods, and what they name", ["T"], "T U M V"],
  ["a method alone is nobody's", ["M"], ""],
  ["what a signature names", ["F"], "T U M V F"],
])("%s", (_, words, kept) => {
  const text = parsed(files, ...words);
  const names = ["A", "B", "C", "D", "E", "T", "U", "M", "V", "F", "G"].filter((name) =>
    new RegExp(String.raw`^(?:\t|type |func |func \(t \*T\) |var )${name}\b`, "m").test(text),
  );
  expect(names.join(" ")).toBe(kept);
  expect(text).not.toContain("return");
});

test.each([
  ["a declaration in the middle of a line", "package p; type A int; type B int\n"],
  ["an indented declaration", "package p\n\n\ttype A int\n"],
  ["brackets that do not match", "package p\n\nfunc f( {}\n\ntype A int\n"],
])("%s: all is parsed", (_, text) => expect(parsed(text)).toBe(text));

/** A module of one directory; the others are where its imports are found. */
function alone(
  source: ModuleSource,
  directory: string,
): [ModuleSource, (path: string) => readonly SourceFile[]] {
  const within = (name: string) => directoryOf(name) === directory;
  const own = source.files.filter(({ name }) => within(name));
  const others = (path: string) =>
    source.files.filter(
      ({ name }) =>
        !within(name) &&
        [source.modulePath, directoryOf(name)].filter((one) => one !== "").join("/") === path,
    );
  return [{ ...source, files: own }, others];
}

const several = corpusModules.flatMap(({ name, source }) => {
  const goFiles = source.files.filter((one) => one.name.endsWith(".go") && !/(?:^|\/)[._]/.test(one.name));
  const directories = new Set(goFiles.map((one) => directoryOf(one.name)));
  return directories.size > 1 ? [{ name, source, directories }] : [];
});

test("an importer is told the same as when all is parsed, in every module of the corpus", async () => {
  const options = { parser, builds: createBuilds(), capabilityMap: builtInMap, tests: false };
  for (const { name, source, directories } of several) {
    const lines = await references(source, options);
    for (const directory of directories) {
      const [own, others] = alone(source, directory);
      const packageAt = async (path: string) => {
        const found = others(path);
        return found.length > 0 ? { module: "example.test/x@v1.0.0", files: found } : undefined;
      };
      const expected = lines.filter((line) => directoryOf(line.split(":")[0] ?? "") === directory);
      expect(
        await references(own, { ...options, dependencies: { packageAt } }),
        `${name} ${directory}`,
      ).toEqual(expected);
    }
  }
  expect(several.length).toBeGreaterThan(20);
});

/**
 * Held against go/build and go/build/constraint of Go 1.26. `go-constraints.json` has what
 * they said: a text, then the builds as a number in base 36 (bits as in `ports`, the upper half with
 * cgo), one for each of no tag, foo, bar and both if they differ; null where Go
 * rejects the text, for an expression with Go's message and offset.
 */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { defaultTags } from "../../src/constraints/default-tags.ts";
import { type BuildSet, createBuilds, isIgnoredFileName, ports } from "../../src/constraints/index.ts";

interface Row {
  readonly text: string;
  readonly builds: string | null;
  readonly message: string;
  readonly offset: number;
}
type Rows = readonly (readonly [string, string | null, string?, number?])[];

interface Golden {
  readonly expressions: Rows;
  readonly plusBuild: Rows;
  readonly fileNames: Rows;
  readonly headers: Rows;
  readonly assembly: Rows;
  readonly defaultTags: readonly (readonly [port: string, tags: string])[];
}

// Written by us.
const golden = JSON.parse(readFileSync(new URL("go-constraints.json", import.meta.url), "utf8")) as Golden;
const rows = (of: Rows): Row[] =>
  of.map(([text, builds, message = "", offset = 0]) => ({ text, builds, message, offset }));
const builds = createBuilds();
const choices = [[], ["foo"], ["bar"], ["foo", "bar"]];

/** The builds of a set in the words of the golden file. */
function bitsOf(set: BuildSet): string {
  const all = choices.map((tags) => {
    let bits = 0n;
    [false, true].forEach((cgo, upper) =>
      ports.forEach(({ goos, goarch }, index) => {
        if (builds.contains(set, { goos, goarch, cgo, tags }))
          bits |= 1n << BigInt(upper * ports.length + index);
      }),
    );
    return bits.toString(36);
  });
  return new Set(all).size === 1 ? (all[0] ?? "") : all.join(" ");
}

describe("//go:build expressions", () => {
  test.each(rows(golden.expressions))("$text", ({ text, builds: expected, message, offset }) => {
    const { value, diagnostics } = builds.goBuildLine(text);
    if (expected !== null) {
      expect({ bits: bitsOf(value), diagnostics }).toEqual({ bits: expected, diagnostics: [] });
      return;
    }
    expect(value).toBe(builds.all);
    // Go counts from where white space ends.
    expect(diagnostics).toMatchObject([{ message, start: text.search(/[^ ]|$/) + offset }]);
  });
});

test.each(rows(golden.plusBuild))("+build $text", ({ text, builds: expected }) => {
  const { value, diagnostics } = builds.plusBuildLines(text.split("\n"));
  expect({ bits: bitsOf(value), diagnostics }).toEqual({ bits: expected, diagnostics: [] });
});

test.each(rows(golden.fileNames))("file name $text", ({ text: name, builds: expected }) => {
  const set = isIgnoredFileName(name) ? builds.none : builds.fileName(`some_linux/${name}`);
  expect(bitsOf(set)).toBe(expected);
});

describe("headers", () => {
  test.each(rows([...golden.headers, ...golden.assembly]))("$text", ({ text: source, builds: expected }) => {
    const { value, diagnostics } = builds.header(source);
    if (expected === null) {
      expect(value).toBe(builds.all);
      // What is no header at all is for the parser to say.
      if (!source.startsWith("#!")) expect(diagnostics).toHaveLength(1);
      return;
    }
    expect({ bits: bitsOf(value), diagnostics }).toEqual({ bits: expected, diagnostics: [] });
  });
});

test("default tags", () => {
  const found = ports.map((port) => [`${port.goos}/${port.goarch}`, defaultTags(port).sort().join(" ")]);
  expect(found).toEqual(golden.defaultTags);
});

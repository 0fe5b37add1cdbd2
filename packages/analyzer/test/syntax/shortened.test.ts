import fc from "fast-check";
import { expect, test } from "vitest";
import { realParser } from "../../../../test-corpus/runner/analysis.ts";
import { functionBodies } from "../../src/syntax/function-bodies.ts";
import { decodeSource, type FlatTree } from "../../src/syntax/index.ts";
import { type Span, shorten } from "../../src/syntax/shortened.ts";

const parser = await realParser();

const encode = (text: string) => new TextEncoder().encode(text);

/** The text with white space for those parts. */
function blanked(text: string, spans: readonly Span[]): string {
  return spans.reduce(
    (left, { start, end }) => left.slice(0, start) + " ".repeat(end - start) + left.slice(end),
    text,
  );
}

function columns({ kinds, fields, starts, ends, firstChild, nextSibling }: FlatTree) {
  return { kinds, fields, starts, ends, firstChild, nextSibling };
}

const declarations = fc.constantFrom(
  "func f() { return }",
  "func (t T) m() (int, error) { if true { g() } }",
  "func g() {}",
  "var x = func() int { return 1 }()",
  "// é\ntype T struct { a int }",
  'const s = "{"',
);

test("a tree without bodies is that of a text in which they are blank", () => {
  fc.assert(
    fc.property(fc.array(declarations), (parts) => {
      const text = `package p\n\n${parts.join("\n\n")}\n`;
      const spans = [...functionBodies(text)];
      const { value: expected } = parser.parse("a.go", encode(blanked(text, spans)));
      const { value: found, diagnostics } = parser.parseWithout(decodeSource("a.go", encode(text)), spans);
      expect(columns(found)).toEqual(columns(expected));
      expect(diagnostics).toEqual([]);
    }),
  );
});

test("what cannot be parsed without a part is parsed with it", () => {
  const source = decodeSource("a.go", encode("package p\n\nvar x = 1\n"));
  const { value, diagnostics } = parser.parseWithout(source, [{ start: 19, end: 20 }]);
  expect(columns(value)).toEqual(columns(parser.parse("a.go", encode(source.text)).value));
  expect(diagnostics).toEqual([]);
});

test("a shortened text has what is left", () => {
  const spans = [
    { start: 0, end: 1 },
    { start: 1, end: 2 },
    { start: 4, end: 6 },
  ];
  expect(shorten("abcdef", spans).text).toBe("cd");
  expect(shorten("abcdef", []).text).toBe("abcdef");
});

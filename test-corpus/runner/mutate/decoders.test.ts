/** What decoders make evaluates to the string again: with the small part of Go that they use. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { createDecoders, type Decoders } from "./decoders.ts";
import { createNames } from "./names.ts";
import { createRandom } from "./random.ts";

const strings = fc.string({ unit: "binary", minLength: 4, maxLength: 60 });

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function decoders(): Decoders {
  return createDecoders(createNames([], createRandom("")));
}

/** The bytes of the literals in an expression, in order. */
function literals(expression: string): Uint8Array {
  const parts = [...expression.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, body = ""]) => body);
  return Uint8Array.from(
    parts.flatMap((body) =>
      [...body.matchAll(/\\x(..)|\\(.)|(.)/g)].map(([, hex, escaped = "", plain]) =>
        hex === undefined ? (plain ?? escaped).charCodeAt(0) : Number.parseInt(hex, 16),
      ),
    ),
  );
}

/** The bytes of a slice literal. */
function elements(expression: string): Uint8Array {
  return Uint8Array.from([...expression.matchAll(/0x(..)/g)].map(([, hex = ""]) => Number.parseInt(hex, 16)));
}

test("each kind of expression has the bytes of the string", () => {
  fc.assert(
    fc.property(
      strings,
      fc.integer({ min: 1, max: 254 }),
      fc.integer({ min: 2, max: 4 }),
      (text, key, pieces) => {
        const bytes = bytesOf(text);
        const make = decoders();
        expect(literals(make.pieces(bytes, pieces))).toEqual(bytes);
        expect(elements(make.bytes(bytes))).toEqual(bytes);
        expect(literals(make.reversed(bytes)).toReversed()).toEqual(bytes);
        const coded = new TextDecoder().decode(literals(make.base64(bytes)));
        expect(Uint8Array.from(Buffer.from(coded, "base64"))).toEqual(bytes);
        const masked = make.xor(bytes, key);
        expect(masked.endsWith(`}, ${key})`)).toBe(true);
        expect(elements(masked).map((byte) => byte ^ key)).toEqual(bytes);
      },
    ),
  );
});

test("functions are declared once, and only those that are used", () => {
  const make = decoders();
  expect(make.source("a")).toBe("");
  make.pieces(bytesOf("abcd"), 2);
  make.bytes(bytesOf("abcd"));
  expect(make.source("a")).toBe("");
  make.base64(bytesOf("abcd"));
  make.base64(bytesOf("efgh"));
  expect(make.source("a")).toMatch(/^package a\n\nimport "encoding\/base64"\n\nfunc (?!.*\nfunc )/);
});

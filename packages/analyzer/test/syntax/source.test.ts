import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeSource, placeOf, rangeOf } from "../../src/syntax/source.ts";

const decode = (bytes: Uint8Array) => decodeSource("a.go", bytes);
const encode = (text: string) => new TextEncoder().encode(text);

test("text that is UTF-8 is decoded as every decoder does", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const bytes = encode(text);
      const source = decode(bytes);
      expect(source.text).toBe(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes));
      expect(source.invalidAt).toBe(undefined);
    }),
  );
});

test("places count lines, and bytes in a line", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom("a", "é", "世", "😀", "\n", "\r\n")), (parts) => {
      const text = parts.join("");
      const source = decode(encode(text));
      let offset = 0;
      for (const part of [...parts, ""]) {
        const before = text.slice(0, offset).split("\n");
        const column = encode(before.at(-1) ?? "").length + 1;
        expect(placeOf(source, offset)).toEqual({ line: before.length, column });
        offset += part.length;
      }
    }),
  );
});

test("a range goes from its start up to but without its end", () => {
  const source = decode(encode("é\nab\n"));
  expect(rangeOf(source, 0, 4)).toEqual({ file: "a.go", line: 1, column: 1, endLine: 2, endColumn: 3 });
});

describe("bytes that are not UTF-8", () => {
  test("each become one replacement character, and the first is told", () => {
    const source = decode(Uint8Array.from([0x61, 0xc3, 0xa9, 0xff, 0xe4, 0xb8, 0x62]));
    expect(source.text).toBe("aé\ufffd\ufffd\ufffdb");
    expect(source.invalidAt).toBe(3);
    expect(placeOf(source, 5)).toEqual({ line: 1, column: 7 });
  });

  test("never change the length in bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const source = decode(bytes);
        const last = placeOf(source, source.text.length);
        const lastLine = bytes.lastIndexOf(0x0a) + 1;
        expect(last.column).toBe(bytes.length - lastLine + 1);
        const valid = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
        expect(source.invalidAt === undefined).toBe(Buffer.from(valid).equals(Buffer.from(bytes)));
      }),
    );
  });

  test("a replacement character that is written is none of them", () => {
    expect(decode(encode("a\ufffdb")).invalidAt).toBe(undefined);
  });
});

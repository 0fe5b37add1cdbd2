/** Go expressions that work a string out, and the functions of a package that they call. */
import type { Names } from "./names.ts";

/** All take the bytes of the string and give an expression of the type string. */
export interface Decoders {
  /** A constant expression: literals with `+` between them. */
  readonly pieces: (bytes: Uint8Array, length: number) => string;
  readonly bytes: (bytes: Uint8Array) => string;
  readonly reversed: (bytes: Uint8Array) => string;
  readonly base64: (bytes: Uint8Array) => string;
  readonly xor: (bytes: Uint8Array, key: number) => string;
  /** A file with the functions that were used; empty if none was. */
  readonly source: (packageName: string) => string;
}

export function createDecoders(names: Names): Decoders {
  const functions = new Map<
    string,
    { readonly name: string; readonly declaration: string; readonly imports: string }
  >();
  const fn = (form: string, declare: (name: string) => string, imports = "") => {
    const known = functions.get(form);
    if (known !== undefined) return known.name;
    const name = names.word();
    functions.set(form, { name, declaration: declare(name), imports });
    return name;
  };
  return {
    pieces: (bytes, length) => {
      // Pieces end between characters, so that each is text.
      const characters = Array.from(new TextDecoder().decode(bytes));
      const size = Math.max(1, Math.ceil(characters.length / length));
      const pieces = Array.from({ length: Math.ceil(characters.length / size) }, (_, index) =>
        characters.slice(index * size, (index + 1) * size).join(""),
      );
      return `(${pieces.map((piece) => quoted(new TextEncoder().encode(piece))).join(" + ")})`;
    },
    bytes: (bytes) => `string([]byte{${numbers(bytes)}})`,
    reversed: (bytes) => `${fn("reversed", reversing)}(${quoted(bytes.toReversed())})`,
    base64: (bytes) =>
      `${fn("base64", decoding, '"encoding/base64"')}("${Buffer.from(bytes).toString("base64")}")`,
    xor: (bytes, key) => `${fn("xor", masking)}([]byte{${numbers(bytes.map((byte) => byte ^ key))}}, ${key})`,
    source: (packageName) => {
      const used = [...functions.values()];
      if (used.length === 0) return "";
      const imports = used.flatMap((one) => (one.imports === "" ? [] : [`import ${one.imports}\n`]));
      return [`package ${packageName}\n`, ...imports, ...used.map(({ declaration }) => declaration)].join(
        "\n",
      );
    },
  };
}

function reversing(name: string): string {
  return `func ${name}(text string) string {
	made := make([]byte, 0, len(text))
	for at := len(text) - 1; at >= 0; at-- {
		made = append(made, text[at])
	}
	return string(made)
}
`;
}

function decoding(name: string): string {
  return `func ${name}(text string) string {
	made, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return ""
	}
	return string(made)
}
`;
}

function masking(name: string): string {
  return `func ${name}(text []byte, key byte) string {
	made := make([]byte, len(text))
	for at, one := range text {
		made[at] = one ^ key
	}
	return string(made)
}
`;
}

function numbers(bytes: Uint8Array): string {
  return [...bytes].map((byte) => `0x${byte.toString(16).padStart(2, "0")}`).join(", ");
}

/** A Go literal: printable ASCII as it is, other bytes as escapes. */
function quoted(bytes: Uint8Array): string {
  const characters = [...bytes].map((byte) => {
    const character = String.fromCharCode(byte);
    if (character === '"' || character === "\\") return `\\${character}`;
    return byte >= 0x20 && byte < 0x7f ? character : `\\x${byte.toString(16).padStart(2, "0")}`;
  });
  return `"${characters.join("")}"`;
}

/** The value of a Go string literal as written, quotes included; undefined if it is malformed. */
export function stringValue(literal: string): string | undefined {
  const quote = literal[0];
  const body = literal.slice(1, -1);
  if (quote === "`") return body.replaceAll("\r", "");
  if (quote !== '"' && quote !== "'") return undefined;
  if (!body.includes("\\")) return body;
  return unescape(body);
}

const simple: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
  v: 11,
  "\\": 92,
  "'": 39,
  '"': 34,
};

/**
 * Resolves escapes. `\x` and octal escapes are bytes; runs of them are decoded as
 * UTF-8 where they are, and stand as U+DC80 to U+DCFF where they are not.
 */
function unescape(body: string): string | undefined {
  const parts: string[] = [];
  let bytes: number[] = [];
  const flush = () => {
    if (bytes.length > 0) parts.push(decodeBytes(bytes));
    bytes = [];
  };
  const escape =
    /\\(?:x([0-9a-fA-F]{2})|([0-7]{3})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([abfnrtv\\'"]))|([^\\])/gsuy;
  let at = 0;
  while (at < body.length) {
    escape.lastIndex = at;
    const match = escape.exec(body);
    if (match === null) return undefined;
    at = escape.lastIndex;
    const [, hex, octal, short, long, letter, plain] = match;
    if (hex !== undefined) bytes.push(Number.parseInt(hex, 16));
    else if (octal !== undefined) bytes.push(Number.parseInt(octal, 8) & 0xff);
    else {
      flush();
      const point = Number.parseInt(short ?? long ?? "0", 16);
      if (point > 0x10ffff) return undefined;
      parts.push(plain ?? String.fromCodePoint(letter === undefined ? point : (simple[letter] ?? 0)));
    }
  }
  flush();
  return parts.join("");
}

/** Bytes as UTF-8 where they are well-formed, otherwise one character a byte. */
function decodeBytes(bytes: readonly number[]): string {
  const characters: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const first = bytes[at] ?? 0;
    const size = first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    const character = decoded(bytes.slice(at, at + size));
    characters.push(character ?? String.fromCharCode(0xdc00 + first));
    at += character === undefined ? 1 : size;
  }
  return characters.join("");
}

/** The character that one sequence of UTF-8 stands for; undefined if it is none. */
function decoded(sequence: readonly number[]): string | undefined {
  try {
    return decodeURIComponent(sequence.map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join(""));
  } catch {
    return undefined;
  }
}

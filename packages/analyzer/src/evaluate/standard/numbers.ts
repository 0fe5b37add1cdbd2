/** Package strconv, unicode/utf8 and the like. */
import { encodeRune, runes } from "../bytes.ts";
import { wrapped } from "../operators.ts";
import {
  bits,
  bool,
  failure,
  int,
  type Known,
  nil,
  text,
  tuple,
  unknown,
  type Value,
  withOperation,
} from "../values.ts";
import { withoutEntities } from "./escapes.ts";
import { of, ofTexts, small, type Table } from "./native.ts";

const number = bits("number");

function inBase(one: Known | undefined, base: number | undefined): Value {
  if (one?.kind !== "int" || base === undefined || base < 2 || base > 36) return unknown;
  return text(one.int.toString(base), withOperation(one.origin, number));
}

/** A number in that base, 0 for that of its prefix; undefined if it is none. */
function parsed(digits: string, base: number): bigint | undefined {
  const [, sign = "", prefix = "", rest = ""] = /^([+-]?)(0[xXoObB])?([0-9a-zA-Z]+)$/.exec(digits) ?? [];
  if (rest === "" || rest.length > digitLimit || (prefix !== "" && base !== 0)) return undefined;
  const given =
    base !== 0 ? base : prefix === "" ? (/^0\d/.test(rest) ? 8 : 10) : (bases[prefix.toLowerCase()] ?? 10);
  let value = 0n;
  for (const digit of rest) {
    const worth = Number.parseInt(digit, 36);
    if (!(worth < given)) return undefined;
    value = value * BigInt(given) + BigInt(worth);
  }
  return sign === "-" ? -value : value;
}

const bases: Readonly<Record<string, number>> = { "0x": 16, "0o": 8, "0b": 2 };
const digitLimit = 80;

function parse(one: Known | undefined, base: number | undefined, size: string): Value {
  if (one?.kind !== "text" || base === undefined) return tuple(unknown, unknown);
  const value = parsed(one.text, base);
  if (value === undefined || wrapped(value, size) !== value) return tuple(unknown, failure);
  return tuple(int(value, withOperation(one.origin, number)), nil);
}

function sized(letter: string, size: Known | undefined): string {
  const found = small(size);
  return `${letter}${found === undefined || found <= 0 || found > 64 ? 64 : found}`;
}

const escapes: Readonly<Record<string, string>> = {
  a: "\u0007",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
  "'": "'",
  '"': '"',
};

const escape = /\\(?:([abfnrtv\\'"])|x([0-9a-fA-F]{2})|([0-7]{3})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/g;

/** What a quoted string stands for, as bytes; undefined if it is none. */
export function unquoted(quoted: string): string | undefined {
  const inside = quoted.slice(1, -1);
  const quote = quoted.charAt(0);
  if (quoted.length < 2 || quoted.at(-1) !== quote || inside.includes(quote === "`" ? "`" : "\n"))
    return undefined;
  if (quote === "`") return inside;
  if (quote !== '"' || inside.replaceAll(escape, "").match(/[\\"]/) !== null) return undefined;
  return inside.replaceAll(
    escape,
    (_, letter?: string, byte?: string, octal?: string, short?: string, long?: string) => {
      if (letter !== undefined) return escapes[letter] ?? "";
      if (byte !== undefined) return String.fromCharCode(Number.parseInt(byte, 16));
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
      return encodeRune(BigInt(Number.parseInt(short ?? long ?? "0", 16)));
    },
  );
}

/** As strconv.Quote; undefined for what is not printable ASCII. */
export function quoted(bytes: string): string | undefined {
  if (!/^[ -~\t\n\r]*$/.test(bytes)) return undefined;
  const marked = bytes.replaceAll(/["\\]/g, String.raw`\$&`);
  return `"${marked.replaceAll("\t", String.raw`\t`).replaceAll("\n", String.raw`\n`).replaceAll("\r", String.raw`\r`)}"`;
}

export const strconv: Table = {
  Itoa: of((_, one) => inBase(one, 10)),
  FormatInt: of((_, one, base) => inBase(one, small(base))),
  FormatUint: of((_, one, base) => inBase(one, small(base))),
  FormatBool: of((_, one) => (one?.kind === "bool" ? text(String(one.bool), one.origin) : unknown)),
  Atoi: of((_, one) => parse(one, 10, "i64")),
  ParseInt: of((_, one, base, size) => parse(one, small(base), sized("i", size))),
  ParseUint: of((_, one, base, size) => parse(one, small(base), sized("u", size))),
  Quote: ofTexts((one) => {
    const found = quoted(one.text);
    return found === undefined ? unknown : text(found, one.origin);
  }),
  Unquote: ofTexts((one) => {
    const found = unquoted(one.text);
    return found === undefined ? tuple(unknown, failure) : tuple(text(found, one.origin), nil);
  }),
};

export const utf8: Table = {
  RuneCountInString: ofTexts((one) => int([...runes(one.text)].length)),
  RuneCount: ofTexts((one) => int([...runes(one.text)].length)),
  RuneLen: of((_, one) => (one?.kind === "int" ? int(encodeRune(one.int).length) : unknown)),
  ValidString: ofTexts((one) => bool([...runes(one.text)].every(({ valid }) => valid))),
  DecodeRuneInString: ofTexts((one) => {
    const [first] = runes(one.text);
    return first === undefined
      ? tuple(int(0xfffd), int(0))
      : tuple(int(first.point, one.origin), int(first.size));
  }),
};

function isRune(pattern: RegExp): Table[string] {
  return of((_, one) => {
    const point = small(one);
    return point === undefined || point < 0 || point > 0x7f
      ? unknown
      : bool(pattern.test(String.fromCharCode(point)));
  });
}

function changedRune(change: (letter: string) => string): Table[string] {
  return of((_, one) => {
    const point = small(one);
    if (one?.kind !== "int" || point === undefined || point < 0 || point > 0x7f) return unknown;
    return int(change(String.fromCharCode(point)).charCodeAt(0), one.origin);
  });
}

export const unicode: Table = {
  IsLetter: isRune(/[A-Za-z]/),
  IsUpper: isRune(/[A-Z]/),
  IsLower: isRune(/[a-z]/),
  IsDigit: isRune(/\d/),
  IsSpace: isRune(/[\t-\r ]/),
  ToUpper: changedRune((letter) => letter.toUpperCase()),
  ToLower: changedRune((letter) => letter.toLowerCase()),
};

export const html: Table = { "html.UnescapeString": ofTexts(withoutEntities) };

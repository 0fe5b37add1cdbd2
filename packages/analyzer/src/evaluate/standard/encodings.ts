/** Packages encoding/base64, encoding/base32 and encoding/hex. */
import { bytesList } from "../conversions.ts";
import { lifted } from "../lifted.ts";
import type { Machine } from "../machine.ts";
import { copyInto, forgetWithin, itemsOf } from "../places.ts";
import {
  bits,
  failure,
  int,
  type Native,
  nil,
  type Text,
  text,
  tuple,
  unknown,
  type Value,
  withOperation,
} from "../values.ts";
import { asText, ofTexts, type Standard, type Table } from "./native.ts";

const upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const letters = `${upper}${upper.toLowerCase()}0123456789`;

function encoding(bitsEach: string, alphabet: string, padding: string): Native {
  return { kind: "native", name: "encoding", parts: [bitsEach, alphabet, padding] };
}

/** Variables of the standard library that are encodings, by path and name. */
export const encodings: ReadonlyMap<string, Native> = new Map([
  ["encoding/base64.StdEncoding", encoding("6", `${letters}+/`, "=")],
  ["encoding/base64.URLEncoding", encoding("6", `${letters}-_`, "=")],
  ["encoding/base64.RawStdEncoding", encoding("6", `${letters}+/`, "")],
  ["encoding/base64.RawURLEncoding", encoding("6", `${letters}-_`, "")],
  ["encoding/base32.StdEncoding", encoding("5", `${upper}234567`, "=")],
  ["encoding/base32.HexEncoding", encoding("5", `0123456789${upper.slice(0, 22)}`, "=")],
]);

/** The bytes that a text stands for; undefined if it is not written so. */
function decoded(
  [each = "", alphabet = "", padding = ""]: readonly string[],
  written: string,
): string | undefined {
  const size = Number(each);
  const plain = written.replaceAll(/[\r\n]/g, "");
  const digits =
    padding === "" ? plain : plain.replace(new RegExp(`[${padding === "=" ? "=" : "\\" + padding}]+$`), "");
  if (padding !== "" && (plain.length * size) % (size === 6 ? 24 : 40) !== 0) return undefined;
  let [held, count, bytes] = [0, 0, ""];
  for (const digit of digits) {
    const worth = alphabet.indexOf(digit);
    if (worth < 0) return undefined;
    held = ((held << size) | worth) & 0xffff;
    count += size;
    if (count >= 8) {
      count -= 8;
      bytes += String.fromCharCode((held >> count) & 0xff);
    }
  }
  return count < size ? bytes : undefined;
}

function encoded([each = "", alphabet = "", padding = ""]: readonly string[], bytes: string): string {
  const size = Number(each);
  let [held, count, written] = [0, 0, ""];
  for (const byte of bytes) {
    held = ((held << 8) | byte.charCodeAt(0)) & 0xffff;
    count += 8;
    while (count >= size) {
      count -= size;
      written += alphabet.charAt((held >> count) & ((1 << size) - 1));
    }
  }
  if (count > 0) written += alphabet.charAt((held << (size - count)) & ((1 << size) - 1));
  const group = size === 6 ? 4 : 8;
  const missing = (group - (written.length % group)) % group;
  return written + padding.repeat(missing);
}

function operation({ parts: [each] }: Native): number {
  // Base32 counts as base64: who encodes so hides as much.
  return bits(each === "4" ? "hex" : "base64");
}

type Use = (machine: Machine, encoding: Native, one: Text) => Value;

function method(use: Use): Standard {
  return (machine, [given = unknown], receiver) =>
    lifted([receiver, given], (on, known) => {
      const one = asText(machine, known);
      return on.kind === "native" && on.name === "encoding" && one !== undefined
        ? use(machine, on, one)
        : unknown;
    });
}

const decodeString = method((machine, on, one) => {
  const bytes = decoded(on.parts, one.text);
  if (bytes === undefined) return tuple(unknown, failure);
  return tuple(bytesList(machine, bytes, withOperation(one.origin, operation(on))), nil);
});

/** What a text that is written so stands for, as bytes; unknown if it is not. */
export function decodedText(machine: Machine, encoding: Value, written: Value): Value {
  const found = decodeString(machine, [written], encoding);
  return found.kind === "tuple" ? (found.items[0] ?? unknown) : unknown;
}

/** Decodes into a slice; gives how many bytes that are. */
const decodeInto: Standard = (machine, [to = unknown, from = unknown], receiver) => {
  const bytes = decodedText(machine, receiver, from);
  const count = bytes.kind === "list" ? copyInto(machine, to, itemsOf(machine, bytes)) : undefined;
  if (count !== undefined) return tuple(int(count), nil);
  forgetWithin(machine, to);
  return tuple(unknown, unknown);
};

const decodedLength: Standard = (_, [length], receiver) => {
  if (receiver.kind !== "native" || length?.kind !== "int") return unknown;
  const [each = "", , padding] = receiver.parts;
  const size = BigInt(each);
  const group = size === 6n ? 4n : 8n;
  const digits = padding === "" ? length.int : (length.int / group) * group;
  return int((digits * size) / 8n);
};

const encodeToString = method((_, on, one) =>
  text(encoded(on.parts, one.text), withOperation(one.origin, operation(on))),
);

const withPadding: Standard = (_, [padding], receiver) => {
  if (receiver.kind !== "native" || padding?.kind !== "int") return unknown;
  const [each = "", alphabet = ""] = receiver.parts;
  return encoding(
    each,
    alphabet,
    padding.int < 0n || padding.int > 126n ? "" : String.fromCharCode(Number(padding.int)),
  );
};

function newEncoding(each: string, length: number): Standard {
  return ofTexts((alphabet) =>
    alphabet.text.length === length ? encoding(each, alphabet.text, "=") : unknown,
  );
}

/** Strict and not are told apart only where something is wrong. */
const itself: Standard = (_, __, receiver) => receiver;

export const hex = encoding("4", "0123456789abcdef", "");

export const encodingTable: Table = {
  "(*encoding/base64.Encoding).DecodeString": decodeString,
  "(*encoding/base64.Encoding).Decode": decodeInto,
  "(*encoding/base64.Encoding).DecodedLen": decodedLength,
  "(*encoding/base64.Encoding).EncodeToString": encodeToString,
  "(encoding/base64.Encoding).WithPadding": withPadding,
  "(encoding/base64.Encoding).Strict": itself,
  "encoding/base64.NewEncoding": newEncoding("6", 64),
  "(*encoding/base32.Encoding).DecodeString": decodeString,
  "(*encoding/base32.Encoding).Decode": decodeInto,
  "(*encoding/base32.Encoding).DecodedLen": decodedLength,
  "(*encoding/base32.Encoding).EncodeToString": encodeToString,
  "(encoding/base32.Encoding).WithPadding": withPadding,
  "encoding/base32.NewEncoding": newEncoding("5", 32),
  "encoding/hex.DecodeString": (machine, given) =>
    decodeString(
      machine,
      given.map((one) => (one.kind === "text" ? { ...one, text: one.text.toLowerCase() } : one)),
      hex,
    ),
  "encoding/hex.Decode": (machine, given) => decodeInto(machine, given, hex),
  "encoding/hex.EncodeToString": (machine, given) => encodeToString(machine, given, hex),
  "encoding/hex.DecodedLen": (_, [length]) => (length?.kind === "int" ? int(length.int / 2n) : unknown),
};

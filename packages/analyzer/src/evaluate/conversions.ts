/** Conversions between strings, slices and numbers. */
import { type CodeType, isPointerType } from "../model/code-facts.ts";
import { encodeRune, runes } from "./bytes.ts";
import { lifted } from "./lifted.ts";
import { type Machine, newItems } from "./machine.ts";
import { wrapped } from "./operators.ts";
import { itemsOf, unknownItems } from "./places.ts";
import {
  bits,
  combined,
  cut,
  int,
  type Known,
  type List,
  type Origin,
  text,
  unknown,
  unknownOf,
  type Value,
  withOperation,
} from "./values.ts";

/** A value of one type as one of another. */
export function converted(machine: Machine, value: Value, from: CodeType, to: CodeType): Value {
  if (value.kind === "unknown") return value;
  if (value.kind === "tuple") return unknown;
  return lifted([value], (one) => convertedKnown(machine, one, plain(from), plain(to)));
}

/** Pointers are what interfaces are: of neither more is known than what is there. */
function plain(type: CodeType): CodeType {
  return isPointerType(type) ? "n" : type;
}

function convertedKnown(machine: Machine, one: Known, from: CodeType, to: CodeType): Value {
  // What an interface holds is of the type already, or nothing is known of it; so too behind an unsafe pointer.
  if (from === "n" && to !== "n") return isOfType(one, to) ? one : unknown;
  if (to === "s") {
    if (one.kind === "int") return text(encodeRune(one.int), withOperation(one.origin, number));
    if (one.kind === "list") return textOf(machine, one);
    return one.kind === "text" ? one : one.kind === "nil" && typeof from !== "string" ? text("") : unknown;
  }
  if (typeof to !== "string" && to[0] === "[]" && one.kind === "text") {
    if (to[1] === "u8") return bytesList(machine, one.text, one.origin);
    return to[1] === "i32" ? runesList(machine, one.text, one.origin) : unknown;
  }
  if (one.kind === "int") {
    const fitting = typeof to === "string" && to !== "f" ? wrapped(one.int, to) : undefined;
    if (fitting !== undefined) return int(fitting, one.origin);
    return to === "n" ? one : unknown;
  }
  if (one.kind === "struct" && typeof to === "string" && to.startsWith("S"))
    return { ...one, named: to.slice(2) };
  // Anything may become an interface; what else is converted has the same form of type.
  return to === "n" || to === from || (typeof to !== "string" && typeof from !== "string") ? one : unknown;
}

function isOfType({ kind }: Known, to: CodeType): boolean {
  if (typeof to !== "string") return kind === (to[0] === "[]" ? "list" : to[0]);
  if (to.startsWith("S")) return kind === "struct";
  if (to === "s" || to === "b") return kind === (to === "s" ? "text" : "bool");
  return kind === "int" ? /^[iu]\d/.test(to) : to === "?";
}

const number = bits("number");
const bytesOperation = bits("bytes");

/** A slice of the bytes of a string. */
export function bytesList(machine: Machine, bytes: string, origin: Origin): Value {
  const items = Array.from(bytes, (byte) => int(byte.charCodeAt(0), origin));
  return listOf(machine, items, "u8");
}

function runesList(machine: Machine, bytes: string, origin: Origin): Value {
  return listOf(
    machine,
    Array.from(runes(bytes), ({ point }) => int(point, origin)),
    "i32",
  );
}

/** A new slice. */
export function listOf(machine: Machine, items: Value[], type: CodeType, capacity = items.length): Value {
  if (items.length > machine.limits.size) return cut;
  if (machine.state === undefined) return unknown;
  const at = newItems(machine, items);
  return { kind: "list", at, from: 0, length: items.length, capacity, type };
}

/** The string of a slice of bytes or runes; unknown if some of it is. */
export function textOf(machine: Machine, list: List): Value {
  const items = itemsOf(machine, list);
  if (items === undefined) return unknownItems(machine, list);
  const origins = new Set<Origin>();
  let bytes = "";
  for (const item of items) {
    if (item.kind !== "int") return unknownOf([item]);
    bytes += list.type === "u8" ? String.fromCharCode(Number(item.int & 0xffn)) : encodeRune(item.int);
    origins.add(item.origin);
  }
  // Bytes that stand one by one were written as numbers.
  const written = origins.size > 1 ? bytesOperation : 0;
  return text(bytes, combined([...origins], written));
}

/** The bytes of a string, or of a slice of bytes; undefined if they are not known. */
export function knownBytes(
  machine: Machine,
  value: Known,
): { readonly text: string; readonly origin: Origin } | undefined {
  if (value.kind === "text") return value;
  if (value.kind === "nil") return { text: "", origin: { by: 0, pieces: 0 } };
  const found = value.kind === "list" && value.type === "u8" ? textOf(machine, value) : unknown;
  return found.kind === "text" ? found : undefined;
}

/** Conversions (Go spec, Conversions). */
import type { Node } from "../syntax/index.ts";
import type { Place } from "./checker.ts";
import type { Constant } from "./constant.ts";
import { constantValue, type Operand } from "./operand.ts";
import { represented } from "./representation.ts";
import { Is, type Type, unalias } from "./type.ts";
import { coreType, underlying } from "./type-set.ts";

export interface Conversion {
  /** The type as written. */
  readonly node: Node;
  readonly type: Type;
  readonly operands: readonly Node[];
}

/** `T(x)`. A constant stays one where Go says so. */
export function conversion(place: Place, { node, type, operands }: Conversion): Operand {
  const { checker } = place;
  const [operand] = operands.map((one) => checker.evaluate(place, one));
  if (isFunctionOfC(operand) && isFunctionPointer(type)) place.observer?.unsafeConversion(node, type);
  if (operand?.mode !== "value" || operands.length > 1) return constantValue(type, undefined);
  const { uintptr, unsafePointer } = checker.universe;
  const to = underlying(checker.types, type);
  if (
    underlying(checker.types, operand.type) === unsafePointer &&
    to !== uintptr &&
    unalias(type) !== unsafePointer
  ) {
    place.observer?.unsafeConversion(node, type);
  }
  const constant = converted(place, type, operand.constant);
  if (typeof operand.constant === "string" && isText(place, type))
    return { ...constantValue(type, undefined), text: operand.constant };
  return constantValue(type, constant);
}

/** Whether a string converts to that type, which is no string: bytes or runes. */
function isText({ checker: { types, universe } }: Place, type: Type): boolean {
  const core = coreType(types, type);
  if (core?.kind !== "slice") return false;
  const element = underlying(types, core.element).canonical;
  return element === universe.byte.canonical || element === universe.rune.canonical;
}

/** `C.f` that is not called: of a function an unsafe.Pointer (cmd/cgo). */
function isFunctionOfC(operand: Operand | undefined): boolean {
  return operand?.mode === "unknown" && operand.callable?.kind === "cgo";
}

/** What a function pointer of C is to Go: `*[0]byte`. */
function isFunctionPointer(type: Type): boolean {
  const plain = unalias(type);
  const pointed = plain.kind === "pointer" ? unalias(plain.element) : plain;
  return pointed !== plain && pointed.kind === "array" && pointed.length === 0n;
}

function converted({ checker }: Place, type: Type, constant: Constant | undefined): Constant | undefined {
  if (constant === undefined || unalias(type).kind === "parameter") return undefined;
  const under = underlying(checker.types, type);
  if (under.kind !== "basic") return undefined;
  const text = (under.is & Is.string) !== 0;
  if (text && typeof constant === "bigint") return runeText(constant);
  return represented(checker, type, constant);
}

function runeText(value: bigint): string {
  const valid = value >= 0n && value <= 0x10ffffn && !(value >= 0xd800n && value <= 0xdfffn);
  return valid ? String.fromCodePoint(Number(value)) : "\ufffd";
}

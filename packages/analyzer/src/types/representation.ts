/** Which constants a type can hold, and what it keeps of them (Go spec, Representability). */
import type { Checker } from "./checker.ts";
import {
  type Constant,
  complex,
  complexParts,
  isNumber,
  isReal,
  parts,
  type Real,
  ratio,
} from "./constant.ts";
import { type BasicType, Is, type Type } from "./type.ts";
import { underlying } from "./type-set.ts";

/** The constant as a value of the type; undefined if the type cannot hold it. A type that is not known holds all. */
export function represented(
  { types }: Checker,
  type: Type,
  constant: Constant | undefined,
): Constant | undefined {
  const under = underlying(types, type);
  if (constant === undefined || under.kind === "unknown") return constant;
  if (under.kind !== "basic") return undefined;
  if ((under.is & Is.untyped) !== 0) return constant;
  if ((under.is & Is.string) !== 0) return typeof constant === "string" ? constant : undefined;
  if ((under.is & Is.boolean) !== 0) return typeof constant === "boolean" ? constant : undefined;
  if ((under.is & Is.integer) !== 0) return integer(under, constant);
  return floating(under, constant);
}

/** Integers whose size differs between builds have 64 bits here: a build in which one does not fit has none of it. */
function integer(type: BasicType, constant: Constant): bigint | undefined {
  if (typeof constant !== "bigint") return undefined;
  const bits = bitsOf(type);
  const held = (type.is & Is.unsigned) === 0 ? BigInt.asIntN(bits, constant) : BigInt.asUintN(bits, constant);
  return held === constant ? constant : undefined;
}

function bitsOf({ name }: BasicType): number {
  if (name === "byte") return 8;
  if (name === "rune") return 32;
  return Number(/\d+$/.exec(name)?.[0] ?? 64);
}

function floating(type: BasicType, constant: Constant): Constant | undefined {
  const isComplex = (type.is & Is.complex) !== 0;
  if (!isNumber(constant) || (!isComplex && !isReal(constant))) return undefined;
  const format = bitsOf(type) === (isComplex ? 64 : 32) ? single : double;
  const { real, imaginary } = complexParts(constant);
  return complex(rounded(real, format), rounded(imaginary, format));
}

/** A format of IEEE 754: bits of a mantissa, and the exponents of the smallest and of the first too large power of two. */
interface Format {
  readonly precision: number;
  readonly least: number;
  readonly beyond: number;
}

const single: Format = { precision: 24, least: -149, beyond: 128 };
const double: Format = { precision: 53, least: -1074, beyond: 1024 };

/** The nearest value of the format, the even one of two; undefined beyond it. */
function rounded(value: Real, { precision, least, beyond }: Format): Real | undefined {
  const { top, bottom } = parts(value);
  const size = top < 0n ? -top : top;
  if (size === 0n) return value;
  // Of the two exponents that the value may have by its bits, the one that gives a mantissa of that many.
  const guess = bitLength(size) - bitLength(bottom) - precision;
  const exponent = scaledBy(size, bottom, guess) < 1n << BigInt(precision) ? guess : guess + 1;
  const unit = Math.max(exponent, least);
  const [over, under] = unit < 0 ? [size << BigInt(-unit), bottom] : [size, bottom << BigInt(unit)];
  const [down, rest] = [over / under, over % under];
  const up = 2n * rest > under || (2n * rest === under && down % 2n === 1n);
  const mantissa = (top < 0n ? -1n : 1n) * (up ? down + 1n : down);
  const result = unit < 0 ? ratio(mantissa, 1n << BigInt(-unit)) : mantissa << BigInt(unit);
  return result !== undefined && isBelow(result, 1n << BigInt(beyond)) ? result : undefined;
}

function scaledBy(top: bigint, bottom: bigint, exponent: number): bigint {
  return exponent < 0 ? (top << BigInt(-exponent)) / bottom : top / (bottom << BigInt(exponent));
}

function bitLength(value: bigint): number {
  return value.toString(2).length;
}

function isBelow(value: Real, bound: bigint): boolean {
  const { top, bottom } = parts(value);
  return top < bound * bottom && top > -bound * bottom;
}

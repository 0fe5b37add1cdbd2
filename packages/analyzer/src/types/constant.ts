/**
 * Values of constants, exact as far as they are kept (Go spec, Constants; go/constant). A
 * value of a size that no honest program needs is not kept: it is then unknown, never wrong.
 */

/** A rational number that is no integer; in lowest terms, `denominator` above 1. */
export interface Ratio {
  readonly kind: "ratio";
  readonly numerator: bigint;
  readonly denominator: bigint;
}

export type Real = bigint | Ratio;

export interface Complex {
  readonly kind: "complex";
  readonly real: Real;
  readonly imaginary: Real;
}

/** Strings hold bytes that are no UTF-8 as U+DC80 to U+DCFF. */
export type Constant = boolean | string | Real | Complex;

const bitLimit = 8192;
const textLimit = 1 << 20;

export function isReal(value: Constant | undefined): value is Real {
  return typeof value === "bigint" || (typeof value === "object" && value.kind === "ratio");
}

export function isNumber(value: Constant | undefined): value is Real | Complex {
  return isReal(value) || typeof value === "object";
}

/** numerator / denominator; undefined if it is too large to keep, or there is no such number. */
export function ratio(numerator: bigint, denominator: bigint): Real | undefined {
  if (denominator === 0n) return undefined;
  const divisor = gcd(numerator < 0n ? -numerator : numerator, denominator < 0n ? -denominator : denominator);
  const sign = denominator < 0n ? -1n : 1n;
  const top = (sign * numerator) / divisor;
  const bottom = (sign * denominator) / divisor;
  if (!fits(top) || !fits(bottom)) return undefined;
  return bottom === 1n ? top : { kind: "ratio", numerator: top, denominator: bottom };
}

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x === 0n ? 1n : x;
}

const bound = 1n << BigInt(bitLimit);

function fits(value: bigint): boolean {
  return value < bound && value > -bound;
}

/** An integer literal in any base; undefined if it is malformed or too large to keep. */
export function integerLiteral(literal: string): bigint | undefined {
  const digits = literal.replaceAll("_", "");
  if (digits.length > bitLimit / 4) return undefined;
  const text = /^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits;
  try {
    return BigInt(text);
  } catch {
    return undefined;
  }
}

const decimalFloat = /^(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;
const hexFloat = /^0[xX]([0-9a-fA-F]*)(?:\.([0-9a-fA-F]*))?[pP]([+-]?\d+)$/;

/** A floating-point literal, decimal or hexadecimal. */
export function floatLiteral(literal: string): Real | undefined {
  const text = literal.replaceAll("_", "");
  if (text.length > 2048) return undefined;
  const hex = hexFloat.exec(text);
  if (hex !== null) {
    const [, whole = "", fraction = "", exponent = "0"] = hex;
    return scaled(BigInt(`0x${whole}${fraction}`), 2n, Number(exponent) - 4 * fraction.length);
  }
  const decimal = decimalFloat.exec(text);
  if (decimal === null) return undefined;
  const [, whole = "", fraction = "", exponent = "0"] = decimal;
  return scaled(BigInt(`${whole}${fraction}` || "0"), 10n, Number(exponent) - fraction.length);
}

function scaled(mantissa: bigint, base: bigint, exponent: number): Real | undefined {
  if (Math.abs(exponent) > bitLimit) return undefined;
  const power = base ** BigInt(Math.abs(exponent));
  return exponent < 0 ? ratio(mantissa, power) : ratio(mantissa * power, 1n);
}

/** `1.5i` and the like. */
export function imaginaryLiteral(literal: string): Complex | undefined {
  const digits = literal.slice(0, -1);
  // For historical reasons 010i is 10i (Go spec, Imaginary literals).
  const plain = /^\d[\d_]*$/.test(digits) ? digits.replace(/^[0_]+(?=\d)/, "") : digits;
  const imaginary =
    /^0[xXbBoO]/.test(plain) && !/[pP]/.test(plain) ? integerLiteral(plain) : floatLiteral(plain);
  return imaginary === undefined ? undefined : { kind: "complex", real: 0n, imaginary };
}

function add(a: Real, b: Real, sign: bigint): Real | undefined {
  const [x, y] = [parts(a), parts(b)];
  return ratio(x.top * y.bottom + sign * y.top * x.bottom, x.bottom * y.bottom);
}

function multiply(a: Real, b: Real): Real | undefined {
  const [x, y] = [parts(a), parts(b)];
  return ratio(x.top * y.top, x.bottom * y.bottom);
}

function divide(a: Real, b: Real): Real | undefined {
  const [x, y] = [parts(a), parts(b)];
  return ratio(x.top * y.bottom, x.bottom * y.top);
}

/** A real value as a fraction. */
export function parts(value: Real): { readonly top: bigint; readonly bottom: bigint } {
  return typeof value === "bigint"
    ? { top: value, bottom: 1n }
    : { top: value.numerator, bottom: value.denominator };
}

/** The value of a unary operation; undefined if it has none. `bits` is the size of an unsigned operand. */
export function unary(operator: string, value: Constant, bits?: number): Constant | undefined {
  if (operator === "!") return typeof value === "boolean" ? !value : undefined;
  if (!isNumber(value)) return undefined;
  if (operator === "+") return value;
  if (operator === "-") return binary(0n, "-", value);
  if (operator !== "^" || typeof value !== "bigint") return undefined;
  return bits === undefined ? ~value : BigInt.asUintN(bits, ~value);
}

/** The value of a binary operation; `integers`: whether `/` cuts off. */
export function binary(
  left: Constant,
  operator: string,
  right: Constant,
  integers = true,
): Constant | undefined {
  if (typeof left === "string" && typeof right === "string") return onStrings(left, operator, right);
  if (typeof left === "boolean" && typeof right === "boolean") return onBooleans(left, operator, right);
  if (typeof left === "bigint" && typeof right === "bigint" && (integers || operator !== "/")) {
    return onIntegers(left, operator, right);
  }
  if (isReal(left) && isReal(right)) return onReals(left, operator, right);
  return isNumber(left) && isNumber(right) ? onComplex(left, operator, right) : undefined;
}

function onStrings(left: string, operator: string, right: string): Constant | undefined {
  if (operator === "+") return left.length + right.length <= textLimit ? left + right : undefined;
  return compared(order(left, right), operator);
}

/** The order of the bytes of two strings. Code points are in the order of their UTF-8; what is none is not. */
function order(left: string, right: string): number {
  const [a, b] = [bytesOf(left), bytesOf(right)];
  const at = a.findIndex((byte, index) => byte !== b[index]);
  return at < 0 ? a.length - b.length : (a[at] ?? -1) - (b[at] ?? -1);
}

function bytesOf(text: string): number[] {
  return Array.from(text).flatMap((character) => {
    const point = character.codePointAt(0) ?? 0;
    const tail = (shift: number) => 0x80 | ((point >> shift) & 0x3f);
    if (point < 0x80) return [point];
    if (isByte(point)) return [point - 0xdc00];
    if (point < 0x800) return [0xc0 | (point >> 6), tail(0)];
    if (point < 0x10000) return [0xe0 | (point >> 12), tail(6), tail(0)];
    return [0xf0 | (point >> 18), tail(12), tail(6), tail(0)];
  });
}

/** Whether a character of a constant stands for a byte that is no UTF-8. */
function isByte(point: number): boolean {
  return point >= 0xdc80 && point <= 0xdcff;
}

function onBooleans(left: boolean, operator: string, right: boolean): boolean | undefined {
  if (operator === "&&") return left && right;
  if (operator === "||") return left || right;
  if (operator === "==") return left === right;
  return operator === "!=" ? left !== right : undefined;
}

function compared(order: number, operator: string): boolean | undefined {
  switch (operator) {
    case "==":
      return order === 0;
    case "!=":
      return order !== 0;
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    case ">=":
      return order >= 0;
    default:
      return undefined;
  }
}

function onIntegers(left: bigint, operator: string, right: bigint): Constant | undefined {
  switch (operator) {
    case "+":
      return kept(left + right);
    case "-":
      return kept(left - right);
    case "*":
      return kept(left * right);
    case "/":
      return right === 0n ? undefined : left / right;
    case "%":
      return right === 0n ? undefined : left % right;
    case "&":
      return left & right;
    case "|":
      return left | right;
    case "^":
      return left ^ right;
    case "&^":
      return left & ~right;
    case "<<":
    case ">>":
      return shift(left, operator, right);
    default:
      return compared(left < right ? -1 : left > right ? 1 : 0, operator);
  }
}

function kept(value: bigint): bigint | undefined {
  return fits(value) ? value : undefined;
}

function shift(left: bigint, operator: string, count: bigint): bigint | undefined {
  if (count < 0n || count > BigInt(bitLimit)) return undefined;
  return operator === ">>" ? left >> count : kept(left << count);
}

function onReals(left: Real, operator: string, right: Real): Constant | undefined {
  switch (operator) {
    case "+":
      return add(left, right, 1n);
    case "-":
      return add(left, right, -1n);
    case "*":
      return multiply(left, right);
    case "/":
      return divide(left, right);
    default: {
      const [x, y] = [parts(left), parts(right)];
      const [a, b] = [x.top * y.bottom, y.top * x.bottom];
      return compared(a < b ? -1 : a > b ? 1 : 0, operator);
    }
  }
}

function onComplex(left: Real | Complex, operator: string, right: Real | Complex): Constant | undefined {
  const [a, b] = [complexParts(left), complexParts(right)];
  switch (operator) {
    case "+":
    case "-": {
      const sign = operator === "+" ? 1n : -1n;
      return complex(add(a.real, b.real, sign), add(a.imaginary, b.imaginary, sign));
    }
    case "*":
      return complex(
        sum(multiply(a.real, b.real), multiply(a.imaginary, b.imaginary), -1n),
        sum(multiply(a.real, b.imaginary), multiply(a.imaginary, b.real), 1n),
      );
    case "/":
      return quotient(a, b);
    case "==":
    case "!=": {
      const same = onReals(a.real, "==", b.real) === true && onReals(a.imaginary, "==", b.imaginary) === true;
      return operator === "==" ? same : !same;
    }
    default:
      return undefined;
  }
}

interface ComplexParts {
  readonly real: Real;
  readonly imaginary: Real;
}

export function complexParts(value: Real | Complex): ComplexParts {
  return isReal(value) ? { real: value, imaginary: 0n } : value;
}

function sum(a: Real | undefined, b: Real | undefined, sign: bigint): Real | undefined {
  return a === undefined || b === undefined ? undefined : add(a, b, sign);
}

/** A complex value; a real one if there is no imaginary part. */
export function complex(real: Real | undefined, imaginary: Real | undefined): Real | Complex | undefined {
  if (real === undefined || imaginary === undefined) return undefined;
  return imaginary === 0n ? real : { kind: "complex", real, imaginary };
}

function quotient(a: ComplexParts, b: ComplexParts): Constant | undefined {
  const size = sum(multiply(b.real, b.real), multiply(b.imaginary, b.imaginary), 1n);
  if (size === undefined || size === 0n) return undefined;
  const real = sum(multiply(a.real, b.real), multiply(a.imaginary, b.imaginary), 1n);
  const imaginary = sum(multiply(a.imaginary, b.real), multiply(a.real, b.imaginary), -1n);
  if (real === undefined || imaginary === undefined) return undefined;
  return complex(divide(real, size), divide(imaginary, size));
}

/** A real value without its fraction, as a conversion of a constant demands it; undefined if there is one. */
export function toInteger(value: Constant | undefined): bigint | undefined {
  return typeof value === "bigint" ? value : undefined;
}

/** Length in bytes of the UTF-8 of a string constant. */
export function byteLength(text: string): number {
  let length = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    if (point < 0x80 || isByte(point)) length += 1;
    else length += point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return length;
}

/** The value for a reader: strings as they are, bytes that are no UTF-8 as U+0080 to U+00FF, numbers in decimal, fractions as `1/3` where no float is near. */
export function constantText(value: Constant): string {
  if (typeof value === "string")
    return value.replaceAll(/[\udc80-\udcff]/gu, (one) => String.fromCharCode(one.charCodeAt(0) - 0xdc00));
  if (typeof value !== "object") return String(value);
  if (value.kind === "complex") return `(${constantText(value.real)} + ${constantText(value.imaginary)}i)`;
  const near = Number(value.numerator) / Number(value.denominator);
  return Number.isFinite(near) && near !== 0 ? String(near) : `${value.numerator}/${value.denominator}`;
}

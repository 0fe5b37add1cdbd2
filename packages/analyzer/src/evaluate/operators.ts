/** Operators on known values (Go spec, Operators). */
import type { CodeType } from "../model/code-facts.ts";
import { lifted, withHoles } from "./lifted.ts";
import { usualLimits } from "./limits.ts";
import {
  bits,
  bool,
  combined,
  cut,
  type Int,
  int,
  type Known,
  keyOf,
  type Origin,
  type Text,
  text,
  unknown,
  type Value,
} from "./values.ts";

/** Has an integer the size of its type. */
export function wrapped(value: bigint, type: CodeType): bigint | undefined {
  if (typeof type !== "string") return undefined;
  const size = Number(type.slice(1));
  if (!(size > 0)) return undefined;
  if (type.startsWith("u")) return BigInt.asUintN(size, value);
  return type.startsWith("i") ? BigInt.asIntN(size, value) : undefined;
}

export function unary(operator: string, operand: Value, type: CodeType): Value {
  return lifted([operand], (one) => {
    if (one.kind === "bool") return operator === "!" ? bool(!one.bool, one.origin) : unknown;
    if (one.kind !== "int") return unknown;
    const result =
      operator === "-" ? -one.int : operator === "^" ? ~one.int : operator === "+" ? one.int : undefined;
    const fitting = result === undefined ? undefined : wrapped(result, type);
    return fitting === undefined ? unknown : int(fitting, one.origin);
  });
}

/** `type` is that of the operands, but of shifts that of the left one. `also`: operations to note besides. */
export function binary(operator: string, left: Value, right: Value, type: CodeType, also = 0): Value {
  if (operator === "+" && type === "s")
    return withHoles([left, right], (a, b) =>
      a.kind === "text" && b.kind === "text" ? appended(a, b, also) : unknown,
    );
  return lifted([left, right], (a, b) => {
    if (a.kind === "int" && b.kind === "int") return onIntegers(operator, a, b, type, also);
    if (a.kind === "text" && b.kind === "text") {
      const origin = combined([a.origin, b.origin], also);
      if (operator === "+") return appended(a, b, also);
      return compared(operator, a.text < b.text ? -1 : a.text > b.text ? 1 : 0, origin);
    }
    if (a.kind === "bool" && b.kind === "bool")
      return compared(operator, a.bool === b.bool ? 0 : 1, a.origin);
    return sameness(operator, a, b);
  });
}

const concatenation = bits("concatenation");

/** `s += t`: of how many pieces is counted each time. */
function appended(a: Text, b: Text, also: number): Value {
  if (a.text.length + b.text.length > usualLimits.size) return cut;
  if (a.text === "" || b.text === "") return a.text === "" ? b : a;
  const { by } = combined([a.origin, b.origin], also | concatenation);
  return text(a.text + b.text, { by, pieces: Math.min(a.origin.pieces + b.origin.pieces, usualLimits.size) });
}

/** Whether it is nil is known of many values. */
function sameness(operator: string, a: Known, b: Known): Value {
  if (operator !== "==" && operator !== "!=") return unknown;
  if (a.kind === "nil" || b.kind === "nil") return bool((a.kind === b.kind) === (operator === "=="));
  const [one, other] = [keyOf(a), keyOf(b)];
  if (one === undefined || other === undefined || one.includes("?") || other.includes("?")) return unknown;
  if (a.kind === "native" || b.kind === "native" || a.kind !== b.kind) return unknown;
  return bool((one === other) === (operator === "=="));
}

function compared(operator: string, order: number, origin: Origin): Value {
  switch (operator) {
    case "==":
      return bool(order === 0, origin);
    case "!=":
      return bool(order !== 0, origin);
    case "<":
      return bool(order < 0, origin);
    case "<=":
      return bool(order <= 0, origin);
    case ">":
      return bool(order > 0, origin);
    case ">=":
      return bool(order >= 0, origin);
    default:
      return unknown;
  }
}

const shiftLimit = 64n;

function computed(operator: string, left: bigint, right: bigint): bigint | undefined {
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
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
      return right < 0n ? undefined : right > shiftLimit ? 0n : left << right;
    case ">>":
      return right < 0n ? undefined : left >> (right > shiftLimit ? shiftLimit : right);
    default:
      return undefined;
  }
}

const xor = bits("xor");

function onIntegers(operator: string, a: Int, b: Int, type: CodeType, also: number): Value {
  const result = computed(operator, a.int, b.int);
  if (result === undefined) {
    return compared(
      operator,
      a.int < b.int ? -1 : a.int > b.int ? 1 : 0,
      combined([a.origin, b.origin], also),
    );
  }
  const fitting = wrapped(result, type);
  if (fitting === undefined) return unknown;
  return int(fitting, pairOrigin(a.origin, b.origin, operator === "^" ? also | xor : also));
}

/** Origins by what they are of: the same two by the same operations give the same. */
const pairs = new WeakMap<Origin, WeakMap<Origin, Map<number, Origin>>>();

/** As `combined`, but the same origin for the same two, so that what a loop computes with one key is of two constants. */
function pairOrigin(a: Origin, b: Origin, by: number): Origin {
  let ofFirst = pairs.get(a);
  if (ofFirst === undefined) pairs.set(a, (ofFirst = new WeakMap()));
  let ofBoth = ofFirst.get(b);
  if (ofBoth === undefined) ofFirst.set(b, (ofBoth = new Map()));
  let origin = ofBoth.get(by);
  if (origin === undefined) ofBoth.set(by, (origin = combined([a, b], by)));
  return origin;
}

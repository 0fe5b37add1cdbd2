/**
 * Constant folding as far as syntax shows: literals, constants of the same package and
 * of blocks around, iota, `+` on strings, integer arithmetic, conversions to string and
 * []byte. Bounded in depth and size; what is beyond is not constant to us.
 */
import type { ConstantDeclaration } from "../declare/package-scope.ts";
import { stringValue } from "../declare/strings.ts";
import { childByField, childOfKind, children, F, K, kind, type Node, text } from "../syntax/index.ts";
import { lookUp, type Scope } from "./scope.ts";
import type { Unit } from "./unit.ts";

export type Constant = string | bigint | boolean;

const depthLimit = 200;
const textLimit = 65_536;
const bitLimit = 4096n;

interface Place {
  readonly unit: Unit;
  readonly scope: Scope;
  /** The value of iota, inside a constant declaration. */
  readonly iota?: number;
}

/** The value of an expression; undefined if syntax does not show one. */
export function fold(place: Place, node: Node, depth = 0): Constant | undefined {
  if (node < 0 || depth > depthLimit) return undefined;
  const { tree } = place.unit;
  switch (kind(tree, node)) {
    case K.interpreted_string_literal:
    case K.raw_string_literal:
      return literalText(text(tree, node));
    case K.rune_literal:
      return codePointOf(text(tree, node));
    case K.int_literal:
      return integer(text(tree, node));
    case K.true:
    case K.false:
    case K.iota:
    case K.identifier:
      return foldName(place, text(tree, node), depth);
    case K.parenthesized_expression:
    case K.literal_element:
      return foldOnlyChild(place, node, depth);
    case K.unary_expression:
      return foldUnary(place, node, depth);
    case K.binary_expression:
      return foldBinary(place, node, depth);
    case K.call_expression:
      return foldConversion(place, node, depth);
    case K.type_conversion_expression:
      return text(tree, childByField(tree, node, F.type)).replaceAll(/\s/g, "") === "[]byte"
        ? onlyText(fold(place, childByField(tree, node, F.operand), depth + 1))
        : undefined;
    default:
      return undefined;
  }
}

/** Go's notation of a value: strings as they are. */
export function constantText(value: Constant): string {
  return typeof value === "string" ? value : String(value);
}

function literalText(literal: string): string | undefined {
  return literal.length > textLimit ? undefined : stringValue(literal);
}

function codePointOf(literal: string): bigint | undefined {
  const point = stringValue(literal)?.codePointAt(0);
  return point === undefined ? undefined : BigInt(point);
}

function integer(literal: string): bigint | undefined {
  const digits = literal.replaceAll("_", "");
  if (digits.length > 1024) return undefined;
  const octal = /^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits;
  try {
    return BigInt(octal);
  } catch {
    return undefined;
  }
}

function onlyText(value: Constant | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function foldOnlyChild(place: Place, node: Node, depth: number): Constant | undefined {
  const { tree } = place.unit;
  const inside = children(tree, node).filter((child) => !["(", ")"].includes(text(tree, child)));
  return inside.length === 1 ? fold(place, inside[0] ?? -1, depth + 1) : undefined;
}

function foldName(place: Place, name: string, depth: number): Constant | undefined {
  const meaning = lookUp(place.unit, place.scope, name);
  if (meaning.kind === "local" && meaning.local.kind === "constant") {
    return foldDeclaration(place.unit, meaning.local.declaration, meaning.local.scope, depth);
  }
  if (meaning.kind === "universe" && name === "iota" && place.iota !== undefined) return BigInt(place.iota);
  if (meaning.kind === "universe" && (name === "true" || name === "false")) return name === "true";
  if (meaning.kind !== "declared") return undefined;
  const values = meaning.declarations.map((one) =>
    one.kind === "constant" ? foldDeclaration(place.unit.inFile(one.file), one, undefined, depth) : undefined,
  );
  // Several declarations belong to several builds: constant only where they agree.
  return values.every((value) => value === values[0]) ? values[0] : undefined;
}

function foldDeclaration(
  unit: Unit,
  declaration: ConstantDeclaration,
  scope: Scope | undefined,
  depth: number,
): Constant | undefined {
  const place = { unit, scope: scope ?? unit.fileScope, iota: declaration.iota };
  return fold(place, declaration.value, depth + 1);
}

function foldUnary(place: Place, node: Node, depth: number): Constant | undefined {
  const { tree } = place.unit;
  const value = fold(place, childByField(tree, node, F.operand), depth + 1);
  const operator = kind(tree, childByField(tree, node, F.operator));
  if (typeof value === "boolean") return operator === K["!"] ? !value : undefined;
  if (typeof value !== "bigint") return undefined;
  if (operator === K["-"]) return -value;
  if (operator === K["+"]) return value;
  return operator === K["^"] ? ~value : undefined;
}

/** Long sums lean to the left: the spine is folded in a loop, so that depth counts only nesting. */
function foldBinary(place: Place, node: Node, depth: number): Constant | undefined {
  const { tree } = place.unit;
  const spine: Node[] = [];
  let left = node;
  while (kind(tree, left) === K.binary_expression) {
    spine.push(left);
    left = childByField(tree, left, F.left);
  }
  let value = fold(place, left, depth + 1);
  while (value !== undefined) {
    const parent = spine.pop();
    if (parent === undefined) break;
    const right = fold(place, childByField(tree, parent, F.right), depth + 1);
    value = combine(value, kind(tree, childByField(tree, parent, F.operator)), right);
  }
  return value;
}

function combine(left: Constant, operator: number, right: Constant | undefined): Constant | undefined {
  if (typeof left === "string" && typeof right === "string") {
    return operator === K["+"] && left.length + right.length <= textLimit ? left + right : undefined;
  }
  return typeof left === "bigint" && typeof right === "bigint"
    ? arithmetic(left, operator, right)
    : undefined;
}

function arithmetic(left: bigint, operator: number, right: bigint): bigint | undefined {
  switch (operator) {
    case K["+"]:
      return left + right;
    case K["-"]:
      return left - right;
    case K["*"]:
      return bounded(left) && bounded(right) ? left * right : undefined;
    case K["/"]:
      return right === 0n ? undefined : left / right;
    case K["%"]:
      return right === 0n ? undefined : left % right;
    case K["&"]:
      return left & right;
    case K["|"]:
      return left | right;
    case K["^"]:
      return left ^ right;
    case K["&^"]:
      return left & ~right;
    case K["<<"]:
      return right >= 0n && right <= bitLimit && bounded(left) ? left << right : undefined;
    case K[">>"]:
      return right >= 0n && right <= bitLimit ? left >> right : undefined;
    default:
      return undefined;
  }
}

function bounded(value: bigint): boolean {
  return value < 1n << bitLimit && value > -(1n << bitLimit);
}

/** `string("x")` and, as calls, conversions of integers between integer types. */
function foldConversion(place: Place, node: Node, depth: number): Constant | undefined {
  const { tree } = place.unit;
  const callee = childByField(tree, node, F.function);
  const list = childOfKind(tree, node, K.argument_list);
  if (kind(tree, callee) !== K.identifier || list < 0) return undefined;
  if (lookUp(place.unit, place.scope, text(tree, callee)).kind !== "universe") return undefined;
  const operands = argumentsOf(place.unit, node);
  const value = operands.length === 1 ? fold(place, operands[0] ?? -1, depth + 1) : undefined;
  const name = text(tree, callee);
  if (name === "string") return typeof value === "bigint" ? runeText(value) : onlyText(value);
  return /^u?int(8|16|32|64)?$|^byte$|^rune$/.test(name) && typeof value === "bigint" ? value : undefined;
}

function runeText(value: bigint): string {
  const valid = value >= 0n && value <= 0x10ffffn && !(value >= 0xd800n && value <= 0xdfffn);
  return valid ? String.fromCodePoint(Number(value)) : "\ufffd";
}

/** The arguments of a call, without parentheses, commas and comments. */
export function argumentsOf(unit: Unit, call: Node): Node[] {
  const { tree } = unit;
  const list = childByField(tree, call, F.arguments);
  if (list < 0) return [];
  return children(tree, list).filter(
    (child) => kind(tree, child) !== K.comment && !["(", ")", ","].includes(text(tree, child)),
  );
}

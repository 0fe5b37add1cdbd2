/** Expressions: what each evaluates to (Go spec, Expressions). */
import { stringValue } from "../declare/strings.ts";
import { childByField, children, F, K, type Kind, kind, type Node, text } from "../syntax/index.ts";
import { callExpression, typeConversion } from "./call.ts";
import { depthLimit, type Place } from "./checker.ts";
import { compositeLiteral } from "./composite-literal.ts";
import { floatLiteral, imaginaryLiteral, integerLiteral } from "./constant.ts";
import { functionLiteral } from "./function-literal.ts";
import { indexExpression, instantiation, sliceExpression } from "./indexing.ts";
import { meaningOperand } from "./meaning.ts";
import { lookUp } from "./names.ts";
import { commaOk, constantValue, type Operand, unknown, value } from "./operand.ts";
import { binaryExpression, pointedValue, unaryExpression } from "./operators.ts";
import { selectorExpression } from "./selector.ts";

/** What an expression evaluates to; types are expressions too where they may stand. */
export function expression(place: Place, written: Node): Operand {
  const { checker, file } = place;
  let node = written;
  while (node >= 0 && kind(file.tree, node) === K.parenthesized_expression) node = onlyChild(place, node);
  if (node < 0) return unknown("syntax-error");
  if (checker.depth > depthLimit) {
    place.observer?.tooDeep(node);
    return unknown("too-deep");
  }
  checker.depth++;
  try {
    const operand = ofKind(place, node);
    place.observer?.evaluated?.(node, operand);
    return operand;
  } finally {
    checker.depth--;
  }
}

const typeKinds: ReadonlySet<Kind> = new Set<Kind>([
  K.pointer_type,
  K.parenthesized_type,
  K.slice_type,
  K.array_type,
  K.implicit_length_array_type,
  K.map_type,
  K.channel_type,
  K.function_type,
  K.struct_type,
  K.interface_type,
  K.negated_type,
  K.type_elem,
]);

function ofKind(place: Place, node: Node): Operand {
  const { checker, file } = place;
  const { tree } = file;
  const { universe } = checker;
  const of = kind(tree, node);
  switch (of) {
    case K.identifier:
    case K.type_identifier:
    case K.package_identifier:
    case K.nil:
    case K.true:
    case K.false:
    case K.iota:
      return identifier(place, node);
    case K.selector_expression:
    case K.qualified_type:
      return selectorExpression(place, node);
    case K.call_expression:
      return callExpression(place, node);
    case K.type_conversion_expression:
      return typeConversion(place, node);
    case K.literal_element:
    case K.variadic_argument:
      return checker.evaluate(place, onlyChild(place, node));
    case K.interpreted_string_literal:
    case K.raw_string_literal:
      return constantValue(universe.untypedString, stringValue(text(tree, node)));
    case K.int_literal:
      return constantValue(universe.untypedInt, integerLiteral(text(tree, node)));
    case K.float_literal:
      return constantValue(universe.untypedFloat, floatLiteral(text(tree, node)));
    case K.imaginary_literal:
      return constantValue(universe.untypedComplex, imaginaryLiteral(text(tree, node)));
    case K.rune_literal:
      return constantValue(universe.untypedRune, runeValue(text(tree, node)));
    case K.binary_expression:
      return binaryExpression(place, node);
    case K.unary_expression:
      return unaryExpression(place, node);
    case K.index_expression:
      return indexExpression(place, node);
    case K.generic_type:
    case K.type_instantiation_expression:
      return instantiation(place, node);
    case K.slice_expression:
      return sliceExpression(place, node);
    case K.type_assertion_expression:
      checker.evaluate(place, childByField(tree, node, F.operand));
      return commaOk(checker.typeOf(place, childByField(tree, node, F.type)));
    case K.composite_literal:
      return compositeLiteral(place, node);
    case K.func_literal:
      return functionLiteral(place, node);
    default:
      if (typeKinds.has(of)) return ambiguousType(place, node);
      for (const child of children(tree, node)) checker.statement(place, child);
      return unknown("syntax-error");
  }
}

/** In parentheses, and behind a star, stands an expression where the parser sees a type. */
function ambiguousType(place: Place, node: Node): Operand {
  const { checker, file } = place;
  const of = kind(file.tree, node);
  if (of === K.parenthesized_type || of === K.type_elem) {
    return checker.evaluate(place, onlyChild(place, node));
  }
  if (of !== K.pointer_type) return { mode: "type", type: checker.typeOf(place, node) };
  const operand = checker.evaluate(place, onlyChild(place, node));
  if (operand.mode === "type") return { mode: "type", type: checker.types.pointer(operand.type) };
  return operand.mode === "value" ? pointedValue(checker, operand.type) : operand;
}

function identifier(place: Place, node: Node): Operand {
  const name = text(place.file.tree, node);
  if (name === "_") return value(place.checker.types.unknown("invalid"));
  return meaningOperand(place, lookUp(place, name), { node, name });
}

/** The part of a node that is neither a bracket nor a comment. */
function onlyChild({ file: { tree } }: Place, node: Node): Node {
  return (
    children(tree, node).find(
      (child) => kind(tree, child) !== K.comment && !brackets.has(text(tree, child)),
    ) ?? -1
  );
}

const brackets = new Set(["(", ")", "*", "..."]);

function runeValue(literal: string): bigint | undefined {
  const point = stringValue(literal)?.codePointAt(0);
  if (point === undefined) return undefined;
  // `'\xff'` is 255: no byte of a text, but a number.
  return BigInt(point >= 0xdc80 && point <= 0xdcff ? point - 0xdc00 : point);
}

/** Unary and binary operators (Go spec, Operators). */
import { childByField, F, K, kind, type Node, text } from "../syntax/index.ts";
import type { Checker, Place } from "./checker.ts";
import { binary, type Constant, unary } from "./constant.ts";
import { commaOk, constantValue, type Operand, unknown, type Value, value } from "./operand.ts";
import { represented } from "./representation.ts";
import { sizeOf } from "./sizes.ts";
import { type BasicType, Is, type Type } from "./type.ts";
import { coreType, underlying } from "./type-set.ts";

/** `-x`, `&x`, `*x`, `<-x` and the like. */
export function unaryExpression(place: Place, node: Node): Operand {
  const { checker, file } = place;
  const { types } = checker;
  const operator = text(file.tree, childByField(file.tree, node, F.operator));
  const operand = checker.evaluate(place, childByField(file.tree, node, F.operand));
  if (operand.mode === "type" && operator === "*") return { mode: "type", type: types.pointer(operand.type) };
  if (operand.mode !== "value")
    return operand.mode === "unknown" ? unknown(operand.reason) : unknown("invalid");
  switch (operator) {
    case "&":
      return value(types.pointer(operand.type));
    case "*":
      return pointedValue(checker, operand.type);
    case "<-": {
      checker.runs++;
      const core = coreType(types, operand.type);
      return core?.kind === "channel" ? commaOk(core.element) : unknownOr(core);
    }
    default: {
      const constant =
        operand.constant === undefined
          ? undefined
          : unary(
              operator,
              operand.constant,
              operator === "^" ? unsignedBits(place, operand.type) : undefined,
            );
      return constantValue(operand.type, represented(checker, operand.type, constant));
    }
  }
}

/** What a pointer points to. */
export function pointedValue({ types }: Checker, type: Type): Operand {
  const core = coreType(types, type);
  return core?.kind === "pointer" ? value(core.element) : unknownOr(core);
}

function unknownOr(core: Type | undefined): Operand {
  return unknown(core?.kind === "unknown" ? core.reason : "invalid");
}

/** Size of an unsigned type in the current builds, for `^`; undefined for other types. */
function unsignedBits({ checker }: Place, type: Type): number | undefined {
  const under = underlying(checker.types, type);
  if (under.kind !== "basic" || (under.is & Is.unsigned) === 0) return undefined;
  const size = sizeOf(checker, under);
  return size === undefined ? undefined : 8 * Number(size);
}

const comparisons: ReadonlySet<string> = new Set(["==", "!=", "<", "<=", ">", ">="]);

/** Long sums lean to the left: the spine is followed in a loop, so that depth counts only nesting. */
export function binaryExpression(place: Place, node: Node): Operand {
  const { tree } = place.file;
  const spine: Node[] = [];
  let first = node;
  while (kind(tree, first) === K.binary_expression) {
    spine.push(first);
    first = childByField(tree, first, F.left);
  }
  let left = place.checker.evaluate(place, first);
  for (let parent = spine.pop(); parent !== undefined; parent = spine.pop()) {
    const right = place.checker.evaluate(place, childByField(tree, parent, F.right));
    left = combine(place, text(tree, childByField(tree, parent, F.operator)), left, right);
    // The outermost one is told like any expression.
    if (spine.length > 0) place.observer?.evaluated?.(parent, left);
  }
  return left;
}

function combine(place: Place, operator: string, left: Operand, right: Operand): Operand {
  const { universe } = place.checker;
  if (comparisons.has(operator)) {
    const truth =
      left.mode === "value" && right.mode === "value"
        ? folded(place, { operator, left, right, type: commonType(place, left, right) })
        : undefined;
    return constantValue(universe.untypedBool, truth);
  }
  if (left.mode !== "value") return besideUnknown(operator, left, right);
  if (right.mode !== "value") return besideUnknown(operator, right, left);
  if (operator === "<<" || operator === ">>") return shifted(place, operator, left, right);
  const type = commonType(place, left, right);
  return constantValue(
    type,
    represented(place.checker, type, folded(place, { operator, left, right, type })),
  );
}

/** What is known of one side says what the other must be, unless it is an untyped constant. */
function besideUnknown(operator: string, lost: Exclude<Operand, Value>, other: Operand): Operand {
  const reason = lost.mode === "unknown" ? lost.reason : "invalid";
  if (other.mode !== "value") return unknown(reason);
  if (operator === "<<" || operator === ">>") return unknown("invalid");
  return isUntyped(other.type) ? unknown(reason) : value(other.type);
}

/** A shift has the type of its left side; an untyped constant is then an integer. */
function shifted({ checker }: Place, operator: string, left: Value, right: Value): Operand {
  const { universe } = checker;
  const constant =
    left.constant === undefined || right.constant === undefined
      ? undefined
      : binary(left.constant, operator, right.constant);
  if (!isUntyped(left.type)) return constantValue(left.type, represented(checker, left.type, constant));
  const integer = left.type === universe.untypedRune ? universe.untypedRune : universe.untypedInt;
  return constant === undefined ? value(universe.int) : constantValue(integer, constant);
}

interface Operation {
  readonly operator: string;
  readonly left: Value;
  readonly right: Value;
  /** What both sides are converted to. */
  readonly type: Type;
}

function folded(place: Place, { operator, left, right, type }: Operation): Constant | undefined {
  const [a, b] = [left, right].map((side) => represented(place.checker, type, side.constant));
  return a === undefined || b === undefined ? undefined : binary(a, operator, b, isInteger(place, type));
}

function isInteger({ checker: { types } }: Place, type: Type): boolean {
  const under = underlying(types, type);
  return under.kind === "basic" && (under.is & Is.integer) !== 0;
}

/** Untyped constants take the other side's type; of two untyped ones the wider kind wins. */
export function commonType({ checker }: Pick<Place, "checker">, left: Value, right: Value): Type {
  const [a, b] = [left.type, right.type];
  if (a.kind === "unknown") return isUntyped(b) ? a : b;
  if (!isUntyped(a)) return a;
  if (!isUntyped(b)) return b;
  return rank(checker.universe, a) >= rank(checker.universe, b) ? a : b;
}

function isUntyped(type: Type): type is BasicType {
  return type.kind === "basic" && (type.is & Is.untyped) !== 0;
}

function rank(universe: Place["checker"]["universe"], type: Type): number {
  return [universe.untypedInt, universe.untypedRune, universe.untypedFloat, universe.untypedComplex].indexOf(
    type as BasicType,
  );
}

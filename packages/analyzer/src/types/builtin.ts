/** Builtin functions and those of package unsafe (Go spec, Built-in functions). */
import { childByField, F, K, kind, type Node, text } from "../syntax/index.ts";
import type { Place } from "./checker.ts";
import { binary, byteLength, complex, complexParts, isNumber, isReal } from "./constant.ts";
import { defaultType } from "./inference.ts";
import { constantValue, type Operand, type UnsafeBuiltin, unknown, value } from "./operand.ts";
import { commonType } from "./operators.ts";
import { represented } from "./representation.ts";
import { alignmentOf, offsetOfField, sizeOf } from "./sizes.ts";
import { type BasicType, Is, type Type } from "./type.ts";
import { coreBytesOrString, coreType, underlying } from "./type-set.ts";
import type { Builtin } from "./universe.ts";

/** A call of a builtin function. */
export function builtinCall(place: Place, name: Builtin, nodes: readonly Node[]): Operand {
  const { checker } = place;
  const { runs } = checker;
  const operands = nodes.map((node) => checker.evaluate(place, node));
  const result = resultOf(place, name, { operands, running: checker.runs > runs });
  if (name === "len" || name === "cap") checker.runs = runs;
  if (result.mode !== "value" || result.constant === undefined) checker.runs++;
  return result;
}

interface BuiltinArguments {
  readonly operands: readonly Operand[];
  /** A call or a receive is in them. */
  readonly running: boolean;
}

function resultOf(place: Place, name: Builtin, { operands, running }: BuiltinArguments): Operand {
  const { types, universe } = place.checker;
  const [first] = operands;
  switch (name) {
    case "append":
      return first?.mode === "value" ? value(first.type) : unknown("invalid");
    case "len":
    case "cap":
      return constantValue(universe.int, running ? undefined : lengthOf(place, name, first));
    case "copy":
      return value(universe.int);
    case "make":
      return first?.mode === "type" ? value(first.type) : unknownAs(first);
    case "new":
      return newValue(place, first);
    case "min":
    case "max":
      return extreme(place, name, operands);
    case "complex":
      return complexValue(place, operands);
    case "real":
    case "imag":
      return partOf(place, name, first);
    case "recover":
      return value(universe.emptyInterface);
    case "clear":
    case "close":
    case "delete":
    case "panic":
    case "print":
    case "println":
      return value(types.tuple([]));
    default:
      return name satisfies never;
  }
}

/** The least or greatest of several values, which have one type. */
function extreme(place: Place, name: "min" | "max", operands: readonly Operand[]): Operand {
  const values = operands.filter((one) => one.mode === "value");
  const [first] = values;
  if (first === undefined) return unknownAs(operands[0]);
  const type = values.reduce((sum, one) => ({ ...sum, type: commonType(place, sum, one) }), first).type;
  const constants = operands.map((one) => (one.mode === "value" ? one.constant : undefined));
  const best = constants.reduce((a, b) => {
    if (a === undefined || b === undefined) return undefined;
    return binary(b, name === "min" ? "<" : ">", a) === true ? b : a;
  });
  return constantValue(type, represented(place.checker, type, best));
}

function unknownAs(operand: Operand | undefined): Operand {
  return operand?.mode === "unknown" ? unknown(operand.reason) : unknown("invalid");
}

function isUntyped(type: Type): type is BasicType {
  return type.kind === "basic" && (type.is & Is.untyped) !== 0;
}

function newValue({ checker }: Place, operand: Operand | undefined): Operand {
  if (operand?.mode === "type") return value(checker.types.pointer(operand.type));
  // Since Go 1.26 an expression may stand here.
  return operand?.mode === "value"
    ? value(checker.types.pointer(defaultType(checker, operand.type)))
    : unknownAs(operand);
}

function lengthOf({ checker }: Place, name: Builtin, operand: Operand | undefined): bigint | undefined {
  if (operand?.mode !== "value") return undefined;
  if (name === "len" && typeof operand.constant === "string") return BigInt(byteLength(operand.constant));
  const core = coreType(checker.types, operand.type);
  const array = core?.kind === "pointer" ? coreType(checker.types, core.element) : core;
  return array?.kind === "array" ? array.length : undefined;
}

function complexValue({ checker }: Place, [real, imaginary]: readonly Operand[]): Operand {
  const { universe, types } = checker;
  if (real?.mode !== "value" || imaginary?.mode !== "value") return unknownAs(real);
  const typed = isUntyped(real.type) ? imaginary : real;
  const constant =
    isReal(real.constant) && isReal(imaginary.constant)
      ? complex(real.constant, imaginary.constant)
      : undefined;
  if (isUntyped(typed.type)) return constantValue(universe.untypedComplex, constant);
  const under = underlying(types, typed.type);
  return constantValue(under === universe.float32 ? universe.complex64 : universe.complex128, constant);
}

function partOf({ checker }: Place, name: "real" | "imag", operand: Operand | undefined): Operand {
  const { universe, types } = checker;
  if (operand?.mode !== "value") return unknownAs(operand);
  const parts = isNumber(operand.constant) ? complexParts(operand.constant) : undefined;
  const constant = name === "real" ? parts?.real : parts?.imaginary;
  if (isUntyped(operand.type)) return constantValue(universe.untypedFloat, constant);
  const under = underlying(types, operand.type);
  return constantValue(under === universe.complex64 ? universe.float32 : universe.float64, constant);
}

/** A call of a function of package unsafe. */
export function unsafeCall(place: Place, name: UnsafeBuiltin, nodes: readonly Node[]): Operand {
  const { checker } = place;
  const { types, universe } = checker;
  const [first] = nodes.map((node) => checker.evaluate(place, node));
  const type = first?.mode === "value" ? defaultType(checker, first.type) : undefined;
  const core = type === undefined ? undefined : coreBytesOrString(types, type);
  switch (name) {
    case "Alignof":
      return constantValue(universe.uintptr, type && alignmentOf(checker, type));
    case "Offsetof":
      return constantValue(universe.uintptr, fieldOffset(place, nodes[0] ?? -1));
    case "Sizeof":
      return constantValue(universe.uintptr, type && sizeOf(checker, type));
    case "Add":
      return value(universe.unsafePointer);
    case "String":
      return value(universe.string);
    case "StringData":
      return value(types.pointer(universe.byte));
    case "Slice":
      return core?.kind === "pointer" ? value(types.slice(core.element)) : unknown("invalid");
    case "SliceData":
      return core?.kind === "slice" ? value(types.pointer(core.element)) : unknown("invalid");
    default:
      return name satisfies never;
  }
}

/** The offset of `x.f` in x. */
function fieldOffset(place: Place, node: Node): bigint | undefined {
  const { checker, file } = place;
  if (node < 0 || kind(file.tree, node) !== K.selector_expression) return undefined;
  const operand = checker.evaluate(
    { ...place, observer: undefined },
    childByField(file.tree, node, F.operand),
  );
  if (operand.mode !== "value") return undefined;
  const core = coreType(checker.types, operand.type);
  const struct = core?.kind === "pointer" ? coreType(checker.types, core.element) : core;
  if (struct?.kind !== "struct") return undefined;
  return offsetOfField(checker, struct, text(file.tree, childByField(file.tree, node, F.field)));
}

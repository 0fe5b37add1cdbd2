/** Index and slice expressions, and instantiations, which look the same. */
import { childByField, children, F, K, kind, type Node, text } from "../syntax/index.ts";
import type { Place } from "./checker.ts";
import { instantiateSignature } from "./inference.ts";
import {
  commaOk,
  constantValue,
  functionValue,
  type Operand,
  unknown,
  type Value,
  value,
} from "./operand.ts";
import { Is, type Type, unalias } from "./type.ts";
import { instantiateType } from "./type-expression.ts";
import { coreBytesOrString, coreType } from "./type-set.ts";

/** `a[i]`, or `F[T]`, or `G[T]` with a generic type. */
export function indexExpression(place: Place, node: Node): Operand {
  const { tree } = place.file;
  const operand = place.checker.evaluate(place, childByField(tree, node, F.operand));
  const index = childByField(tree, node, F.index);
  return indexed(place, operand, [index]);
}

/** What the parser takes for an instantiation: `F[A, B]`, a generic type, or after all an index. */
export function instantiation(place: Place, node: Node): Operand {
  const { tree } = place.file;
  const operand = place.checker.evaluate(place, childByField(tree, node, F.type));
  const list = childByField(tree, node, F.type_arguments);
  const base = childByField(tree, node, F.type);
  const inside = children(tree, list < 0 ? node : list).filter((child) => child !== base);
  return indexed(
    place,
    operand,
    inside.filter((child) => !["[", "]", ","].includes(text(tree, child)) && kind(tree, child) !== K.comment),
  );
}

/** An operand with something in brackets behind it. */
export function indexed(place: Place, operand: Operand, list: readonly Node[]): Operand {
  const { checker } = place;
  const typesOf = () => list.map((node) => checker.typeOf(place, node));
  if (operand.mode === "type")
    return { mode: "type", type: instantiateType(checker, operand.type, typesOf()) };
  if (operand.mode === "value" && isGeneric(operand.type)) return instantiate(place, operand, typesOf());
  for (const node of list) checker.evaluate(place, node);
  if (operand.mode !== "value") return operand.mode === "unknown" ? operand : unknown("invalid");
  return element(place, operand);
}

function isGeneric(type: Type): boolean {
  return type.kind === "signature" && type.typeParameters.length > 0;
}

function instantiate(place: Place, operand: Value, list: readonly Type[]): Operand {
  if (operand.type.kind !== "signature" || operand.callable === undefined) return operand;
  return functionValue(instantiateSignature(place.checker, operand.type, list), operand.callable, list);
}

function element(place: Place, operand: Value): Operand {
  const { types, universe } = place.checker;
  const core = coreBytesOrString(types, operand.type);
  switch (core?.kind) {
    case "map":
      return commaOk(core.element);
    case "slice":
    case "array":
      return value(core.element);
    case "pointer": {
      const pointed = coreType(types, core.element);
      return pointed?.kind === "array" ? value(pointed.element) : unknown("invalid");
    }
    case "basic":
      return (core.is & Is.string) !== 0 ? value(universe.byte) : unknown("invalid");
    case "unknown":
      return unknown(core.reason);
    default:
      return unknown("invalid");
  }
}

/** `a[i:j]`. */
export function sliceExpression(place: Place, node: Node): Operand {
  const { checker, file } = place;
  const { types, universe } = checker;
  const operandNode = childByField(file.tree, node, F.operand);
  const operand = checker.evaluate(place, operandNode);
  for (const child of children(file.tree, node)) {
    if (child !== operandNode && (file.tree.fields[child] ?? 0) !== 0) checker.evaluate(place, child);
  }
  if (operand.mode !== "value") return operand.mode === "unknown" ? operand : unknown("invalid");
  const core = coreBytesOrString(types, operand.type);
  switch (core?.kind) {
    case "basic":
      return (core.is & Is.untyped) !== 0 ? constantValue(universe.string, undefined) : value(operand.type);
    case "array":
      return value(types.slice(core.element));
    case "pointer": {
      const pointed = unalias(core.element);
      const array = coreType(types, pointed);
      return array?.kind === "array" ? value(types.slice(array.element)) : unknown("invalid");
    }
    case "slice":
      return value(operand.type);
    case "unknown":
      return unknown(core.reason);
    default:
      return unknown("invalid");
  }
}

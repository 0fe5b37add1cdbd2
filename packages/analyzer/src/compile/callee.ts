import { childByField, children, F, K, kind, type Node, text } from "../syntax/index.ts";
import { lookUp, type Scope } from "./scope.ts";
import type { Unit } from "./unit.ts";

/** The expression inside parentheses; other nodes are themselves. */
export function unparenthesized(unit: Unit, node: Node): Node {
  const { tree } = unit;
  let inside = node;
  while ([K.parenthesized_expression, K.parenthesized_type].includes(kind(tree, inside))) {
    inside = children(tree, inside).find((child) => !isPunctuation(unit, child)) ?? -1;
  }
  return inside;
}

function isPunctuation({ tree }: Unit, node: Node): boolean {
  return kind(tree, node) === K.comment || text(tree, node) === "(" || text(tree, node) === ")";
}

/** The function that is instantiated by `f[T]`, however the grammar took it; other nodes are themselves. */
export function uninstantiated(unit: Unit, node: Node): Node {
  const { tree } = unit;
  switch (kind(tree, node)) {
    case K.index_expression: {
      const operand = unparenthesized(unit, childByField(tree, node, F.operand));
      return [K.identifier, K.selector_expression].includes(kind(tree, operand)) ? operand : node;
    }
    case K.type_instantiation_expression:
      return unparenthesized(unit, children(tree, node)[0] ?? -1);
    case K.generic_type:
      return childByField(tree, node, F.type);
    default:
      return node;
  }
}

/** The type named in `*T`, the operand of a conversion `(*T)(x)` or a method expression `(*T).M`; else -1. */
export function pointedType(unit: Unit, scope: Scope, node: Node): Node {
  const { tree } = unit;
  if (kind(tree, node) === K.pointer_type) return children(tree, node).at(-1) ?? -1;
  if (kind(tree, node) !== K.unary_expression) return -1;
  const operator = childByField(tree, node, F.operator);
  if (kind(tree, operator) !== K["*"]) return -1;
  const operand = uninstantiated(unit, unparenthesized(unit, childByField(tree, node, F.operand)));
  return isTypeExpression(unit, scope, operand) ? operand : -1;
}

/** Whether syntax shows that an expression names a type. `pkg.Name` behind a star is taken for one. */
export function isTypeExpression(unit: Unit, scope: Scope, node: Node): boolean {
  const { tree } = unit;
  switch (kind(tree, node)) {
    case K.identifier:
    case K.type_identifier:
      return namesType(unit, scope, text(tree, node));
    case K.selector_expression: {
      const operand = childByField(tree, node, F.operand);
      if (kind(tree, operand) !== K.identifier) return false;
      return ["import", "cgo"].includes(lookUp(unit, scope, text(tree, operand)).kind);
    }
    case K.unary_expression:
      return pointedType(unit, scope, node) >= 0;
    case K.qualified_type:
    case K.pointer_type:
    case K.array_type:
    case K.slice_type:
    case K.map_type:
    case K.channel_type:
    case K.function_type:
    case K.struct_type:
    case K.interface_type:
      return true;
    default:
      return false;
  }
}

function namesType(unit: Unit, scope: Scope, name: string): boolean {
  const meaning = lookUp(unit, scope, name);
  switch (meaning.kind) {
    case "local":
      return meaning.local.kind === "type";
    case "declared":
      return meaning.declarations.some((one) => one.kind === "type");
    case "universe":
      return meaning.what === "type";
    case "import":
    case "cgo":
    case "elsewhere":
      return false;
    default:
      return meaning satisfies never;
  }
}

import { childByField, F, K, kind, type Node, text } from "../syntax/index.ts";
import { unparenthesized } from "./callee.ts";
import { lookUp, type Scope } from "./scope.ts";
import type { Unit } from "./unit.ts";

/** Functions and conversions of package unsafe that give an unsafe.Pointer. */
const givers = new Set(["Pointer", "Add"]);

/** Whether syntax shows that an expression is an unsafe.Pointer. Misses fields and results of functions. */
export function isUnsafePointer(unit: Unit, scope: Scope, expression: Node): boolean {
  const { tree } = unit;
  const node = unparenthesized(unit, expression);
  switch (kind(tree, node)) {
    case K.identifier: {
      const meaning = lookUp(unit, scope, text(tree, node));
      return meaning.kind === "local" && meaning.local.kind === "value" && meaning.local.unsafePointer;
    }
    case K.call_expression:
      return namesUnsafe(unit, scope, unparenthesized(unit, childByField(tree, node, F.function)));
    default:
      return false;
  }
}

/** Whether a type expression is unsafe.Pointer. */
export function isUnsafePointerType(unit: Unit, scope: Scope, type: Node): boolean {
  const { tree } = unit;
  if (kind(tree, type) !== K.qualified_type) return false;
  const qualifier = text(tree, childByField(tree, type, F.package));
  return isUnsafeImport(unit, scope, qualifier) && text(tree, childByField(tree, type, F.name)) === "Pointer";
}

function namesUnsafe(unit: Unit, scope: Scope, callee: Node): boolean {
  const { tree } = unit;
  if (kind(tree, callee) !== K.selector_expression) return false;
  const operand = childByField(tree, callee, F.operand);
  if (kind(tree, operand) !== K.identifier || !isUnsafeImport(unit, scope, text(tree, operand))) return false;
  return givers.has(text(tree, childByField(tree, callee, F.field)));
}

function isUnsafeImport(unit: Unit, scope: Scope, name: string): boolean {
  const meaning = lookUp(unit, scope, name);
  return meaning.kind === "import" && meaning.path === "unsafe";
}

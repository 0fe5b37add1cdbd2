/**
 * Which expressions put a `reflect.Value` into memory that is new, so that nobody else can reach it yet: `&T{...}`, `[]T{...}`,
 * `new(x)`, `append(list, x)`, and calls whose last arguments are gathered in a slice. What is behind the end of the list that
 * is appended to may be another's; that is left out of account.
 */
import { childByField, F, type FlatTree, K, kind, type Node, text } from "../syntax/index.ts";
import { coreType, type ObservedCall, type Operand, type Type } from "../types/index.ts";
import { argumentNodes, isSpread } from "./flows/calls.ts";
import type { Meanings } from "./flows/meanings.ts";
import { unparenthesised } from "./flows/walk.ts";
import { type Looking as InLiterals, putsReflectValue } from "./reflect-literals.ts";

interface Looking extends InLiterals {
  readonly meanings: Meanings;
}

/** Whether an expression does, but for what its operands do. May throw a `Split`. */
export function putsIntoNew(looking: Looking, node: Node, operand: Operand): boolean {
  if (operand.mode !== "value") return false;
  const { tree, meanings } = looking;
  const { type } = operand;
  switch (kind(tree, node)) {
    case K.composite_literal:
      return putsReflectValue(looking, { body: childByField(tree, node, F.body), type, isPointed: false });
    case K.unary_expression: {
      if (!isAddress(tree, node)) return false;
      const inner = unparenthesised(tree, childByField(tree, node, F.operand));
      if (kind(tree, inner) !== K.composite_literal) return false;
      const literal = { body: childByField(tree, inner, F.body), type: valueType(meanings, inner) };
      return (
        literal.type !== undefined &&
        putsReflectValue(looking, { ...literal, type: literal.type, isPointed: true })
      );
    }
    case K.call_expression:
      return putsByBuiltin(looking, node, type);
    default:
      return false;
  }
}

export function isAddress(tree: FlatTree, node: Node): boolean {
  return text(tree, childByField(tree, node, F.operator)) === "&";
}

/** The type of an expression that is a value. */
export function valueType({ operands }: Meanings, node: Node): Type | undefined {
  const operand = operands.get(node);
  return operand?.mode === "value" ? operand.type : undefined;
}

/** `append(list, x)` and `new(x)`. */
function putsByBuiltin({ tree, types, meanings, holds }: Looking, node: Node, type: Type): boolean {
  const callee = meanings.operands.get(unparenthesised(tree, childByField(tree, node, F.function)));
  if (callee?.mode !== "builtin") return false;
  const [first = -1, ...others] = argumentNodes({ tree }, node);
  const core = coreType(types, type);
  switch (callee.name) {
    case "append":
      return (
        core?.kind === "slice" && holds(core.element) && others.length > 0 && !isSpread({ tree }, others)
      );
    case "new":
      return (
        core?.kind === "pointer" &&
        holds(core.element) &&
        valueType(meanings, unparenthesised(tree, first)) !== undefined
      );
    default:
      return false;
  }
}

/** Whether the last arguments of a call are put into a slice of such values. */
export function gathers(
  { tree, types, holds }: InLiterals,
  { node, signature, arguments: given }: ObservedCall,
): boolean {
  if (signature?.variadic !== true || isSpread({ tree }, argumentNodes({ tree }, node))) return false;
  const [only] = given;
  const several =
    given.length === 1 && only?.mode === "value" && only.type.kind === "tuple" ? only.type.elements : given;
  const list = signature.parameters.at(-1)?.type;
  const core = list === undefined ? undefined : coreType(types, list);
  return several.length >= signature.parameters.length && core?.kind === "slice" && holds(core.element);
}

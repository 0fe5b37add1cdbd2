/** What the forms of expressions have in common. */
import type { CodeType, Expression } from "../../model/code-facts.ts";
import { K, kind, type Node } from "../../syntax/index.ts";
import { type Selection, type Type, unalias } from "../../types/index.ts";
import { memberOf, operandOf, selectedFrom } from "../flows/walk.ts";
import type { CodeWalk } from "./code-walk.ts";
import { codeType } from "./types.ts";

export const notTold: Expression = ["?", []];

/** Not told, but for what is in the parts. */
export function unknownOf(forms: readonly Expression[]): Expression {
  const kept = forms.filter(mayRun);
  return kept.length === 0 ? notTold : ["?", kept];
}

/** Whether to evaluate it could do anything. */
function mayRun([of, ...rest]: Expression): boolean {
  switch (of) {
    case "s":
    case "n":
    case "b":
    case "zero":
    case "var":
    case "global":
    case "function":
      return false;
    case "?":
      return (rest[0] as readonly Expression[]).length > 0;
    default:
      return true;
  }
}

/** The code's word for the type of an expression. */
export function typeAt(walk: CodeWalk, node: Node): CodeType {
  const operand = operandOf(walk, node);
  return operand?.mode === "value" ? codeType(walk, operand.type) : "?";
}

/** The part of a value in which the selected field or method stands itself. */
export function throughEmbedded(walk: CodeWalk, value: Expression, { through }: Selection): Expression {
  let form = value;
  for (const { field } of through) form = [".", form, field.name, codeType(walk, field.type)];
  return form;
}

function isPointer(type: Type): boolean {
  return unalias(type).kind === "pointer";
}

/** `T.M`, whose receiver is the first argument. */
export function isMethodExpression(walk: CodeWalk, fn: Node): boolean {
  return operandOf(walk, selectedFrom(walk.tree, fn))?.mode === "type";
}

/** What stands before the dot of `x.M`, as the receiver of M. */
export function receiver(walk: CodeWalk, fn: Node, byPointer: boolean): Expression {
  const { tree, meanings } = walk;
  const isSelector = kind(tree, fn) === K.selector_expression || kind(tree, fn) === K.qualified_type;
  const from = isSelector ? selectedFrom(tree, fn) : -1;
  const operand = operandOf(walk, from);
  const selection = meanings.selections.get(memberOf(tree, fn));
  if (operand?.mode !== "value" || selection === undefined) return notTold;
  return receiverIn(walk, walk.expression(walk, from), { type: operand.type, selection, byPointer });
}

interface Received {
  /** Of the value of which the method is selected. */
  readonly type: Type;
  readonly selection: Selection;
  /** Whether the method wants a pointer. */
  readonly byPointer: boolean;
}

/** `x.M` stands for `(&x).M` where M needs a pointer, and for `(*x).M` where x is one too many. */
export function receiverIn(
  walk: CodeWalk,
  value: Expression,
  { type, selection, byPointer }: Received,
): Expression {
  const form = throughEmbedded(walk, value, selection);
  if (byPointer === isPointer(selection.through.at(-1)?.field.type ?? type)) return form;
  return byPointer ? ["&", form] : ["*", form, "?"];
}

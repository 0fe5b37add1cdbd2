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

/** The value in which the selected field or method stands itself. */
export function throughEmbedded(walk: CodeWalk, from: Node, { through }: Selection): Expression {
  let form = walk.expression(walk, from);
  for (const { field } of through) form = [".", form, field.name, codeType(walk, field.type)];
  return form;
}

export function isPointer(type: Type): boolean {
  return unalias(type).kind === "pointer";
}

/** `T.M`, whose receiver is the first argument. */
export function isMethodExpression(walk: CodeWalk, fn: Node): boolean {
  return operandOf(walk, selectedFrom(walk.tree, fn))?.mode === "type";
}

/** `x.M` stands for `(&x).M` where M needs a pointer, and for `(*x).M` where x is one too many. */
export function receiver(walk: CodeWalk, fn: Node, byPointer: boolean): Expression {
  const { tree, meanings } = walk;
  const isSelector = kind(tree, fn) === K.selector_expression || kind(tree, fn) === K.qualified_type;
  const from = isSelector ? selectedFrom(tree, fn) : -1;
  const operand = operandOf(walk, from);
  const selection = meanings.selections.get(memberOf(tree, fn));
  if (operand?.mode !== "value" || selection === undefined) return notTold;
  const form = throughEmbedded(walk, from, selection);
  const type = selection.through.at(-1)?.field.type ?? operand.type;
  if (byPointer === isPointer(type)) return form;
  return byPointer ? ["&", form] : ["*", form, "?"];
}

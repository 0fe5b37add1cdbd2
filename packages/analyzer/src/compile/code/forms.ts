/** What the forms of expressions have in common. */
import type { CodeType, Expression } from "../../model/code-facts.ts";
import type { Node } from "../../syntax/index.ts";
import { type Selection, type Type, unalias } from "../../types/index.ts";
import { operandOf } from "../flows/walk.ts";
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

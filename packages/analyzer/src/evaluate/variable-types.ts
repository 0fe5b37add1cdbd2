/** Which structs expressions of a function are, or point to, as far as its code tells. */
import { type CodeType, type Expression, structNamed } from "../model/code-facts.ts";
import { type Assignment, type Body, byVariable, type Given } from "./assigned-values.ts";

/**
 * Of expressions the struct that they are, or point to, where it is told; that of variables is what the first assignment to them
 * says, or to those that they are assigned. Linear in the assignments for each variable, whichever was asked before.
 */
export function typesIn(
  assigned: readonly Assignment[],
  { parameters, resultType }: Body,
): (form: Expression) => string | undefined {
  const types = new Map<number, string>();
  let held: ReadonlyMap<number, readonly Given[]> | undefined;
  const typeStated = ({ form, result }: Pick<Given, "form" | "result">): string => {
    if (form[0] === "struct") return form[2] ?? "";
    if (form[0] === "call") return resultType(form, result);
    const type = written(form);
    return (type === undefined ? undefined : structNamed(type)) ?? "";
  };
  const typeReached = (variable: number): string => {
    held ??= byVariable(assigned);
    // The set grows while it is walked. No recursion: as many are assigned one to the other as somebody wrote.
    const reached = new Set([variable]);
    for (const one of reached) {
      let type = parameters().get(one)?.type ?? "";
      for (const { form, result } of held.get(one) ?? []) {
        const pointed = pointedIn(form);
        if (pointed[0] === "var") reached.add(pointed[1]);
        else type ||= typeStated({ form: pointed, result });
      }
      if (type !== "") return type;
    }
    return "";
  };
  const typeOfVariable = (variable: number): string => {
    const type = types.get(variable) ?? typeReached(variable);
    types.set(variable, type);
    return type;
  };
  return (form) => {
    const pointed = pointedIn(form);
    const type = pointed[0] === "var" ? typeOfVariable(pointed[1]) : typeStated({ form: pointed, result: 0 });
    return type || undefined;
  };
}

/** What an address is taken of, or else the form itself. */
function pointedIn(form: Expression): Expression {
  return form[0] === "&" ? form[1] : form;
}

/** The type that stands in a form. */
function written(form: Expression): CodeType | undefined {
  switch (form[0]) {
    case "zero":
      return form[1];
    case "*":
      return form[2];
    case "global":
    case ".":
    case "index":
    case "as":
      return form[3];
    default:
      return undefined;
  }
}

/** Formulas over tags: the middle between a set of builds and the text that says it. */
export type Formula =
  | { readonly kind: "all" }
  | { readonly kind: "none" }
  | { readonly kind: "tag"; readonly name: string }
  | { readonly kind: "not"; readonly operand: Formula }
  | { readonly kind: "and" | "or"; readonly operands: readonly Formula[] };

export function tagFormula(name: string): Formula {
  return { kind: "tag", name };
}

export function negate(operand: Formula): Formula {
  if (operand.kind === "all") return { kind: "none" };
  if (operand.kind === "none") return { kind: "all" };
  return operand.kind === "not" ? operand.operand : { kind: "not", operand };
}

/** And or or of several: neutral ones drop out, an absorbing one is the answer, nested ones are spliced. */
export function join(kind: "and" | "or", operands: readonly Formula[]): Formula {
  const [neutral, absorbing] = kind === "and" ? (["all", "none"] as const) : (["none", "all"] as const);
  if (operands.some((one) => one.kind === absorbing)) return { kind: absorbing };
  const rest = operands
    .filter((one) => one.kind !== neutral)
    .flatMap((one) => (one.kind === kind && "operands" in one ? one.operands : [one]));
  if (rest.length === 0) return { kind: neutral };
  return rest.length === 1 && rest[0] !== undefined ? rest[0] : { kind, operands: rest };
}

/** The formula as a `//go:build` expression; empty for all builds, `ignore` for none. */
export function expressionOf(formula: Formula): string {
  switch (formula.kind) {
    case "all":
      return "";
    case "none":
      return "ignore";
    case "tag":
      return formula.name;
    case "not":
      return `!${inner(formula.operand, ["and", "or"])}`;
    case "and":
      return formula.operands.map((one) => inner(one, ["or"])).join(" && ");
    case "or":
      return formula.operands.map((one) => inner(one, [])).join(" || ");
    default:
      return formula satisfies never;
  }
}

function inner(formula: Formula, parenthesized: readonly Formula["kind"][]): string {
  const text = expressionOf(formula);
  return parenthesized.includes(formula.kind) ? `(${text})` : text;
}

/** How long a formula is to read. */
export function lengthOf(formula: Formula): number {
  return expressionOf(formula).length;
}

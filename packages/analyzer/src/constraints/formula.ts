/** A set of builds as a formula, and the formula as a `//go:build` expression. */
import { compareText } from "../model/position.ts";

export type Formula =
  | { readonly kind: "any" }
  | { readonly kind: "nothing" }
  | { readonly kind: "tag"; readonly name: string }
  /** One GOOS and GOARCH, without the systems that imply it. */
  | {
      readonly kind: "port";
      readonly system: string;
      readonly without: readonly string[];
      readonly architecture: string;
    }
  | { readonly kind: "or"; readonly parts: readonly Formula[] }
  /** Systems on architectures. */
  | { readonly kind: "on"; readonly systems: Formula; readonly architectures: Formula }
  | { readonly kind: "but"; readonly of: Formula; readonly without: readonly Formula[] }
  /** What of a formula holds with `cgo` or a custom tag set, or not set. */
  | { readonly kind: "with"; readonly of: Formula; readonly name: string; readonly set: boolean };

export const anyBuild: Formula = { kind: "any" };

/** The alternatives, with those of alternatives: places first, then conditions, by text. One alone is itself. */
export function either(parts: readonly Formula[]): Formula {
  const flat = parts.flatMap((part) => (part.kind === "or" ? part.parts : [part]));
  const [first] = flat;
  if (flat.length > 1) return { kind: "or", parts: sorted(flat) };
  return first ?? { kind: "nothing" };
}

function sorted(parts: readonly Formula[]): Formula[] {
  return parts
    .map((part) => ({ part, condition: part.kind === "with" ? 1 : 0, text: expressionOf(part) }))
    .sort((a, b) => a.condition - b.condition || compareText(a.text, b.text))
    .map(({ part }) => part);
}

/** The expression that reads back as the formula's set; empty for any build. */
export function expressionOf(formula: Formula): string {
  return formula.kind === "or" ? formula.parts.map(conjunctionOf).join(" || ") : conjunctionOf(formula);
}

function conjunctionOf(formula: Formula): string {
  return factorsOf(formula).join(" && ");
}

/** Expressions to be anded, each in parentheses if it needs them. */
function factorsOf(formula: Formula): string[] {
  switch (formula.kind) {
    case "any":
      return [];
    case "nothing":
      return ["ignore"];
    case "tag":
      return [formula.name];
    case "port":
      return [formula.system, ...formula.without.map((name) => `!${name}`), formula.architecture];
    case "or":
      return [`(${expressionOf(formula)})`];
    case "on":
      return [...factorsOf(formula.systems), ...factorsOf(formula.architectures)];
    case "but":
      return [...factorsOf(formula.of), ...formula.without.map(negationOf)];
    case "with":
      return [...factorsOf(formula.of), formula.set ? formula.name : `!${formula.name}`];
    default:
      return formula satisfies never;
  }
}

function negationOf(formula: Formula): string {
  const factors = factorsOf(formula);
  const [first = "ignore"] = factors;
  if (factors.length > 1) return `!(${factors.join(" && ")})`;
  return first.startsWith("!") ? first.slice(1) : `!${first}`;
}

/** Of formulas for one set, the one that is shortest when written; of equals, the first by text. */
export function shortest(formulas: readonly Formula[], write: (formula: Formula) => string): Formula {
  const [only] = formulas;
  if (only !== undefined && formulas.length === 1) return only;
  const written = formulas.map((formula) => ({ formula, text: write(formula) }));
  return written.reduce((best, next) => (isBefore(next.text, best.text) ? next : best)).formula;
}

function isBefore(a: string, b: string): boolean {
  return a.length === b.length ? a < b : a.length < b.length;
}

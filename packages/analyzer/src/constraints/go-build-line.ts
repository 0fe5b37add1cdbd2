/**
 * The expression of a `//go:build` line: text in, set of builds out. Accepts and rejects what
 * Go 1.26 does (go/build/constraint), with its offsets. Linear, and without recursion:
 * parentheses nest as deep as the text is long.
 */
import { type BoundedAlgebra, type Constraint, rejected, tooLarge } from "./constraint.ts";
import type { BuildSet } from "./diagram.ts";
import { nextToken, type Token } from "./go-build-lexer.ts";
import { type Piece, trimPiece } from "./text.ts";

/** Go's own bound on the operands of one expression. */
export const operandLimit = 1000;

/** Characters of an expression. Go has no such bound; real ones stay below 1,000. */
const lengthLimit = 1 << 16;

export interface ExpressionBounds {
  readonly operands: number;
  readonly characters: number;
}

const goBounds: ExpressionBounds = { operands: operandLimit, characters: lengthLimit };

/** The builds of an expression. What cannot be read, or is too large, holds in all builds, with a diagnostic. */
export function goBuildLine(
  algebra: BoundedAlgebra,
  text: string,
  bounds: ExpressionBounds = goBounds,
): Constraint {
  const whole = { start: 0, end: text.length };
  if (text.length > bounds.characters) {
    return rejected(
      algebra,
      tooLarge(`build constraint of more than ${bounds.characters} characters`, whole),
    );
  }
  const outcome = evaluate(algebra, trimPiece({ text, start: 0 }), bounds);
  if (outcome.kind === "set") return { value: outcome.set, diagnostics: [] };
  if (outcome.kind === "overflow") {
    return rejected(algebra, tooLarge("build constraint with too many custom tags", whole));
  }
  const { message, start, end } = outcome;
  return rejected(algebra, { code: "build-constraint-syntax", message, start, end });
}

type Outcome =
  | { readonly kind: "set"; readonly set: BuildSet }
  | { readonly kind: "overflow" }
  | { readonly kind: "error"; readonly message: string; readonly start: number; readonly end: number };

/** One level of parentheses: the alternatives and the conjunction read so far. */
interface Level {
  readonly open: Token | undefined;
  /** Whether a `!` stands before the parenthesis. */
  readonly negated: boolean;
  or: BuildSet;
  and: BuildSet;
}

function evaluate(algebra: BoundedAlgebra, piece: Piece, bounds: ExpressionBounds): Outcome {
  const newLevel = (open: Token | undefined, negated: boolean): Level => ({
    open,
    negated,
    or: algebra.none,
    and: algebra.all,
  });
  // Tokens come with their offsets in the whole text.
  const next = (from: number): Token => tokenIn(piece, from);
  let level = newLevel(undefined, false);
  const outer: Level[] = [];
  let token = next(piece.start);
  // A `(` starts the operand behind it, which Go counts as well.
  for (let operands = 1; ; operands++) {
    if (operands > bounds.operands) return error(token, "build expression too large");
    const negated = token.kind === "!";
    if (negated) token = next(token.end);
    if (token.kind === "(") {
      outer.push(level);
      level = newLevel(token, negated);
      token = next(token.end);
      continue;
    }
    if (token.kind !== "tag") return operandError(token, { negated, open: level.open });
    let operand = negated ? algebra.not(algebra.tag(token.text)) : algebra.tag(token.text);
    for (;;) {
      token = next(token.end);
      const and = algebra.and(level.and, operand);
      if (and === undefined) return { kind: "overflow" };
      level.and = and;
      if (token.kind === "&&") break;
      const or = algebra.or(level.or, level.and);
      if (or === undefined) return { kind: "overflow" };
      level.or = or;
      level.and = algebra.all;
      if (token.kind === "||") break;
      const enclosing = outer.pop();
      if (token.kind === "invalid") return invalid(token);
      if (enclosing === undefined) return token.kind === "end" ? { kind: "set", set: or } : unexpected(token);
      if (token.kind !== ")") return error(level.open ?? token, "missing close paren");
      operand = level.negated ? algebra.not(or) : or;
      level = enclosing;
    }
    token = next(token.end);
  }
}

function tokenIn({ text, start }: Piece, from: number): Token {
  const token = nextToken(text, from - start);
  return { ...token, start: token.start + start, end: token.end + start };
}

function operandError(
  token: Token,
  { negated, open }: { negated: boolean; open: Token | undefined },
): Outcome {
  if (token.kind === "invalid") return invalid(token);
  if (token.kind === "!" && negated) return error(token, "double negation not allowed");
  if (token.kind !== "end") return unexpected(token);
  return error(token, open === undefined ? "unexpected end of expression" : "missing close paren");
}

function invalid(token: Token): Outcome {
  return error(token, `invalid syntax at ${token.text}`);
}

function unexpected(token: Token): Outcome {
  return error(token, `unexpected token ${token.text}`);
}

function error({ start, end }: Token, message: string): Outcome {
  return { kind: "error", message, start, end };
}

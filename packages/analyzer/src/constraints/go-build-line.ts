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

/** How far an expression has been read. */
interface Reading {
  readonly algebra: BoundedAlgebra;
  readonly piece: Piece;
  /** The next one. */
  token: Token;
  level: Level;
  /** The levels around it, innermost last. */
  readonly outer: Level[];
}

function evaluate(algebra: BoundedAlgebra, piece: Piece, bounds: ExpressionBounds): Outcome {
  const token = tokenIn(piece, piece.start);
  const reading: Reading = { algebra, piece, token, level: newLevel(algebra), outer: [] };
  // A `(` starts the operand behind it, which Go counts as well.
  for (let operands = 1; operands <= bounds.operands; operands++) {
    const operand = readOperand(reading);
    if (operand === "opened") continue;
    const outcome = typeof operand === "number" ? endOperand(reading, operand) : operand;
    if (outcome !== undefined) return outcome;
  }
  return error(reading.token, "build expression too large");
}

/** Reads a tag, or opens a level at a parenthesis; a `!` may stand before either. */
function readOperand(reading: Reading): BuildSet | "opened" | Outcome {
  const { algebra, level, outer } = reading;
  const negated = reading.token.kind === "!";
  if (negated) advance(reading);
  const { token } = reading;
  if (token.kind !== "tag" && token.kind !== "(") return operandError(token, { negated, open: level.open });
  advance(reading);
  if (token.kind === "(") {
    outer.push(level);
    reading.level = { ...newLevel(algebra), open: token, negated };
    return "opened";
  }
  const set = algebra.tag(token.text);
  return negated ? algebra.not(set) : set;
}

/** Takes in an operand, and each level that closes after it as one; undefined if another operand follows. */
function endOperand(reading: Reading, first: BuildSet): Outcome | undefined {
  const { algebra, outer } = reading;
  for (let operand = first; ; ) {
    const { level, token } = reading;
    const and = algebra.and(level.and, operand);
    const or = and === undefined || token.kind === "&&" ? level.or : algebra.or(level.or, and);
    if (and === undefined || or === undefined) return { kind: "overflow" };
    level.and = token.kind === "&&" ? and : algebra.all;
    level.or = or;
    if (token.kind === "&&" || token.kind === "||") {
      advance(reading);
      return undefined;
    }
    const enclosing = outer.pop();
    if (token.kind === "invalid") return invalid(token);
    if (enclosing === undefined) return token.kind === "end" ? { kind: "set", set: or } : unexpected(token);
    if (token.kind !== ")") return error(level.open ?? token, "missing close paren");
    operand = level.negated ? algebra.not(or) : or;
    reading.level = enclosing;
    advance(reading);
  }
}

function newLevel({ none, all }: BoundedAlgebra): Level {
  return { open: undefined, negated: false, or: none, and: all };
}

function advance(reading: Reading): void {
  reading.token = tokenIn(reading.piece, reading.token.end);
}

/** The next token, with its offsets in the whole text. */
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

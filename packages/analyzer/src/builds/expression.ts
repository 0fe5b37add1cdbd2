/** `//go:build` expressions and the older `// +build` lines (https://pkg.go.dev/go/build/constraint). */
import type { BuildSet, SetAlgebra } from "./build-sets.ts";

/** A constraint that could not be read. Offsets are in code units of the text that was given. */
export interface ConstraintDiagnostic {
  readonly code: "bad-constraint";
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

export interface ConstraintOutcome {
  /** All builds where the constraint could not be read: the file is kept. */
  readonly value: BuildSet;
  readonly diagnostics: readonly ConstraintDiagnostic[];
}

type Operator = "!" | "&&" | "||" | "(";

const precedence: Readonly<Record<Operator, number>> = { "(": 0, "||": 1, "&&": 2, "!": 3 };

/** Distinct custom tags in one expression; more are not followed. */
const tagLimit = 32;
const token = /[ \t]*(?:(&&|\|\||[!()])|([\p{L}\p{Nd}_.]+)|(.))/suy;

/** Reads an expression with two stacks: linear, whatever the nesting. */
export function parseExpression(algebra: SetAlgebra, text: string): ConstraintOutcome {
  const operands: BuildSet[] = [];
  const operators: Operator[] = [];
  const tags = new Set<string>();
  const fail = (message: string, start: number): ConstraintOutcome => ({
    value: algebra.all,
    diagnostics: [
      {
        code: "bad-constraint",
        message: `build constraint not understood: ${message}`,
        start,
        end: text.length,
      },
    ],
  });
  const reduce = () => {
    const right = operands.pop() ?? algebra.all;
    const operator = operators.pop();
    if (operator === "!") operands.push(algebra.not(right));
    else if (operator === "&&") operands.push(algebra.and(operands.pop() ?? algebra.all, right));
    else operands.push(algebra.or(operands.pop() ?? algebra.all, right));
  };
  const top = () => operators[operators.length - 1];
  let wantsOperand = true;
  const end = text.trimEnd().length;
  for (token.lastIndex = 0; token.lastIndex < end; ) {
    const at = token.lastIndex;
    const [, operator, tag] = token.exec(text) ?? [];
    if (tag !== undefined) {
      if (!wantsOperand) return fail("two tags without an operator between", at);
      if (tags.add(tag).size > tagLimit) return fail(`more than ${tagLimit} tags`, at);
      operands.push(algebra.tag(tag));
      wantsOperand = false;
    } else if (operator === "!" || operator === "(") {
      if (!wantsOperand) return fail(`unexpected ${operator}`, at);
      operators.push(operator);
    } else if (operator === ")") {
      if (wantsOperand) return fail("unexpected )", at);
      while (top() !== undefined && top() !== "(") reduce();
      if (operators.pop() === undefined) return fail("unexpected )", at);
    } else if (operator === "&&" || operator === "||") {
      if (wantsOperand) return fail(`unexpected ${operator}`, at);
      while (precedence[top() ?? "("] >= precedence[operator]) reduce();
      operators.push(operator);
      wantsOperand = true;
    } else return fail("unexpected character", at);
  }
  if (wantsOperand) return fail("a tag is missing", end);
  while (operators.length > 0) {
    if (top() === "(") return fail("a ) is missing", end);
    reduce();
  }
  return { value: operands[0] ?? algebra.all, diagnostics: [] };
}

/** The arguments of `// +build` lines: lines are and, blanks are or, commas are and. */
export function parsePlusBuild(algebra: SetAlgebra, lines: readonly string[]): BuildSet {
  const term = (text: string) => {
    const negated = text.startsWith("!");
    const set = algebra.tag(negated ? text.slice(1) : text);
    return negated ? algebra.not(set) : set;
  };
  return lines.reduce((whole, line) => {
    const options = line.split(/\s+/).filter((option) => option !== "");
    const sets = options.map((option) => option.split(",").map(term).reduce(algebra.and, algebra.all));
    return algebra.and(whole, sets.reduce(algebra.or, algebra.none));
  }, algebra.all);
}

/** The old `// +build` syntax, which counts only where a file has no `//go:build` line. */
import { type BoundedAlgebra, type Constraint, type ConstraintDiagnostic, tooLarge } from "./constraint.ts";
import type { BuildSet } from "./diagram.ts";
import { fields, isTag, type Piece } from "./text.ts";

/** Go's own bound on the operators of one line. Go then takes the line for true. */
const operatorLimit = 100;

/**
 * The builds of what follows `+build` on each line: lines are anded, words ored, the parts of
 * a word between commas anded. A malformed part is `ignore`, as Go has it: such a
 * line is no error. A line that is too large holds in all builds, with a diagnostic.
 */
export function plusBuildLines(algebra: BoundedAlgebra, lines: readonly Piece[]): Constraint {
  const diagnostics: ConstraintDiagnostic[] = [];
  let value = algebra.all;
  for (const line of lines) {
    const set = plusBuildLine(algebra, line.text);
    const both = set === undefined ? undefined : algebra.and(value, set);
    if (both === undefined) {
      const end = line.start + line.text.length;
      diagnostics.push(tooLarge("+build line with too many parts", { start: line.start, end }));
    } else value = both;
  }
  return { value, diagnostics };
}

function plusBuildLine(algebra: BoundedAlgebra, text: string): BuildSet | undefined {
  const words = fields(text).map((word) => word.split(","));
  const operators = words.reduce((sum, parts) => sum + parts.length, 0) - 1;
  if (operators > operatorLimit) return undefined;
  // A line without words is `ignore` as well: no alternative holds.
  let line: BuildSet | undefined = algebra.none;
  for (const parts of words) {
    const word = conjunction(algebra, parts);
    line = word === undefined || line === undefined ? undefined : algebra.or(line, word);
  }
  return line;
}

function conjunction(algebra: BoundedAlgebra, parts: readonly string[]): BuildSet | undefined {
  let word: BuildSet | undefined = algebra.all;
  for (const part of parts) word = word === undefined ? undefined : algebra.and(word, literal(algebra, part));
  return word;
}

function literal(algebra: BoundedAlgebra, part: string): BuildSet {
  if (part.startsWith("!!") || part === "!") return algebra.tag("ignore");
  const negated = part.startsWith("!");
  const name = negated ? part.slice(1) : part;
  const set = algebra.tag(isTag(name) ? name : "ignore");
  return negated ? algebra.not(set) : set;
}

/** Constraint lines in a file's header, as go/build finds them (go/build, parseFileHeader and shouldBuild). */
import type { SetAlgebra } from "./build-sets.ts";
import {
  type ConstraintDiagnostic,
  type ConstraintOutcome,
  parseExpression,
  parsePlusBuild,
} from "./expression.ts";

interface HeaderLine {
  readonly text: string;
  readonly start: number;
}

/** The builds that a file's header allows. Reads up to the first line that is no comment; linear. */
export function headerConstraint(algebra: SetAlgebra, text: string): ConstraintOutcome {
  const lines = headerLines(text);
  const goBuild = lines.filter((line) => /^\/\/go:build(?:[ \t]|$)/.test(line.text));
  if (goBuild.length === 0) return { value: parsePlusBuild(algebra, plusBuild(lines)), diagnostics: [] };
  const parsed = goBuild.map((line) => ({
    line,
    outcome: parseExpression(algebra, line.text.slice("//go:build".length)),
  }));
  const diagnostics = parsed.flatMap(({ line, outcome }) =>
    outcome.diagnostics.map((one): ConstraintDiagnostic => {
      const shift = line.start + "//go:build".length;
      return { ...one, start: one.start + shift, end: one.end + shift };
    }),
  );
  const second = goBuild[1];
  if (second !== undefined) {
    const end = second.start + second.text.length;
    const message = "more than one //go:build line: Go rejects this file";
    diagnostics.push({ code: "bad-constraint", message, start: second.start, end });
  }
  return { value: parsed.map(({ outcome }) => outcome.value).reduce(algebra.or, algebra.none), diagnostics };
}

/** Line comments and blank lines of the header, trimmed. What a block comment holds does not count. */
function headerLines(text: string): HeaderLine[] {
  const lines: HeaderLine[] = [];
  let at = text.startsWith("\ufeff") ? 1 : 0;
  while (at < text.length) {
    const newline = text.indexOf("\n", at);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(at, end);
    const trimmed = line.trim();
    const start = at + (line.length - line.trimStart().length);
    if (trimmed.startsWith("/*")) {
      const after = skipBlocks(text, start);
      if (after === undefined) return lines;
      at = after;
      continue;
    }
    if (trimmed !== "" && !trimmed.startsWith("//")) return lines;
    lines.push({ text: trimmed, start });
    at = end + 1;
  }
  return lines;
}

/** The offset of the line after block comments; undefined if something else follows on their line. */
function skipBlocks(text: string, from: number): number | undefined {
  let at = from;
  while (text.startsWith("/*", at)) {
    const close = text.indexOf("*/", at + 2);
    if (close < 0) return undefined;
    at = close + 2;
    while (text[at] === " " || text[at] === "\t" || text[at] === "\r") at++;
  }
  if (at >= text.length || text[at] === "\n") return at + 1;
  return text.startsWith("//", at) ? at : undefined;
}

/** The arguments of `// +build` lines that a blank line follows somewhere in the header. */
function plusBuild(lines: readonly HeaderLine[]): string[] {
  const lastBlank = lines.findLastIndex((line) => line.text === "");
  return lines
    .slice(0, Math.max(0, lastBlank))
    .map((line) => /^\/\/\s*\+build(\s.*|)$/.exec(line.text)?.[1])
    .filter((found) => found !== undefined);
}

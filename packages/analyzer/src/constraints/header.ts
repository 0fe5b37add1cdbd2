/**
 * The build constraint in a file's header (go/build, parseFileHeader): source text in, set of
 * builds out. Reads blank lines and comments and stops at the first other text, so Go,
 * assembly and C are alike. Over-approximates where Go rejects the file, and where
 * only white space on the line of the first statement parts assembly from its `+build`.
 */
import { type BoundedAlgebra, type Constraint, rejected } from "./constraint.ts";
import { goBuildLine } from "./go-build-line.ts";
import { plusBuildLines } from "./plus-build-lines.ts";
import { afterKeyword, type Piece, skipSpace, trimPiece } from "./text.ts";

/** The builds that the constraint lines of a file allow; all if it has none. */
export function headerConstraint(algebra: BoundedAlgebra, source: string): Constraint {
  const { goBuild, plusBuild } = constraintLines(source);
  const [first, second] = goBuild;
  if (first === undefined) return plusBuildLines(algebra, plusBuild);
  if (second !== undefined) {
    const message = "more than one //go:build line";
    const end = second.start + second.text.length;
    return rejected(algebra, { code: "build-constraint-repeated", message, start: second.start, end });
  }
  const { value, diagnostics } = goBuildLine(algebra, first.text);
  const moved = diagnostics.map((one) => ({
    ...one,
    start: one.start + first.start,
    end: one.end + first.start,
  }));
  return { value, diagnostics: moved };
}

/** What follows the keyword on each line that counts. */
interface ConstraintLines {
  readonly goBuild: readonly Piece[];
  readonly plusBuild: readonly Piece[];
}

function constraintLines(source: string): ConstraintLines {
  const goBuild: Piece[] = [];
  const plusBuild: Piece[] = [];
  // Lines of `+build` count once a blank line follows, before anything but `//` comments.
  let waiting: Piece[] = [];
  let onlyLineComments = true;
  let inComment = false;
  for (const line of lines(source)) {
    if (line.text === "" && onlyLineComments) {
      for (const one of waiting) plusBuild.push(one);
      waiting = [];
      continue;
    }
    if (!line.text.startsWith("//")) onlyLineComments = false;
    const expression = inComment ? undefined : afterKeyword(line, "//go:build");
    if (expression !== undefined) goBuild.push(expression);
    const old = onlyLineComments ? plusBuildText(line) : undefined;
    if (old !== undefined) waiting.push(old);
    const after = skipComments(line.text, inComment);
    if (after === "text") break;
    inComment = after === "in comment";
  }
  return { goBuild, plusBuild };
}

/** The lines of a source without the white space around them, as long as they are asked for. */
function* lines(source: string): Generator<Piece> {
  // A byte order mark may stand first, and only there.
  let start = source.startsWith("\ufeff") ? 1 : 0;
  while (start < source.length) {
    const found = source.indexOf("\n", start);
    const end = found < 0 ? source.length : found;
    yield trimPiece({ text: source.slice(start, end), start });
    start = end + 1;
  }
}

/** The space after `//` is optional. */
function plusBuildText({ text, start }: Piece): Piece | undefined {
  return afterKeyword(trimPiece({ text: text.slice(2), start: start + 2 }), "+build");
}

/** Whether a line ends inside a `/*` comment, after comments only, or has other text. Linear. */
function skipComments(line: string, inComment: boolean): "in comment" | "blank" | "text" {
  let inside = inComment;
  let at = 0;
  for (;;) {
    if (inside) {
      const close = line.indexOf("*/", at);
      if (close < 0) return "in comment";
      at = close + 2;
    }
    at = skipSpace(line, at);
    if (at === line.length || line.startsWith("//", at)) return "blank";
    if (!line.startsWith("/*", at)) return "text";
    at += 2;
    inside = true;
  }
}

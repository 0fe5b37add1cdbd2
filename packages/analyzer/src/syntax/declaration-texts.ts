/** Where the declarations of a Go text are, and which words are in them, told without a parser. Linear. */
import { closing, functionBodies } from "./function-bodies.ts";
import { skipOpaque } from "./lexer.ts";
import type { Span } from "./shortened.ts";

/** A declaration, or a line of a constant group in which none depends on another. */
export interface DeclarationText extends Span {
  /** What it declares, and perhaps more words; a method is told by its receiver. Undefined if that cannot be told. */
  readonly names: readonly string[] | undefined;
  /** Bodies of functions in it. */
  readonly bodies: readonly Span[];
}

/**
 * The declarations of a file but imports, in source order; together with what is between them they are the text.
 * Undefined if it is not laid out as gofmt does, or brackets do not match.
 */
export function declarationTexts(text: string): readonly DeclarationText[] | undefined {
  const starts = declarationStarts(text);
  if (starts === undefined) return undefined;
  const found: DeclarationText[] = [];
  const bodies = [...functionBodies(text)];
  let body = 0;
  starts.forEach((start, index) => {
    const end = starts[index + 1] ?? text.length;
    const within: Span[] = [];
    for (let next = bodies[body]; next !== undefined && next.start < end; next = bodies[++body])
      within.push(next);
    if (text.startsWith("import", start)) return;
    const lines = text.startsWith("const (\n", start) ? independentLines(text, { start, end }) : undefined;
    if (lines === undefined) found.push({ start, end, names: namesOf(text, { start, end }), bodies: within });
    else for (const line of lines) found.push(line);
  });
  return found;
}

/** The offsets of the keywords that begin a line outside of brackets; undefined if one stands elsewhere. */
function declarationStarts(text: string): readonly number[] | undefined {
  const interesting = /[;({["'`/]|\b(?:func|var|const|type|import)\b/g;
  const starts: number[] = [];
  for (let found = interesting.exec(text); found !== null; found = interesting.exec(text)) {
    const at = found.index;
    const [token] = found;
    let end = at + token.length;
    if (token === "(" || token === "{" || token === "[") {
      end = closing(text, at);
      if (end < 0) return undefined;
    } else if (token.length > 1) {
      if (at === 0 || text[at - 1] === "\n") starts.push(at);
      // The type of a function, or a function literal.
      else if (token !== "func" || /^[ \t]*$/.test(text.slice(lineStart(text, at), at))) return undefined;
    } else if (token === ";") {
      return undefined;
    } else {
      end = Math.max(end, skipOpaque(text, at));
    }
    interesting.lastIndex = end;
  }
  return starts;
}

function lineStart(text: string, at: number): number {
  return text.lastIndexOf("\n", at - 1) + 1;
}

/** `NAME = value`, where the value is of one line and no `iota` is in it. */
const independentLine =
  /[ \t]*([A-Za-z_]\w*)[ \t]*=[ \t]*(?!iota\b)(?:-?[A-Za-z\d_]\w*|"[^"\\\n]*"|'\\?[^'\n]*'|[A-Za-z_]\w*\.\w+\(-?\w+\))[ \t]*(?:\/\/[^\n]*)?\n/y;
const emptyLine = /[ \t]*(?:\/\/[^\n]*)?\n/y;

/** The lines of a constant group in which each says what its value is; undefined if one says something else. */
function independentLines(text: string, { start, end }: Span): DeclarationText[] | undefined {
  const lines: DeclarationText[] = [];
  let at = text.indexOf("\n", start) + 1;
  while (at < end && text[at] !== ")") {
    independentLine.lastIndex = emptyLine.lastIndex = at;
    const [, name] = independentLine.exec(text) ?? [];
    if (name !== undefined)
      lines.push({ start: at, end: independentLine.lastIndex, names: [name], bodies: [] });
    else if (!emptyLine.test(text)) return undefined;
    at = name === undefined ? emptyLine.lastIndex : independentLine.lastIndex;
  }
  return lines;
}

/** What follows the keyword. A group may declare any word in it, a method belongs to a word of its receiver. */
function namesOf(text: string, span: Span): readonly string[] | undefined {
  const head = /(\w+)[ \t]+(\(?)([\p{L}_][\p{L}\p{Nd}_]*(?:[ \t]*,[ \t]*[\p{L}_][\p{L}\p{Nd}_]*)*)?/uy;
  head.lastIndex = span.start;
  const [, keyword, group, names = ""] = head.exec(text) ?? [];
  if (group === "(") {
    const open = text.indexOf("(", span.start);
    return [...wordsOf(text, { start: open, end: keyword === "func" ? closing(text, open) : span.end })];
  }
  return names === "" ? undefined : [...wordsOf(names)];
}

/** The words of a part of a text without some of its own parts; those of comments and strings are among them. */
export function wordsOf(
  text: string,
  { start, end }: Span = { start: 0, end: text.length },
  leftOut: readonly Span[] = [],
): Set<string> {
  const words = new Set<string>();
  let from = start;
  for (const span of [...leftOut, { start: end, end }]) {
    for (const [word] of text.slice(from, span.start).matchAll(/[\p{L}_][\p{L}\p{Nd}_]*/gu)) words.add(word);
    from = span.end;
  }
  return words;
}

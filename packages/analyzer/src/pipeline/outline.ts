/** The top of a Go file, without parsing it. */
import { stringValue } from "../declare/strings.ts";

export interface Outline {
  /** The name in its package clause; undefined if the first thing that is no comment is no package clause. */
  readonly clause: string | undefined;
  /** Paths of the imports behind it, in source order, "C" among them. What stands behind another declaration is no import of Go. */
  readonly imports: readonly string[];
}

/** Reads package clause and imports. Linear in what they take. */
export function outline(text: string): Outline {
  const clause = word(text, skipBlanks(text, text.startsWith("\ufeff") ? 1 : 0));
  const name = clause?.text === "package" ? word(text, skipBlanks(text, clause.end)) : undefined;
  if (name === undefined) return { clause: undefined, imports: [] };
  const imports: string[] = [];
  let at = skipBlanks(text, name.end);
  for (let found = word(text, at); found?.text === "import"; found = word(text, at)) {
    const next = skipBlanks(text, found.end);
    at = text[next] === "(" ? importList(text, next + 1, imports) : importSpec(text, next, imports);
    at = skipBlanks(text, at);
  }
  return { clause: name.text, imports };
}

function importList(text: string, from: number, imports: string[]): number {
  let at = skipBlanks(text, from);
  while (at < text.length && text[at] !== ")") {
    const end = importSpec(text, at, imports);
    // Something else stands there: what follows is no import.
    if (end === at) return text.length;
    at = skipBlanks(text, end);
  }
  return at + 1;
}

/** An import without `import`: where it ends, or where it would begin if there is none. */
function importSpec(text: string, at: number, imports: string[]): number {
  const alias = text[at] === "." ? at + 1 : (word(text, at)?.end ?? at);
  const start = skipBlanks(text, alias);
  const end = literalEnd(text, start);
  const path = end === start ? undefined : stringValue(text.slice(start, end));
  if (path === undefined) return at;
  imports.push(path);
  return end;
}

interface Word {
  readonly text: string;
  readonly end: number;
}

function word(text: string, at: number): Word | undefined {
  const pattern = /[\p{L}_][\p{L}\p{Nd}_]*/uy;
  pattern.lastIndex = at;
  const found = pattern.exec(text)?.[0];
  return found === undefined ? undefined : { text: found, end: at + found.length };
}

/** The offset after the string literal there; `at` itself if there is none. */
function literalEnd(text: string, at: number): number {
  if (text[at] === "`") return Math.max(at, text.indexOf("`", at + 1) + 1);
  if (text[at] !== '"') return at;
  for (let i = at + 1; i < text.length && text[i] !== "\n"; i++) {
    if (text[i] === "\\") i++;
    else if (text[i] === '"') return i + 1;
  }
  return at;
}

/** The offset after white space, semicolons and comments. */
function skipBlanks(text: string, from: number): number {
  let at = from;
  for (;;) {
    while (at < text.length && /[\s;]/.test(text[at] ?? "")) at++;
    if (text.startsWith("//", at)) at = endOf(text, "\n", at);
    else if (text.startsWith("/*", at)) at = endOf(text, "*/", at + 2);
    else return at;
  }
}

function endOf(text: string, closing: string, from: number): number {
  const found = text.indexOf(closing, from);
  return found < 0 ? text.length : found + closing.length;
}

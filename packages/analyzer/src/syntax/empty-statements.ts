/**
 * Statements that are empty. The grammar wants a semicolon behind each of them on its own line, where Go takes the one that is
 * the statement: `x(); ; y()`, `{ ; y() }`, `case 1: ; y()`.
 */
import type { Token } from "./lexer.ts";

/** A text and what it consists of, as of `lex` and `matchBrackets`. */
export interface Lexed {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly brackets: ReadonlyMap<number, number>;
}

/** Semicolons that end nothing, in their order; those in the headers of loops are none. Linear. */
export function needlessSemicolons({ text, tokens, brackets }: Lexed): Token[] {
  const opened = new Map([...brackets].map(([open, close]) => [close, open]));
  const needed = new Set<number>();
  tokens.forEach((token, index) => {
    if (token.text !== "for") return;
    for (const one of headerSemicolons({ tokens, brackets, opened }, index)) needed.add(one);
  });
  return tokens.filter((token, index) => {
    if (token.text !== ";" || needed.has(index)) return false;
    const { text: before = "", end = 0 } = tokens[index - 1] ?? {};
    return openings.has(before) || endsLine(text, end, token.start);
  });
}

/** Behind these no statement has begun. */
const openings: ReadonlySet<string> = new Set([";", "{", ":"]);

/** Whether there is nothing but white space between the end of a line and an offset. */
function endsLine(text: string, from: number, to: number): boolean {
  for (let at = to - 1; at >= from; at--) {
    if (text[at] === "\n") return true;
    if (text[at] !== " " && text[at] !== "\t" && text[at] !== "\r") return false;
  }
  return false;
}

interface Header extends Pick<Lexed, "tokens" | "brackets"> {
  /** By the token that closes it the one that opens a bracket. */
  readonly opened: ReadonlyMap<number, number>;
}

/** The semicolons between `for` and the block of the loop. */
function headerSemicolons(header: Header, start: number): number[] {
  const { tokens, brackets } = header;
  const found: number[] = [];
  let isFunction = false;
  // Another loop begins in a block only: what comes to it is no header, and nothing is read twice.
  for (let at = start + 1; at < tokens.length && tokens[at]?.text !== "for"; at++) {
    const token = tokens[at]?.text;
    if (token === ";") found.push(at);
    if (token === "func") isFunction = true;
    const close = brackets.get(at);
    if (close === undefined) continue;
    if (token === "{") {
      if (!isFunction && !isOfType(header, at)) return found;
      isFunction = false;
    }
    at = close;
  }
  return [];
}

/** Whether a brace belongs to a type that is written out, or to a value of one: `[]T{`, `map[K]V{`, `struct{`, `struct{}{`. */
function isOfType({ tokens, opened }: Header, open: number): boolean {
  if (isStruct(tokens[open - 1])) return true;
  let at = open - 1;
  while (ofName.test(tokens[at]?.text ?? "")) at--;
  const stop = tokens[at]?.text;
  if (stop === "]") return at < open - 1 && tokens[at + 1]?.text !== "." && !isIndex({ tokens, opened }, at);
  return stop === "}" && at === open - 1 && isStruct(tokens[(opened.get(at) ?? 0) - 1]);
}

/** Whether a closing bracket is behind an index, and of no type. */
function isIndex({ tokens, opened }: Pick<Header, "tokens" | "opened">, closing: number): boolean {
  let before = closing;
  while (tokens[before]?.text === "]") before = (opened.get(before) ?? 0) - 1;
  const text = tokens[before]?.text ?? "";
  return text === ")" || (ofName.test(text) && !beforeTypes.has(text));
}

const beforeTypes: ReadonlySet<string> = new Set(["map", "range", "chan", "*", "."]);

const ofName = /^(?:[\p{L}_][\p{L}\p{Nd}_]*|[.*])$/u;

function isStruct(token: Token | undefined): boolean {
  return token?.text === "struct" || token?.text === "interface";
}

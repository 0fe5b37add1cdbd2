/** Tokens of a `//go:build` expression. */
import { isTag } from "./text.ts";

export interface Token {
  readonly kind: "tag" | "(" | ")" | "!" | "&&" | "||" | "end" | "invalid";
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The next token at or after an offset. At the end of the text, and after it, `end`. */
export function nextToken(text: string, from: number): Token {
  let start = from;
  while (text.charAt(start) === " " || text.charAt(start) === "\t") start++;
  const token = (kind: Token["kind"], end: number): Token => ({
    kind,
    text: text.slice(start, end),
    start,
    end,
  });
  const first = text.charAt(start);
  switch (first) {
    case "":
      return token("end", start);
    case "(":
    case ")":
    case "!":
      return token(first, start + 1);
    case "&":
    case "|":
      return text.charAt(start + 1) === first
        ? token(first === "&" ? "&&" : "||", start + 2)
        : token("invalid", start + 1);
    default:
      return tagToken(text, start);
  }
}

function tagToken(text: string, start: number): Token {
  let end = start;
  for (let next = characterAt(text, end); next !== "" && isTag(next); next = characterAt(text, end)) {
    end += next.length;
  }
  if (end > start) return { kind: "tag", text: text.slice(start, end), start, end };
  const character = characterAt(text, start);
  return { kind: "invalid", text: character, start, end: start + character.length };
}

/** One code point; empty at the end. */
function characterAt(text: string, offset: number): string {
  const code = text.codePointAt(offset);
  return code === undefined ? "" : String.fromCodePoint(code);
}

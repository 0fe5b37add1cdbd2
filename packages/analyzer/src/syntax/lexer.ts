/** A word, a number or a single punctuation character of Go source, with its offsets. */
export interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const wordStart = /[\p{L}_]/u;
const wordPart = /[\p{L}\p{Nd}_]/u;

/**
 * The tokens of a Go text without comments, white space, strings and runes: enough to
 * find brackets and words. Linear; what is unterminated ends with the text.
 */
export function lex(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const skipped = skipOpaque(text, at);
    if (skipped > at) {
      at = skipped;
      continue;
    }
    const character = text[at] as string;
    let end = at + 1;
    if (wordStart.test(character)) while (end < text.length && wordPart.test(text[end] as string)) end++;
    if (character > " ") tokens.push({ text: text.slice(at, end), start: at, end });
    at = end;
  }
  return tokens;
}

/** The offset after the comment, string or rune at `at`; `at` itself if there is none. */
export function skipOpaque(text: string, at: number): number {
  const character = text[at];
  if (character === "/" && text[at + 1] === "/") return indexOrEnd(text, "\n", at);
  if (character === "/" && text[at + 1] === "*")
    return Math.min(text.length, indexOrEnd(text, "*/", at + 2) + 2);
  if (character === "`") return Math.min(text.length, indexOrEnd(text, "`", at + 1) + 1);
  if (character === '"' || character === "'") return skipQuoted(text, at, character);
  return at;
}

function indexOrEnd(text: string, wanted: string, from: number): number {
  const found = text.indexOf(wanted, from);
  return found < 0 ? text.length : found;
}

function skipQuoted(text: string, at: number, quote: string): number {
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] === "\\") i++;
    else if (text[i] === quote) return i + 1;
    else if (text[i] === "\n") return i;
  }
  return text.length;
}

const closers: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/** For every opening bracket's token index, the index of the token that closes it. Linear. */
export function matchBrackets(tokens: readonly Token[]): Map<number, number> {
  const matches = new Map<number, number>();
  const open: number[] = [];
  tokens.forEach((token, index) => {
    if (token.text in closers) open.push(index);
    const last = open[open.length - 1];
    if (last !== undefined && closers[tokens[last]?.text ?? ""] === token.text) {
      matches.set(last, index);
      open.pop();
    }
  });
  return matches;
}

import type { Delimiter, Language } from "./language.ts";

/** A stretch of a text: code, or one comment or literal with its delimiters. */
export interface Region {
  readonly kind: "code" | Delimiter["kind"];
  readonly start: number;
  readonly end: number;
}

/**
 * Cuts a text into regions, in order and without gaps. A line comment ends before its newline; what is
 * unterminated ends with its line or with the text. Linear. Exact for Go; elsewhere regular expressions and
 * here documents may pass for strings, until the end of their line at most, save behind a backquote or `/*`.
 */
export function* regionsOf(text: string, { delimiters }: Language): Generator<Region> {
  const opening = new RegExp(delimiters.map(({ open }) => escaped(open)).join("|"), "g");
  let at = 0;
  while (at < text.length) {
    opening.lastIndex = at;
    const found = opening.exec(text);
    const start = found?.index ?? text.length;
    if (start > at) yield { kind: "code", start: at, end: start };
    const delimiter = delimiters.find(({ open }) => open === found?.[0]);
    if (delimiter === undefined) return;
    at = endOf(text, start, delimiter);
    yield { kind: delimiter.kind, start, end: at };
  }
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}

function endOf(text: string, start: number, { open, close, escapes, lines }: Delimiter): number {
  const from = start + open.length;
  if (!escapes) {
    const found = text.indexOf(close, from);
    if (found < 0) return text.length;
    return close === "\n" ? found : found + close.length;
  }
  const first = close.charCodeAt(0);
  for (let at = from; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 0x5c) at++;
    else if (unit === first && text.startsWith(close, at)) return at + close.length;
    else if (unit === 0x0a && !lines) return at;
  }
  return text.length;
}

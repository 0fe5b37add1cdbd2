/**
 * Where the bodies of functions are in a Go text: what a package declares can be told without them, many
 * times faster. Bodies of functions that begin a line are found; where that cannot be told (or
 * brackets do not match) none are from there on. Linear.
 */
import { skipOpaque } from "./lexer.ts";
import type { Span } from "./shortened.ts";

/**
 * What stands between the braces of such functions, in source order. A signature is of one
 * line but for what is in brackets, and `{` begins the body unless it is that of a type.
 */
export function* functionBodies(text: string): Generator<Span> {
  const interesting = /[\n;({["'`/]|\b(?:func|struct|interface)\b/g;
  let inSignature = false;
  let word = "";
  for (let found = interesting.exec(text); found !== null; found = interesting.exec(text)) {
    const at = found.index;
    const [token] = found;
    let end = at + token.length;
    if (token === "{" || token === "(" || token === "[") {
      end = closing(text, at);
      if (end < 0) return;
      const isBody: boolean = inSignature && token === "{" && word === "func";
      if (isBody) yield { start: at + 1, end: end - 1 };
      inSignature &&= !isBody;
      if (token === "{") word = "func";
    } else if (token === "\n" || token === ";") {
      inSignature = false;
    } else if (token.length > 1) {
      if (token === "func") inSignature ||= at === 0 || text[at - 1] === "\n";
      word = token;
    } else {
      end = Math.max(end, skipOpaque(text, at));
    }
    interesting.lastIndex = end;
  }
}

/** The offset after the bracket that closes the one there; -1 if none does, or another one would. */
export function closing(text: string, from: number): number {
  const interesting = /[(){}[\]"'`/]/g;
  interesting.lastIndex = from;
  const open: string[] = [];
  for (let found = interesting.exec(text); found !== null; found = interesting.exec(text)) {
    const [token] = found;
    const closer = closers[token];
    if (closer !== undefined) open.push(closer);
    else if (!isCloser(token))
      interesting.lastIndex = Math.max(found.index + 1, skipOpaque(text, found.index));
    else if (open.pop() !== token) return -1;
    if (open.length === 0) return interesting.lastIndex;
  }
  return -1;
}

const closers: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

function isCloser(token: string): boolean {
  return token === ")" || token === "]" || token === "}";
}

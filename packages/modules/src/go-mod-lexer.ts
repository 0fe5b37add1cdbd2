/** The surface of go.mod: lines of tokens, blocks in parentheses, comments. */

/** Where something starts; both from 1, the column in UTF-16 code units. */
export interface GoModPosition {
  readonly line: number;
  readonly column: number;
}

/** A word or string of a line; `text` of a string is what it stands for. */
export interface GoModToken extends GoModPosition {
  readonly text: string;
  readonly isString: boolean;
}

/** One directive, on its own or inside a block, whose verb it then carries as first token. */
export interface GoModStatement extends GoModPosition {
  readonly tokens: readonly GoModToken[];
  /** Whole-line comments right above, without their slashes; of the block's too, if it has none itself. */
  readonly above: readonly string[];
  /** The comment at the end of the line. */
  readonly suffix: string | undefined;
  readonly inBlock: boolean;
}

/** Something that does not fit the grammar. */
export interface GoModProblem extends GoModPosition {
  readonly message: string;
}

/** What {@link lexGoMod} returns. */
export interface GoModSurface {
  readonly statements: readonly GoModStatement[];
  readonly problems: readonly GoModProblem[];
}

interface OpenBlock {
  readonly head: readonly GoModToken[];
  readonly above: readonly string[];
  readonly position: GoModPosition;
}

interface LexState {
  readonly statements: GoModStatement[];
  readonly problems: GoModProblem[];
  block: OpenBlock | undefined;
  above: string[];
}

/** Real files have at most a few thousand. */
const MAX_LINES = 50_000;

/** Splits a go.mod into statements. Never throws; a line that makes no sense is a problem and is skipped. */
export function lexGoMod(text: string): GoModSurface {
  const state: LexState = { statements: [], problems: [], block: undefined, above: [] };
  for (const [index, raw] of text
    .replace(/^\ufeff/u, "")
    .split("\n")
    .entries()) {
    if (index === MAX_LINES) {
      state.problems.push({
        line: index + 1,
        column: 1,
        message: `more than ${MAX_LINES} lines: the rest is not read`,
      });
      break;
    }
    const lexed = lexLine(raw, index + 1);
    if (lexed.problem !== undefined) state.problems.push(lexed.problem);
    else addLine(state, lexed);
  }
  if (state.block !== undefined)
    state.problems.push({ ...state.block.position, message: "block is not closed: missing )" });
  return state;
}

function addLine(state: LexState, { tokens, comment }: LexedLine): void {
  const first = tokens[0];
  if (first === undefined) {
    if (comment === undefined) state.above = [];
    else state.above.push(comment);
    return;
  }
  if (isPunctuation(first, ")")) closeBlock(state, first, tokens);
  else if (state.block === undefined && tokens.length > 1 && isPunctuation(tokens.at(-1), "(")) {
    state.block = { head: tokens.slice(0, -1), above: state.above, position: at(first) };
  } else addStatement(state, first, { tokens, comment });
  state.above = [];
}

function closeBlock(state: LexState, close: GoModToken, tokens: readonly GoModToken[]): void {
  const rest = tokens[1];
  if (state.block === undefined) state.problems.push({ ...at(close), message: "unexpected )" });
  else if (rest !== undefined) state.problems.push({ ...at(rest), message: "expected newline after )" });
  state.block = undefined;
}

function addStatement(state: LexState, first: GoModToken, { tokens, comment }: LexedLine): void {
  const { block, above } = state;
  const isEmptyBlock = isPunctuation(tokens.at(-2), "(") && isPunctuation(tokens.at(-1), ")");
  if (block === undefined && isEmptyBlock) return;
  state.statements.push({
    ...at(first),
    tokens: block === undefined ? tokens : [...block.head, ...tokens],
    above: block === undefined || above.length > 0 || comment !== undefined ? above : block.above,
    suffix: comment,
    inBlock: block !== undefined,
  });
}

function isPunctuation(token: GoModToken | undefined, text: string): boolean {
  return token !== undefined && !token.isString && token.text === text;
}

function at({ line, column }: GoModPosition): GoModPosition {
  return { line, column };
}

interface LexedLine {
  readonly tokens: readonly GoModToken[];
  /** Without the slashes and the white space around. */
  readonly comment?: string | undefined;
  readonly problem?: GoModProblem;
}

/** No directive has nearly as many words. */
const MAX_TOKENS = 100;
const PUNCTUATION = "()[]{},";

/** One pass over the line, character by character: files of nonsense may be large. */
function lexLine(raw: string, line: number): LexedLine {
  const tokens: GoModToken[] = [];
  for (let start = 0; start < raw.length; ) {
    const char = raw.charAt(start);
    if (char === " " || char === "\t" || char === "\r") {
      start++;
      continue;
    }
    if (raw.startsWith("//", start)) return { tokens, comment: raw.slice(start + 2).trim() };
    const position = { line, column: start + 1 };
    const isString = char === '"' || char === "`";
    const end = isString
      ? stringEnd(raw, start)
      : PUNCTUATION.includes(char)
        ? start + 1
        : wordEnd(raw, start);
    if (end === start) return { tokens: [], problem: { ...position, message: whyNoToken(raw, start) } };
    const text = isString ? stringValue(raw.slice(start, end)) : raw.slice(start, end);
    if (text === undefined) return { tokens: [], problem: { ...position, message: "invalid quoted string" } };
    if (tokens.length === MAX_TOKENS)
      return { tokens: [], problem: { ...position, message: "too many words" } };
    tokens.push({ line, column: position.column, text, isString });
    start = end;
  }
  return { tokens };
}

/** Behind the closing quote, or `start` if there is none. */
function stringEnd(raw: string, start: number): number {
  const quote = raw[start];
  for (let end = start + 1; end < raw.length; end++) {
    if (raw[end] === quote) return end + 1;
    if (raw[end] === "\\" && quote === '"') end++;
  }
  return start;
}

/** Behind the last character of a word: printable, no punctuation, no comment. */
function wordEnd(raw: string, start: number): number {
  let end = start;
  for (; end < raw.length; end++) {
    const code = raw.charCodeAt(end);
    if (code <= 0x20 || code === 0x7f || PUNCTUATION.includes(raw.charAt(end))) break;
    if (code === 0x2f && (raw[end + 1] === "/" || raw[end + 1] === "*")) break;
    if (code > 0x7f && /[\s\p{Cc}\p{Cf}\p{Co}\p{Cn}]/u.test(raw.charAt(end))) break;
  }
  return end;
}

function whyNoToken(raw: string, start: number): string {
  if (raw.startsWith("/*", start)) return "comments begin with //, not with /*";
  if (raw[start] === '"' || raw[start] === "`") return "string is not closed on its line";
  return "unexpected character";
}

/** What a Go string literal in either quotes stands for. Undefined for an escape that Go does not have. */
function stringValue(literal: string): string | undefined {
  if (literal.startsWith("`")) return literal.slice(1, -1);
  let isValid = true;
  const value = literal.slice(1, -1).replace(ESCAPE, (escape: string) => {
    const plain = ESCAPES[escape];
    const code = escape.length > 2 ? Number.parseInt(escape.slice(2), 16) : Number.NaN;
    if (plain === undefined && !(code <= 0x10ffff)) isValid = false;
    return plain ?? (isValid ? String.fromCodePoint(code) : "");
  });
  return isValid ? value : undefined;
}

const ESCAPE = /\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)/gsu;

const ESCAPES: Readonly<Record<string, string>> = {
  "\\a": "\u0007",
  "\\b": "\b",
  "\\f": "\f",
  "\\n": "\n",
  "\\r": "\r",
  "\\t": "\t",
  "\\v": "\v",
  "\\\\": "\\",
  '\\"': '"',
};

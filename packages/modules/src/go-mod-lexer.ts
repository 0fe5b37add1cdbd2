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

/** Splits a go.mod into statements. Never throws; a line that makes no sense is a problem and is skipped. */
export function lexGoMod(text: string): GoModSurface {
  const statements: GoModStatement[] = [];
  const problems: GoModProblem[] = [];
  let block: OpenBlock | undefined;
  let above: string[] = [];
  for (const [index, raw] of text
    .replace(/^\ufeff/u, "")
    .split("\n")
    .entries()) {
    const line = index + 1;
    const { tokens, comment, problem } = lexLine(raw, line);
    if (problem !== undefined) problems.push(problem);
    const first = tokens[0];
    if (first === undefined) {
      if (comment !== undefined) above.push(comment);
      else if (problem === undefined) above = [];
      continue;
    }
    const last = tokens.at(-1);
    if (isPunctuation(first, ")")) {
      if (block === undefined) problems.push({ ...at(first), message: "unexpected )" });
      else if (tokens.length > 1)
        problems.push({ ...at(tokens[1] ?? first), message: "expected newline after )" });
      block = undefined;
    } else if (block === undefined && last !== undefined && isPunctuation(last, "(") && tokens.length > 1) {
      block = { head: tokens.slice(0, -1), above, position: at(first) };
    } else {
      const position = at(first);
      const own = block === undefined || above.length > 0 || comment !== undefined ? above : block.above;
      statements.push({
        ...position,
        tokens: block === undefined ? closeInline(tokens) : [...block.head, ...tokens],
        above: own,
        suffix: comment,
        inBlock: block !== undefined,
      });
    }
    above = [];
  }
  if (block !== undefined) problems.push({ ...block.position, message: "block is not closed: missing )" });
  return { statements, problems };
}

/** `verb ( )` on one line is an empty block: the verb alone is left. */
function closeInline(tokens: readonly GoModToken[]): readonly GoModToken[] {
  const [open, close] = tokens.slice(-2);
  const isEmptyBlock =
    open !== undefined && close !== undefined && isPunctuation(open, "(") && isPunctuation(close, ")");
  return isEmptyBlock ? [] : tokens;
}

function isPunctuation(token: GoModToken, text: string): boolean {
  return !token.isString && token.text === text;
}

function at({ line, column }: GoModPosition): GoModPosition {
  return { line, column };
}

interface LexedLine {
  readonly tokens: GoModToken[];
  /** Without the slashes and the white space around. */
  readonly comment?: string;
  readonly problem?: GoModProblem;
}

/** White space, a comment, punctuation, a string in either quotes, or a word up to what ends one. */
const TOKEN =
  /[ \t\r]+|\/\/.*|[()[\]{},]|"(?:[^"\\]|\\.)*"|`[^`]*`|(?:(?!\/[/*])[^\s()[\]{},"`\p{C}])(?:(?!\/[/*])[^\s()[\]{},\p{C}])*/suy;

function lexLine(raw: string, line: number): LexedLine {
  const tokens: GoModToken[] = [];
  TOKEN.lastIndex = 0;
  for (let start = 0; start < raw.length; start = TOKEN.lastIndex) {
    TOKEN.lastIndex = start;
    const text = TOKEN.exec(raw)?.[0];
    const position = { line, column: start + 1 };
    if (text === undefined) return { tokens: [], problem: { ...position, message: whyNoToken(raw, start) } };
    if (/^[ \t\r]/u.test(text)) continue;
    if (text.startsWith("//")) return { tokens, comment: text.slice(2).trim() };
    const value = stringValue(text);
    if (value === undefined)
      return { tokens: [], problem: { ...position, message: "invalid quoted string" } };
    tokens.push({ ...position, text: value, isString: text.startsWith('"') || text.startsWith("`") });
  }
  return { tokens };
}

function whyNoToken(raw: string, start: number): string {
  if (raw.startsWith("/*", start)) return "go.mod has // comments, not /* */";
  if (raw[start] === '"' || raw[start] === "`") return "string is not closed on its line";
  return "unexpected character";
}

const ESCAPES: Readonly<Record<string, string>> = {
  a: "\u0007",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
  '"': '"',
};

/** What a Go string literal stands for; a word stands for itself. Undefined for an escape that Go does not have. */
function stringValue(text: string): string | undefined {
  if (text.startsWith("`")) return text.slice(1, -1);
  if (!text.startsWith('"')) return text;
  let isValid = true;
  const value = text
    .slice(1, -1)
    .replace(/\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|(.))/gisu, (all, ...parts) => {
      const [x, u, U, other] = parts as (string | undefined)[];
      const code = Number.parseInt(x ?? u ?? U ?? "", 16);
      const plain = other === undefined ? undefined : ESCAPES[other];
      if (other === undefined && code <= 0x10ffff && all[1] !== "X") return String.fromCodePoint(code);
      isValid &&= plain !== undefined;
      return plain ?? "";
    });
  return isValid ? value : undefined;
}

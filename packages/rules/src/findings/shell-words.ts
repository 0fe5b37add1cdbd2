/**
 * Shell lines in parts: pipelines, of these the commands, and of these the words. Not the grammar of a shell: it knows nothing of
 * here-documents, and of which words are keywords; what stands in comments is read as well; and a quote or parenthesis that is left
 * open ends with the text.
 */

export interface Word {
  /** Without its quotes; `$()` stands for the output of commands. */
  readonly text: string;
  /** The commands whose output it has, or is a file of: of `$(…)`, `` `…` `` and `<(…)`. */
  readonly output: readonly Command[];
}

export interface Command {
  readonly words: readonly Word[];
  readonly redirects: readonly Redirect[];
}

export interface Redirect {
  /** Without the number before it. */
  readonly operator: string;
  readonly file: Word;
}

/** Of stages, each of which is one command, or all of those in parentheses. */
export type Pipeline = readonly (readonly Command[])[];

/**
 * The pipelines of a text, each behind the ones that are inside of it. What is quoted and of more than one word is read as a line
 * too, since some program may run it. Linear in the text.
 */
export function pipelinesIn(text: string): readonly Pipeline[] {
  const found: Pipeline[] = [];
  read(text, found, 0);
  return found;
}

/** No more characters are known of any value. */
export const longestLine = 1 << 16;

/** Parentheses, and quotes in quotes, that are looked into. */
const mostOpen = 4;
const mostQuoted = 3;

/** What is between parentheses, back-quotes or braces, or all of the text, as far as it is read. */
interface Frame {
  /** What ends it. */
  readonly end: string;
  /** It is output that a word has. */
  readonly isOutput: boolean;
  readonly done: Command[];
  stages: Command[][];
  words: Word[];
  redirects: Redirect[];
  word: { text: string; readonly output: Command[]; isQuoted: boolean } | undefined;
  /** A redirection that waits for its file. */
  operator: string | undefined;
  /** Where a double quote began that is still open, or -1. */
  quote: number;
}

function frame(end: string, isOutput: boolean): Frame {
  return {
    end,
    isOutput,
    done: [],
    stages: [[]],
    words: [],
    redirects: [],
    word: undefined,
    operator: undefined,
    quote: -1,
  };
}

const plain = /[^\s"'\\$`|;&()<>]+/uy;
const plainInQuotes = /[^"\\$`]+/uy;
/** Also `${IFS}`, which nobody writes who wants to be read. */
const blank = /\\\r?\n|[^\S\n]+|\$\{IFS[^}]{0,20}\}|\$IFS\b(?:\$\d)?/uy;
const redirection = /&>>?|<<<|<<-?|[<>]&|<>|>>|>\||[<>]/uy;
const separator = /\|\||&&?|;|\n/uy;
const comment = /#[^\n]*/uy;
const pipe = /\|&?/uy;
const escaped = /\\[\s\\"'$`|;&()<>*?#~]/uy;
const escapedInQuotes = /\\[\\"$`]/uy;

function read(text: string, found: Pipeline[], depth: number): void {
  let top = frame("", false);
  const stack = [top];
  let index = 0;

  /** What stands here, which is then read. */
  function take(pattern: RegExp): string | undefined {
    pattern.lastIndex = index;
    const match = pattern.exec(text);
    if (match === null) return undefined;
    index += match[0].length;
    return match[0];
  }

  function add(part: string, isQuoted = false): void {
    top.word ??= { text: "", output: [], isQuoted: false };
    top.word.text += part;
    top.word.isQuoted ||= isQuoted;
  }

  function endWord(): void {
    const { word, operator } = top;
    if (word === undefined) return;
    top.word = undefined;
    const isFirst = top.words.length === 0 && operator === undefined && !word.isQuoted;
    if (isFirst && word.text === "{") return open("}", false);
    if (isFirst && word.text === "}" && close("}")) return;
    if (operator !== undefined) top.redirects.push({ operator, file: word });
    else top.words.push(word);
    top.operator = undefined;
  }

  function endCommand(): void {
    endWord();
    top.operator = undefined;
    if (isEmpty(top)) return;
    top.stages.at(-1)?.push({ words: top.words, redirects: top.redirects });
    top.words = [];
    top.redirects = [];
  }

  function endPipeline(): void {
    endCommand();
    if (top.stages.some((one) => one.length > 0)) found.push(top.stages);
    for (const stage of top.stages) for (const one of stage) top.done.push(one);
    top.stages = [[]];
  }

  function open(end: string, isOutput: boolean): void {
    if (stack.length <= mostOpen) stack.push((top = frame(end, isOutput)));
  }

  /** Closes what ends so, with what was left open in it, if there is any. */
  function close(end: string): boolean {
    const level = stack.findLastIndex((one) => one.end === end);
    if (level <= 0) return false;
    while (stack.length > level) closeTop();
    return true;
  }

  function closeTop(): void {
    endPipeline();
    const { done, isOutput } = top;
    stack.pop();
    top = stack.at(-1) ?? top;
    if (isOutput) add("$()");
    const into = isOutput ? top.word?.output : top.stages.at(-1);
    for (const one of done) into?.push(one);
  }

  /** What is quoted, as a line; once, where quotes are in quotes. */
  function readQuoted(from: number, to: number): void {
    if (depth >= mostQuoted || stack.some(({ quote }) => quote >= 0)) return;
    const line = text.slice(from, to);
    if (/[\s|;&<>()`]/u.test(line)) read(line.replaceAll(/\\(["\\$`])/gu, "$1"), found, depth + 1);
  }

  function readDoubleQuote(): void {
    const from = top.quote;
    top.quote = from < 0 ? index + 1 : -1;
    add("", true);
    if (from >= 0) readQuoted(from, index);
    index += 1;
  }

  function readSingleQuote(): void {
    const to = text.indexOf("'", index + 1);
    // An apostrophe.
    if (to < 0) return void (index += 1);
    add(text.slice(index + 1, to), true);
    readQuoted(index + 1, to);
    index = to + 1;
  }

  function readBackQuote(): void {
    if (top.quote >= 0 || !close("`")) open("`", true);
    index += 1;
  }

  function readOutput(): void {
    open(")", true);
    index += 2;
  }

  function readInQuotes(): void {
    const part = take(plainInQuotes) ?? take(escapedInQuotes)?.slice(1);
    if (part !== undefined) add(part);
    else if (text[index] === '"') readDoubleQuote();
    else if (text[index] === "`") readBackQuote();
    else if (text.startsWith("$(", index)) readOutput();
    else add(text[index++] ?? "");
  }

  function readRedirection(): void {
    // The number in front of it.
    if (/^\d$/u.test(top.word?.text ?? "")) top.word = undefined;
    endWord();
    top.operator = take(redirection);
  }

  function readSeparator(): void {
    endWord();
    if (take(separator) !== "\n" || !isWaiting()) endPipeline();
  }

  /** Whether a pipe goes on in the next line. */
  function isWaiting(): boolean {
    return isEmpty(top) && top.stages.length > 1 && top.stages.at(-1)?.length === 0;
  }

  /** What stands in a comment is no part of the command before it. */
  function readComment(): void {
    if (isWaiting()) take(comment);
    else endPipeline();
    index += 1;
  }

  function readBracket(): void {
    if (text[index] === "(") {
      endCommand();
      open(")", false);
    } else if (!close(")")) endPipeline();
    index += 1;
  }

  function readUnquoted(): void {
    if (text[index] === "#" && top.word === undefined) return readComment();
    const word = take(plain);
    if (word !== undefined) return add(word);
    if (take(blank) !== undefined) return endWord();
    const next = text[index + 1];
    switch (text[index]) {
      case '"':
        return readDoubleQuote();
      case "'":
        return readSingleQuote();
      case "`":
        return readBackQuote();
      case "\\":
        return add(take(escaped)?.slice(1) ?? text[index++] ?? "", true);
      case "$":
        return next === "(" ? readOutput() : add(text[index++] ?? "");
      case "<":
      case ">":
        return next === "(" ? readOutput() : readRedirection();
      case "(":
      case ")":
        return readBracket();
      case "|":
        if (next === "|") return readSeparator();
        endCommand();
        take(pipe);
        return void top.stages.push([]);
      case "&":
        return next === ">" ? readRedirection() : readSeparator();
      default:
        return readSeparator();
    }
  }

  while (index < text.length) {
    if (top.quote >= 0) readInQuotes();
    else readUnquoted();
  }
  const from = stack.find(({ quote }) => quote >= 0)?.quote;
  for (const one of stack) one.quote = -1;
  if (from !== undefined) readQuoted(from, text.length);
  while (stack.length > 1) closeTop();
  endPipeline();
}

/** Whether nothing is read of a command yet. */
function isEmpty({ words, redirects }: Frame): boolean {
  return words.length === 0 && redirects.length === 0;
}

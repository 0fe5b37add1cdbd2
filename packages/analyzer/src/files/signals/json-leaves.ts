/** A string, number or word in JSON, with the keys and indices that lead to it. */
export interface Leaf {
  readonly path: readonly string[];
  readonly value: string;
  /** Of the value. */
  readonly offset: number;
}

/** Levels that are looked at; no configuration file has meaning deeper down. */
const deepest = 32;

interface Level {
  readonly array: boolean;
  /** Of an object the last key, of an array the number of the next value. */
  key: string | undefined;
  next: number;
}

/**
 * The values in a JSON text, in order. As editors read their files: with comments, commas too many
 * or too few, and after errors whatever can be made out. Never throws. Linear.
 */
export function* jsonLeaves(text: string): Generator<Leaf> {
  const levels: Level[] = [];
  const token = /\/\/[^\n]*|\/\*[^]*?(?:\*\/|$)|"(?:[^"\\\n]|\\[^])*"?|[{}[\],:]|[^\s{}[\],:"/]+|\//g;
  for (const { 0: word, index } of text.matchAll(token)) {
    const level = levels.at(-1);
    if (word.startsWith("/")) continue;
    if (word === "{" || word === "[") {
      startValue(level);
      levels.push({ array: word === "[", key: undefined, next: 0 });
    } else if (word === "}" || word === "]") {
      levels.pop();
      endValue(levels.at(-1));
    } else if (word === ",") {
      endValue(level);
    } else if (word !== ":") {
      const value = word.startsWith('"') ? unquoted(word) : word;
      if (level?.array === false && level.key === undefined) {
        level.key = value;
        continue;
      }
      startValue(level);
      if (levels.length <= deepest) yield { path: levels.map(({ key }) => key ?? ""), value, offset: index };
      endValue(level);
    }
  }
}

function startValue(level: Level | undefined): void {
  if (level?.array === true) level.key = String(level.next++);
}

function endValue(level: Level | undefined): void {
  if (level !== undefined) level.key = undefined;
}

const escapes: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

function unquoted(word: string): string {
  const inner = word.slice(1, word.length > 1 && word.endsWith('"') ? -1 : undefined);
  return inner.replace(/\\(?:u([0-9a-fA-F]{4})|([^]))/g, (_, hex?: string, character?: string) =>
    hex === undefined
      ? (escapes[character ?? ""] ?? character ?? "")
      : String.fromCharCode(parseInt(hex, 16)),
  );
}

/** Names that nothing in the code has. */
import type { Random } from "./random.ts";

/** Makes names that no file of the module has as a word, not even in a comment, and none twice. */
export interface Names {
  /** The stem itself, or with a number. */
  readonly fresh: (stem: string) => string;
  /** A word that says nothing. */
  readonly word: () => string;
}

const onsets = ["b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "t", "v"] as const;
const vowels = ["a", "e", "i", "o", "u"] as const;
const codas = ["l", "m", "n", "r", "x", ""] as const;

export function createNames(texts: readonly string[], random: Random): Names {
  const taken = new Set([
    ...reserved,
    ...texts.flatMap((text) => text.match(/[\p{L}_][\p{L}\p{Nd}_]*/gu) ?? []),
  ]);
  const fresh = (stem: string) => {
    let name = stem;
    for (let number = 2; taken.has(name); number++) name = `${stem}${number}`;
    taken.add(name);
    return name;
  };
  const syllable = () => random.choose(onsets) + random.choose(vowels) + random.choose(codas);
  return { fresh, word: () => fresh(syllable() + syllable()) };
}

/** Go's keywords, and what it declares before any package does. */
export const reserved: ReadonlySet<string> = new Set(
  `any append bool break byte cap case chan clear close comparable complex complex128 complex64 const continue copy default defer
  delete else error fallthrough false float32 float64 for func go goto if imag import init int int16 int32 int64 int8
  interface iota len main make map max min new nil package panic print println range real recover return rune select
  string struct switch true type uint uint16 uint32 uint64 uint8 uintptr var _`.split(/\s+/),
);

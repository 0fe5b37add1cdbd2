/** The words of a line of text, as Go's strings.Fields has them, with their places. */

export interface Word {
  readonly text: string;
  /** From 1, in bytes of UTF-8; `endColumn` is behind its last byte. */
  readonly column: number;
  readonly endColumn: number;
}

/** What is not white space: JavaScript's differs from Go's in two characters. */
const word = /[^\t-\r\u0085\p{Z}]+/gu;

/** A `#` that starts a comment: not the one in the name of an init function, `init#1`. */
const comment = /#(?<!\.init#(?=\d))/u;

/** The words up to a comment. Linear in the line. */
export function wordsOf(line: string): readonly Word[] {
  const [text = ""] = line.split(comment, 1);
  let at = 0;
  let column = 1;
  return [...text.matchAll(word)].map(({ 0: found, index }) => {
    const start = column + byteLength(text.slice(at, index));
    at = index + found.length;
    column = start + byteLength(found);
    return { text: found, column: start, endColumn: column };
  });
}

/** Bytes of UTF-8. */
function byteLength(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/** Characters as Go's constraint readers class them: not quite JavaScript's classes. */

/** unicode.IsSpace: has U+0085, lacks U+FEFF. */
const space = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
const spaces = new RegExp(`${space.source}+`);
/** Letters, digits, underscores and dots; all digits are fine ("386"). */
const tag = /^[\p{L}\p{Nd}_.]+$/u;

/** A part of a text and where it starts there. */
export interface Piece {
  readonly text: string;
  readonly start: number;
}

/** Without the white space around it. Linear. */
export function trimPiece({ text, start }: Piece): Piece {
  const from = skipSpace(text, 0);
  let to = text.length;
  while (to > from && isSpace(text, to - 1)) to--;
  return { text: text.slice(from, to), start: start + from };
}

/** The offset of the first character from `from` on that is no white space. */
export function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && isSpace(text, at)) at++;
  return at;
}

/** The words between white space. */
export function fields(text: string): string[] {
  return text.split(spaces).filter((word) => word !== "");
}

/**
 * What follows a keyword at the start of the text: undefined unless the keyword is all there
 * is or white space follows it.
 */
export function afterKeyword({ text, start }: Piece, keyword: string): Piece | undefined {
  if (!text.startsWith(keyword)) return undefined;
  const rest = { text: text.slice(keyword.length), start: start + keyword.length };
  return rest.text === "" || isSpace(rest.text, 0) ? trimPiece(rest) : undefined;
}

function isSpace(text: string, offset: number): boolean {
  const code = text.charCodeAt(offset);
  // Nearly all characters are here.
  if (code > 0x20 && code < 0x80) return false;
  return space.test(text.charAt(offset));
}

export function isTag(word: string): boolean {
  return tag.test(word);
}

/** Strings of bytes and the texts that they are in UTF-8. */

/** The bytes of a text; U+DC80 to U+DCFF stand for bytes that are no UTF-8. */
export function bytesOf(of: string): string {
  // oxlint-disable-next-line no-control-regex
  if (/^[\0-\x7f]*$/.test(of)) return of;
  let bytes = "";
  for (const character of of) bytes += encodePoint(character.codePointAt(0) ?? 0);
  return bytes;
}

export function encodePoint(point: number): string {
  if (point < 0x80) return String.fromCharCode(point);
  if (point >= 0xdc80 && point <= 0xdcff) return String.fromCharCode(point - 0xdc00);
  const tail = (shift: number) => 0x80 | ((point >> shift) & 0x3f);
  if (point < 0x800) return String.fromCharCode(0xc0 | (point >> 6), tail(0));
  if (point < 0x10000) return String.fromCharCode(0xe0 | (point >> 12), tail(6), tail(0));
  return String.fromCharCode(0xf0 | (point >> 18), tail(12), tail(6), tail(0));
}

/** The UTF-8 of a rune; that of U+FFFD where it is none. */
export function encodeRune(rune: bigint): string {
  const valid = rune >= 0n && rune <= 0x10ffffn && !(rune >= 0xd800n && rune <= 0xdfffn);
  return encodePoint(valid ? Number(rune) : 0xfffd);
}

export interface Rune {
  readonly at: number;
  readonly point: number;
  readonly size: number;
  readonly valid: boolean;
}

/** The runes of a string of bytes; a byte that begins none is U+FFFD. */
export function* runes(bytes: string): Generator<Rune> {
  for (let at = 0; at < bytes.length; ) {
    const rune = runeAt(bytes, at);
    yield rune;
    at += rune.size;
  }
}

const smallest = [0, 0, 0x80, 0x800, 0x10000];

export function runeAt(bytes: string, at: number): Rune {
  const first = bytes.charCodeAt(at);
  if (first < 0x80) return { at, point: first, size: 1, valid: true };
  const wrong: Rune = { at, point: 0xfffd, size: 1, valid: false };
  const size = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  if (size === 0 || at + size > bytes.length) return wrong;
  let point = first & (0xff >> (size + 1));
  for (let index = 1; index < size; index++) {
    const byte = bytes.charCodeAt(at + index);
    if ((byte & 0xc0) !== 0x80) return wrong;
    point = (point << 6) | (byte & 0x3f);
  }
  const valid = point >= (smallest[size] ?? 0) && point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff);
  return valid ? { at, point, size, valid } : wrong;
}

/** For a reader: text where it is UTF-8, `\xNN` for bytes that are not. */
export function readable(bytes: string): string {
  // oxlint-disable-next-line no-control-regex
  if (/^[\0-\x7f]*$/.test(bytes)) return bytes;
  let text = "";
  for (const { at, point, valid } of runes(bytes)) {
    text += valid
      ? String.fromCodePoint(point)
      : String.raw`\x${bytes.charCodeAt(at).toString(16).padStart(2, "0")}`;
  }
  return text;
}

import type { Range } from "../model/position.ts";

/**
 * The text of one file. Offsets are in UTF-16 code units of `text`; positions that
 * leave the analyzer count bytes, as Go's do. In an ASCII file the two are the same.
 */
export interface Source {
  /** Slash path inside the module. */
  readonly file: string;
  readonly text: string;
  /** Byte offset of every code unit and of the end; absent in an ASCII file. */
  readonly bytes?: Uint32Array;
  /** Offsets at which lines start. */
  readonly lines: Uint32Array;
  /** Byte offset of the first byte sequence that is not UTF-8. */
  readonly invalidAt?: number;
}

/** Every JavaScript host has it; the language's own library does not declare it. No input or output. */
declare const TextDecoder: new (
  label: string,
  options: { ignoreBOM: boolean },
) => { decode(bytes: Uint8Array): string };

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
const utf16 = new TextDecoder("utf-16le", { ignoreBOM: true });

/** The text alone, for a quick look: what is not UTF-8 becomes U+FFFD, in which number is not said. Linear. */
export function decodeText(content: Uint8Array): string {
  return utf8.decode(content);
}

/** Decodes a file that begins with a mark of UTF-16, as some editors write and read settings; columns count its units. */
export function decodeMarked(file: string, content: Uint8Array): Source {
  const isLittle = content[0] === 0xff && content[1] === 0xfe;
  if (!isLittle && !(content[0] === 0xfe && content[1] === 0xff)) return decodeSource(file, content);
  const units = content.subarray(2, content.length - (content.length % 2));
  const text = utf16.decode(isLittle ? units : swapped(units));
  return { file, text, lines: lineStarts(text) };
}

function swapped(units: Uint8Array): Uint8Array {
  return units.map((_, at) => units[at ^ 1] ?? 0);
}

/** Decodes a file. What is not UTF-8 becomes U+FFFD, one a byte, and is told by `invalidAt`. Linear. */
export function decodeSource(file: string, content: Uint8Array): Source {
  const text = utf8.decode(content);
  // Every longer sequence would make the text shorter, and every wrong one would leave U+FFFD.
  const ascii = text.length === content.length && !text.includes("\ufffd");
  return ascii ? { file, text, lines: lineStarts(text) } : decodeUtf8(file, content);
}

function decodeUtf8(file: string, content: Uint8Array): Source {
  const units = new Uint16Array(content.length);
  const bytes = new Uint32Array(content.length + 1);
  let length = 0;
  let invalidAt: number | undefined;
  let at = 0;
  const put = (unit: number, byte: number) => {
    units[length] = unit;
    bytes[length++] = byte;
  };
  while (at < content.length) {
    const size = sequenceLength(content, at);
    const point = size === 0 ? 0xfffd : codePoint(content, at, size);
    if (size === 0) invalidAt ??= at;
    if (point > 0xffff) {
      put(0xd800 + ((point - 0x10000) >> 10), at);
      put(0xdc00 + ((point - 0x10000) & 0x3ff), at);
    } else {
      put(point, at);
    }
    at += size || 1;
  }
  bytes[length] = content.length;
  const text = utf16.decode(new Uint8Array(units.buffer, 0, length * 2));
  const source = { file, text, bytes: bytes.slice(0, length + 1), lines: lineStarts(text) };
  return invalidAt === undefined ? source : { ...source, invalidAt };
}

/** Length of the well-formed UTF-8 sequence at `at` (Unicode 15, table 3-7), 0 if there is none. */
function sequenceLength(content: Uint8Array, at: number): number {
  const first = content[at] as number;
  if (first < 0x80) return 1;
  const size = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  if (at + size > content.length) return 0;
  for (let i = 1; i < size; i++) if (((content[at + i] as number) & 0xc0) !== 0x80) return 0;
  const second = content[at + 1] as number;
  if (first === 0xe0 && second < 0xa0) return 0;
  if (first === 0xed && second > 0x9f) return 0;
  if (first === 0xf0 && second < 0x90) return 0;
  if (first === 0xf4 && second > 0x8f) return 0;
  return size;
}

function codePoint(content: Uint8Array, at: number, size: number): number {
  let point = size === 1 ? (content[at] as number) : (content[at] as number) & (0xff >> (size + 1));
  for (let i = 1; i < size; i++) point = (point << 6) | ((content[at + i] as number) & 0x3f);
  return point;
}

function lineStarts(text: string): Uint32Array {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return new Uint32Array(starts);
}

/** Line and column (bytes, from 1) of an offset. O(log lines). */
export function placeOf(source: Source, offset: number): { readonly line: number; readonly column: number } {
  let low = 0;
  let high = source.lines.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((source.lines[middle] as number) <= offset) low = middle;
    else high = middle - 1;
  }
  const start = source.lines[low] as number;
  return { line: low + 1, column: byteOffset(source, offset) - byteOffset(source, start) + 1 };
}

/** The offset of a line and column (bytes, from 1); undefined if the file has no such place. */
export function offsetOf(source: Source, line: number, column: number): number | undefined {
  const { text, lines } = source;
  const from = lines[line - 1];
  if (from === undefined) return undefined;
  const until = lines[line] ?? text.length;
  const wanted = byteOffset(source, from) + column - 1;
  for (let offset = from; offset < until; offset++) {
    if (byteOffset(source, offset) <= wanted && wanted < byteOffset(source, offset + 1)) return offset;
  }
  return undefined;
}

function byteOffset(source: Source, offset: number): number {
  return source.bytes === undefined ? offset : (source.bytes[offset] ?? 0);
}

/** The range of the offsets from `start` up to but without `end`. */
export function rangeOf(source: Source, start: number, end: number): Range {
  const from = placeOf(source, start);
  const to = placeOf(source, end);
  return { file: source.file, ...from, endLine: to.line, endColumn: to.column };
}

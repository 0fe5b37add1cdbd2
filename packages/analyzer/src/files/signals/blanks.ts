/** Columns of blanks behind which code is out of sight. */
export const outOfSight = 80;

/** Columns that a tab counts. */
const tabWidth = 4;

/** A run of blanks. */
export interface Run {
  readonly start: number;
  /** Of the first character behind it. */
  readonly end: number;
}

/** Whether bytes may have such a run before something on the same line: without, there is none. Linear. */
export function hasLongBlanks(content: Uint8Array): boolean {
  let width = 0;
  for (let at = 0; at < content.length; at++) {
    const byte = content[at];
    if (byte === 0x20) width++;
    else if (byte === 0x09) width += tabWidth;
    else if (byte === 0x0a || byte === 0x0d) width = 0;
    // Other blanks have bytes beyond ASCII, or are rare.
    else if (byte !== undefined && (byte >= 0x80 || byte === 0x0b || byte === 0x0c)) width++;
    else if (width >= outOfSight) return true;
    else width = 0;
  }
  return false;
}

/** Runs of that width, in order. Each has a blank at a multiple of its least length, so others are not looked at. */
export function* longRuns(text: string): Generator<Run> {
  const least = outOfSight / tabWidth;
  let done = 0;
  for (let probe = 0; probe < text.length; probe += least) {
    if (probe < done || blankWidth(text.charCodeAt(probe)) === 0) continue;
    let start = probe;
    while (start > 0 && blankWidth(text.charCodeAt(start - 1)) > 0) start--;
    done = endOfBlanks(text, start);
    if (widthOf(text, start, done) >= outOfSight) yield { start, end: done };
  }
}

/** The offset of the first character from `at` that is no blank. */
export function endOfBlanks(text: string, at: number): number {
  let end = at;
  while (end < text.length && blankWidth(text.charCodeAt(end)) > 0) end++;
  return end;
}

/** Columns that a stretch of a line takes. */
export function widthOf(text: string, start: number, end: number): number {
  let width = 0;
  for (let at = start; at < end; at++) width += blankWidth(text.charCodeAt(at)) || 1;
  return width;
}

/** Columns of a blank, 0 of everything else. */
function blankWidth(unit: number): number {
  if (unit === 0x20 || unit === 0x0b || unit === 0x0c) return 1;
  if (unit === 0x09) return tabWidth;
  return unit === 0xa0 || unit === 0x3000 || (unit >= 0x2000 && unit <= 0x200a) ? 1 : 0;
}

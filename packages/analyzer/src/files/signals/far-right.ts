/**
 * Code behind so many blanks that an editor does not show it: at least 80 columns of them inside a line, or that much
 * more indentation than the line before. Tables are none: there a line nearby has its code up to the same column. Blanks
 * in comments and literals count where code follows that no formatter leaves on such a line.
 */
import type { Source } from "../../syntax/source.ts";
import type { Language } from "./language.ts";
import { type Place, shown } from "./place.ts";
import type { Region } from "./regions.ts";
import { createTables, type Tables } from "./tables.ts";

/** Columns of blanks behind which code is out of sight. */
export const outOfSight = 80;

/** Columns that a tab counts. */
const tabWidth = 4;

/** Runs of one line that are looked at; a line with more is no line of a table. */
const runsLookedAt = 8;

interface Run {
  readonly start: number;
  /** Of the first character behind it. */
  readonly end: number;
}

/** Whether bytes have such a run before something on the same line: without, there are no places. Linear. */
export function hasLongBlanks(content: Uint8Array): boolean {
  let width = 0;
  for (let at = 0; at < content.length; at++) {
    const byte = content[at];
    if (byte === 0x20) width++;
    else if (byte === 0x09) width += tabWidth;
    else if (byte === 0x0a || byte === 0x0d) width = 0;
    // Other blanks have bytes beyond ASCII, each counted as one.
    else if (byte !== undefined && byte >= 0x80) width++;
    else if (width >= outOfSight) return true;
    else width = 0;
  }
  return false;
}

/** The first such code of each line, in order. Linear. */
export function* farRightPlaces(
  source: Source,
  regions: Iterable<Region>,
  language: Language,
): Generator<Place> {
  const { text } = source;
  const tables = createTables(source);
  const walk = regions[Symbol.iterator]();
  let region = walk.next();
  let doneLine = -1;
  let looked = 0;
  let line = 0;
  for (const run of longRuns(text)) {
    while (region.done !== true && region.value.end <= run.start) region = walk.next();
    while ((source.lines[line + 1] ?? Number.POSITIVE_INFINITY) <= run.start) {
      line++;
      looked = 0;
    }
    if (line === doneLine || region.done === true) continue;
    looked++;
    const offset = hiddenCode({ text, run, region: region.value, language });
    if (offset === undefined) continue;
    const lineStart = source.lines[line] ?? 0;
    const isLeading = run.start === lineStart;
    const isHonest = isLeading
      ? isContinuation({ source, run, line, language })
      : isTable({ text, run, line, tables }) && looked <= runsLookedAt;
    if (isHonest && region.value.kind === "code") continue;
    doneLine = line;
    yield { offset, text: restOfLine(text, offset) };
  }
}

/** Runs of blanks of that width, in order. Each has one at a multiple of its least length, so others are not looked at. */
function* longRuns(text: string): Generator<Run> {
  const least = outOfSight / tabWidth;
  for (let probe = 0; probe < text.length; probe += least) {
    if (blankWidth(text.charCodeAt(probe)) === 0) continue;
    let start = probe;
    let end = probe;
    let width = 0;
    while (start > 0 && blankWidth(text.charCodeAt(start - 1)) > 0) start--;
    for (let at = start; at < text.length; at++) {
      const columns = blankWidth(text.charCodeAt(at));
      if (columns === 0) break;
      width += columns;
      end = at + 1;
    }
    if (width >= outOfSight) yield { start, end };
    probe = end - (end % least);
  }
}

/** Columns of a blank, 0 of everything else. */
function blankWidth(unit: number): number {
  if (unit === 0x20 || unit === 0xa0 || unit === 0x3000 || (unit >= 0x2000 && unit <= 0x200a)) return 1;
  if (unit === 0x0b || unit === 0x0c) return 1;
  return unit === 0x09 ? tabWidth : 0;
}

/** Where code begins that a run puts out of sight; undefined if there is none. */
function hiddenCode(given: {
  readonly text: string;
  readonly run: Run;
  readonly region: Region;
  readonly language: Language;
}): number | undefined {
  const { text, run, region, language } = given;
  if (region.kind === "code") return isCode(text, run.end, language) ? run.end : undefined;
  // The literal or comment ends on this line, and a statement follows.
  const newline = text.indexOf("\n", run.end);
  if (newline >= 0 && newline < region.end) return undefined;
  const following = /[ \t)\]}]*;?[ \t]*/y;
  following.lastIndex = region.end;
  const between = following.exec(text)?.[0] ?? "";
  if (region.kind === "literal" && !between.includes(";")) return undefined;
  const offset = region.end + between.length;
  return isCode(text, offset, language) ? offset : undefined;
}

/** Neither the end of the line nor a comment, and more than brackets, commas and the mark that continues a line. */
function isCode(text: string, offset: number, { delimiters }: Language): boolean {
  if (delimiters.some(({ kind, open }) => kind === "comment" && text.startsWith(open, offset))) return false;
  const rest = restOfLine(text, offset);
  return !/^[)\]}>,;\\*/\s]*$/.test(rest);
}

function restOfLine(text: string, offset: number): string {
  const part = text.slice(offset, offset + 1000);
  const end = part.search(/[\r\n]/);
  return shown(end < 0 ? part : part.slice(0, end));
}

/**
 * Whether the line before has code up to that column, or nearly as much indentation: what is written
 * below it is in sight. No formatter of Go does the first.
 */
function isContinuation({
  source: { text, lines },
  run,
  line,
  language,
}: {
  readonly source: Source;
  readonly run: Run;
  readonly line: number;
  readonly language: Language;
}): boolean {
  let previous = line - 1;
  while (previous >= 0 && text.slice(lines[previous], lines[previous + 1]).trim() === "") previous--;
  const before = text.slice(lines[previous] ?? 0, Math.max(0, (lines[previous + 1] ?? 0) - 1));
  const indentation = widthOf(/^\s*/.exec(before)?.[0] ?? "");
  const own = widthOf(text.slice(run.start, run.end));
  if (own - indentation < outOfSight) return true;
  return !language.formatted && widthOf(before.trimEnd()) >= own;
}

function widthOf(text: string): number {
  let width = 0;
  for (let at = 0; at < text.length; at++) width += blankWidth(text.charCodeAt(at)) || 1;
  return width;
}

/** Whether the code behind the run stands in a column of a table, as formatters align values, types and bodies. */
function isTable({
  text,
  run,
  line,
  tables,
}: {
  readonly text: string;
  readonly run: Run;
  readonly line: number;
  readonly tables: Tables;
}): boolean {
  const startsStatement = text[run.end] === ";" || /[;{}]/.test(text[run.start - 1] ?? "");
  return !startsStatement && tables.isAligned(line, run.end);
}

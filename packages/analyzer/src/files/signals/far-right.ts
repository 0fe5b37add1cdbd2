/**
 * Code behind so many blanks that an editor does not show it: at least 80 columns of them inside a line, or that much
 * more indentation than the line before. Tables are none: there a line nearby has its code up to the same column. Blanks
 * in comments and literals count where code follows that no formatter leaves on such a line.
 */
import type { Source } from "../../syntax/source.ts";
import { endOfBlanks, longRuns, outOfSight, type Run, widthOf } from "./blanks.ts";
import type { Language } from "./language.ts";
import { type Place, shown } from "./place.ts";
import type { Region } from "./regions.ts";
import { createTables, type Tables } from "./tables.ts";

/** Runs of one line that are looked at; a line with more is no line of a table. */
const runsLookedAt = 8;

/** Comments behind a run that are passed over; more are as odd as code. */
const commentsPassed = 8;

interface Line {
  /** From 0. */
  readonly number: number;
  readonly start: number;
  /** Of its newline, or of the end of the text. */
  readonly end: number;
}

interface Scan {
  readonly source: Source;
  readonly language: Language;
  readonly tables: Tables;
  /** Lines that begin out of sight, each with the line before them that does not. */
  readonly indented: Map<number, number>;
}

/** The first such code of each line, in order. Linear. */
export function* farRightPlaces(
  source: Source,
  regions: Iterable<Region>,
  language: Language,
): Generator<Place> {
  const scan: Scan = { source, language, tables: createTables(source), indented: new Map() };
  const following = regionsAt(source.text, regions);
  let line = lineAt(source, 0);
  let looked = 0;
  let isDone = false;
  for (const run of longRuns(source.text)) {
    if (run.start > line.end) {
      line = lineFrom(source, line.number, run.start);
      looked = 0;
      isDone = false;
    }
    if (isDone) continue;
    looked++;
    const region = following(run.start);
    const offset = region.kind === "code" ? run.end : region.statement;
    if (offset > line.end || !isCode(scan, offset, line)) continue;
    if (region.kind === "code" && looked <= runsLookedAt && isHonest(scan, run, line)) continue;
    isDone = true;
    yield { offset, text: shown(source.text.slice(offset, Math.min(line.end, offset + 1000))) };
  }
}

/** The region at an offset, asked in order, and where the statement behind a comment or literal begins. */
function regionsAt(
  text: string,
  regions: Iterable<Region>,
): (offset: number) => { readonly kind: Region["kind"]; readonly statement: number } {
  const walk = regions[Symbol.iterator]();
  let region: Region = { kind: "code", start: 0, end: 0 };
  let statement = 0;
  return (offset) => {
    if (region.end > offset) return { kind: region.kind, statement };
    while (region.end <= offset) {
      const next = walk.next();
      if (next.done === true) break;
      region = next.value;
    }
    statement = region.kind === "code" ? offset : statementAfter(text, region);
    return { kind: region.kind, statement };
  };
}

/** Behind a literal only a semicolon begins one. Past the end of the text if there is none. */
function statementAfter(text: string, { kind, end }: Region): number {
  const closing = /[ \t)\]}]*;?[ \t]*/y;
  closing.lastIndex = end;
  const between = closing.exec(text)?.[0] ?? "";
  return kind === "comment" || between.includes(";") ? end + between.length : text.length + 1;
}

function lineAt({ text, lines }: Source, number: number): Line {
  const next = lines[number + 1];
  return { number, start: lines[number] ?? 0, end: next === undefined ? text.length : next - 1 };
}

/** The line of an offset, at or below a line. */
function lineFrom(source: Source, from: number, offset: number): Line {
  let number = from;
  while ((source.lines[number + 1] ?? Number.POSITIVE_INFINITY) <= offset) number++;
  return lineAt(source, number);
}

/** More than comments, brackets, commas and the mark that continues a line. */
function isCode({ source: { text }, language }: Scan, offset: number, line: Line): boolean {
  const comments = language.delimiters.filter(({ kind }) => kind === "comment");
  let at = offset;
  for (let passed = 0; passed < commentsPassed; passed++) {
    const comment = comments.find(({ open }) => text.startsWith(open, at));
    if (comment === undefined)
      return !/^[)\]}>,;\\*/\s]*$/.test(text.slice(at, Math.min(line.end, at + 1000)));
    if (comment.close === "\n") return false;
    const end = text.indexOf(comment.close, at + comment.open.length);
    if (end < 0 || end > line.end) return false;
    at = endOfBlanks(text, end + comment.close.length);
  }
  return true;
}

/** Indentation or a column of a table. */
function isHonest(scan: Scan, run: Run, line: Line): boolean {
  const { text } = scan.source;
  if (run.start === line.start) return isContinuation(scan, run, line);
  const startsStatement = text[run.end] === ";" || /[;{}]/.test(text[run.start - 1] ?? "");
  return !startsStatement && scan.tables.isAligned(line.number, run.end);
}

/**
 * Whether the line before has code up to that column, which no formatter of Go follows, or nearly as much indentation:
 * what is written below it is in sight.
 */
function isContinuation({ source, language, indented }: Scan, run: Run, line: Line): boolean {
  const before = lineAt(source, lineBefore(source, line.number, indented));
  const { text } = source;
  const own = widthOf(text, run.start, run.end);
  const indentation = widthOf(text, before.start, Math.min(before.end, endOfBlanks(text, before.start)));
  if (own - indentation < outOfSight) return true;
  if (!language.formatted && widthOf(text, before.start, before.end) >= own) return true;
  indented.set(line.number, before.number);
  return false;
}

/** The line above that is not empty; where that begins out of sight, the one that it was held against. */
function lineBefore(source: Source, number: number, indented: ReadonlyMap<number, number>): number {
  let before = number - 1;
  for (; before > 0; before--) {
    const { start, end } = lineAt(source, before);
    if (endOfBlanks(source.text, start) < end) break;
  }
  return indented.get(before) ?? Math.max(0, before);
}

import type { Source } from "../../syntax/source.ts";

/** The tables of a text: lines below each other that have something begin at the same column. */
export interface Tables {
  /**
   * Whether what begins at the offset is in a column of a table, one of whose lines reaches that column
   * with few blanks before it: there the column is in sight.
   */
  readonly isAligned: (line: number, offset: number) => boolean;
}

/** Blanks that the widest cell of a column may have behind it. */
const fewBlanks = 8;

interface Column {
  readonly first: number;
  readonly last: number;
  readonly reached: boolean;
}

/** Each column is walked once, so asking of every line of a table is linear in it. */
export function createTables({ text, lines, bytes }: Source): Tables {
  const isAscii = bytes === undefined;
  const columns = new Map<number, Column>();

  /** Where a column is on a line; undefined beyond its end. Columns count characters. */
  const offsetAt = (line: number, column: number): number | undefined => {
    const start = lines[line];
    if (start === undefined) return undefined;
    const end = lines[line + 1] ?? text.length;
    let at = start;
    if (isAscii) at += column;
    else for (let count = 0; count < column && at < end; count++) at += isPair(text, at) ? 2 : 1;
    return at < end ? at : undefined;
  };

  /** Blanks before the column, if something begins there; 0 if not. */
  const gapAt = (line: number, column: number): number => {
    const offset = offsetAt(line, column);
    if (offset === undefined || isBlank(text[offset])) return 0;
    const start = lines[line] ?? 0;
    let at = offset;
    while (at > start && isBlank(text[at - 1])) at--;
    return at === start ? 0 : offset - at;
  };

  const walk = (line: number, column: number): Column => {
    let reached = false;
    const go = (step: number): number => {
      let at = line;
      for (;;) {
        const gap = gapAt(at + step, column);
        if (gap === 0) return at;
        at += step;
        if (gap <= fewBlanks) reached = true;
      }
    };
    const first = go(-1);
    const last = go(1);
    return { first, last, reached };
  };

  return {
    isAligned: (line, offset) => {
      const start = lines[line] ?? 0;
      const column = isAscii ? offset - start : charactersIn(text, start, offset);
      const known = columns.get(column);
      const found =
        known !== undefined && known.first <= line && line <= known.last ? known : walk(line, column);
      columns.set(column, found);
      return found.reached;
    },
  };
}

function isBlank(character: string | undefined): boolean {
  return character === " " || character === "\t" || character === "\n" || character === "\r";
}

function charactersIn(text: string, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end; at += isPair(text, at) ? 2 : 1) count++;
  return count;
}

function isPair(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit >= 0xd800 && unit <= 0xdbff;
}

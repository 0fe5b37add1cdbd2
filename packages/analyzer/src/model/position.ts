/** A place in a file. */
export interface Position {
  /** Slash path inside the module. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in bytes, as Go counts. */
  readonly column: number;
}

/** A stretch of a file, from `line:column` up to but without `endLine:endColumn`. */
export interface Range extends Position {
  /** The line of the first byte behind it. */
  readonly endLine: number;
  /** The column of the first byte behind it. */
  readonly endColumn: number;
}

/** Orders positions by file (code units), line, column. Antisymmetric; equal positions give 0. */
export function comparePositions(a: Position, b: Position): number {
  return compareText(a.file, b.file) || a.line - b.line || a.column - b.column;
}

/** Orders strings by code units: the same everywhere, unlike locale order. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** A place in a file: `file` is a slash path inside the module; line and column count bytes from 1, as Go does. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A stretch of a file, from `line:column` up to but without `endLine:endColumn`. */
export interface Range extends Position {
  readonly endLine: number;
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

/**
 * Lines of text made of spans. Every span is escaped when it is written, whether its
 * text is ours or a module's: no reporter can forget it.
 */
import { escapeText } from "../escape.ts";

export type Style = "bold" | "dim" | "red" | "green" | "yellow" | "cyan";

export interface Styled {
  readonly style: Style;
  readonly text: string;
}

export type Span = string | Styled;

/** A line without its end, or spans that become one. An empty list is an empty line. */
export type TextLine = readonly Span[];

const codes: Readonly<Record<Style, readonly [on: number, off: number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
};

export function bold(text: string): Styled {
  return { style: "bold", text };
}

export function dim(text: string): Styled {
  return { style: "dim", text };
}

export function red(text: string): Styled {
  return { style: "red", text };
}

export function green(text: string): Styled {
  return { style: "green", text };
}

export function yellow(text: string): Styled {
  return { style: "yellow", text };
}

export function cyan(text: string): Styled {
  return { style: "cyan", text };
}

/** A line as it is written, its end included, without spaces before the end. */
export function renderLine(line: TextLine, colour: boolean): string {
  return `${line
    .map((span) => renderSpan(span, colour))
    .join("")
    .trimEnd()}\n`;
}

function renderSpan(span: Span, colour: boolean): string {
  if (typeof span === "string") return escapeText(span);
  const text = escapeText(span.text);
  const [on, off] = codes[span.style];
  return colour ? `\x1b[${on}m${text}\x1b[${off}m` : text;
}

/** How wide a span is when written. */
function width(span: Span): number {
  return escapeText(typeof span === "string" ? span : span.text).length;
}

/**
 * Rows in columns: each cell but the last of its row is filled up to the widest of its
 * column, at most `limit`, and two spaces.
 */
export function table(rows: readonly TextLine[], limit = 48): readonly TextLine[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.slice(0, -1).entries()) {
      widths[column] = Math.max(widths[column] ?? 0, Math.min(width(cell), limit));
    }
  }
  return rows.map((row) =>
    row.flatMap((cell, column) => {
      if (column === row.length - 1) return [cell];
      return [cell, " ".repeat(Math.max(0, (widths[column] ?? 0) - width(cell)) + 2)];
    }),
  );
}

/** Lines moved to the right. */
export function indent(lines: Iterable<TextLine>, by = 2): readonly TextLine[] {
  return [...lines].map((line) => (line.length === 0 ? line : [" ".repeat(by), ...line]));
}

/** A place that a scanner found: where it begins, as an offset into the text, and what a report shows of it. */
export interface Place {
  readonly offset: number;
  readonly text: string;
}

/** Characters of a place that are shown. */
export const shownLength = 160;

/** Text as a report shows it: without blanks around it, and cut to so many characters. Looks at no more than four times as many. */
export function shown(text: string, most = shownLength): string {
  const trimmed = text.slice(0, 4 * most).trim();
  return trimmed.length <= most ? trimmed : `${trimmed.slice(0, most - 1)}…`;
}

/** Characters before a place that are shown with it. */
const before = 60;

/** What stands around an offset on its line. */
export function around(text: string, offset: number): string {
  const from = text.slice(Math.max(0, offset - before), offset);
  const behind = text.slice(offset, offset + shownLength);
  const newline = behind.search(/[\r\n]/);
  const rest = newline < 0 ? behind : behind.slice(0, newline);
  return shown(from.slice(from.lastIndexOf("\n") + 1) + rest);
}

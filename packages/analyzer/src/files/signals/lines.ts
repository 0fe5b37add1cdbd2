/** Lines of a text that have something in them. */
import { type Place, shown, shownLength } from "./place.ts";

export type LinesFinder = (text: string) => Iterable<Place>;

interface LinesOptions {
  /** A line that ends with a backslash goes on. */
  readonly joined?: boolean;
  /** Characters that are shown; 160 unless given. */
  readonly shown?: number;
}

/** Characters of a line that are looked at: patterns may look at them more than once. */
const looked = 4096;

/** Those that a pattern finds something in, in order. Linear for patterns that are linear. */
export function* linesThat(
  text: string,
  pattern: RegExp,
  { joined = false, shown: most = shownLength }: LinesOptions = {},
): Generator<Place> {
  let offset = 0;
  let open = { offset: 0, text: "" };
  for (const line of text.split("\n")) {
    const content = line.replace(/\r$/u, "");
    const begins =
      open.text === "" ? { offset, text: content } : { ...open, text: `${open.text} ${content}` };
    offset += line.length + 1;
    if (joined && content.endsWith("\\") && begins.text.length < looked) {
      open = { ...begins, text: begins.text.slice(0, -1) };
      continue;
    }
    open = { offset: 0, text: "" };
    if (pattern.test(begins.text.slice(0, looked)))
      yield { offset: begins.offset, text: shown(begins.text, most) };
  }
  if (open.text !== "" && pattern.test(open.text.slice(0, looked)))
    yield { offset: open.offset, text: shown(open.text, most) };
}

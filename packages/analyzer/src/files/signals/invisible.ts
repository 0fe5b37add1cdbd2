/**
 * Characters that are not seen: without width, variation selectors, tags, letters without ink. In code each
 * counts. Literals and comments have honest ones (emoji, Persian and Indic writing), but not many in a row: that is how
 * data is hidden in what looks empty.
 */
import { around, type Place } from "./place.ts";
import type { Region } from "./regions.ts";

/** Of these a flag of a region has six in a row, and no writing more. */
const inARow = 10;

const unseen =
  "\\u00ad\\u034f\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180e\\u200b-\\u200d\\u2060-\\u2064\\u206a-\\u206f" +
  "\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\u{e0000}-\\u{e007f}\\u{e0100}-\\u{e01ef}";
const any = new RegExp(`[${unseen}]`, "u");
const runs = new RegExp(`[${unseen}]+`, "gu");
const longRuns = new RegExp(`[${unseen}]{${inARow},}`, "gu");

/** Whether there is any such character, the mark at the start apart: without, there are no places. */
export function hasInvisible(text: string): boolean {
  return any.test(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
}

/** Long runs of them, whatever they stand in. In order. Linear. */
export function* longInvisible(text: string): Generator<Place> {
  for (const { index } of text.matchAll(longRuns)) yield { offset: index, text: around(text, index) };
}

const longRun = new RegExp(`[${unseen}]{${inARow}}`, "u");
const tag = /[\u{e0000}-\u{e007f}]/u;
const blackFlag = "\u{1f3f4}";

/** What readers do not see and programs that read text do: long runs, and tags but those behind a flag. In order. Linear. */
export function* unseenText(text: string): Generator<Place> {
  for (const { index, 0: run } of text.matchAll(runs)) {
    const isLong = longRun.test(run);
    const isFlag = !isLong && text.slice(index - blackFlag.length, index) === blackFlag;
    if (isLong || (tag.test(run) && !isFlag)) yield { offset: index, text: around(text, index) };
  }
}

/** Those in code, one a line, and long runs elsewhere, in order. Linear. */
export function* invisiblePlaces(text: string, regions: Iterable<Region>): Generator<Place> {
  let shownUntil = 0;
  for (const { kind, start, end } of regions) {
    const part = text.slice(start, end);
    if (kind !== "code") {
      for (const { offset } of longInvisible(part))
        yield { offset: start + offset, text: around(text, start + offset) };
      continue;
    }
    for (const { index } of part.matchAll(runs)) {
      const offset = start + index;
      // A byte order mark is no character of the text.
      if (offset < shownUntil || (offset === 0 && text.charCodeAt(0) === 0xfeff)) continue;
      yield { offset, text: around(text, offset) };
      const newline = text.indexOf("\n", offset);
      shownUntil = newline < 0 ? text.length : newline;
    }
  }
}

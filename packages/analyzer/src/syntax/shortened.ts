/** A text without some of its parts, and the way back to its offsets. */
import type { FlatTree } from "./tree.ts";

/** From `start` up to but without `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Shortened {
  readonly text: string;
  /** Where the parts were, as offsets of `text`, ascending. */
  readonly cuts: readonly number[];
  /** How much longer the original is up to that cut, without and with what is left out there. */
  readonly before: readonly number[];
}

/** Spans are in source order and do not meet. */
export function shorten(text: string, spans: readonly Span[]): Shortened {
  const parts: string[] = [];
  const cuts: number[] = [];
  const before = [0];
  let copied = 0;
  let gone = 0;
  for (const { start, end } of spans) {
    parts.push(text.slice(copied, start));
    cuts.push(start - gone);
    gone += end - start;
    before.push(gone);
    copied = end;
  }
  parts.push(text.slice(copied));
  return { text: parts.join(""), cuts, before };
}

/**
 * Makes the offsets of a tree those of the original. What begins where something was left out begins behind
 * that, and what ends there ends before it. Linear in practice: neighbours have near offsets.
 */
export function lengthen({ count, starts, ends }: FlatTree, { cuts, before }: Shortened): void {
  let index = 0;
  for (let node = 0; node < count; node++) {
    const start = starts[node] ?? 0;
    while (index > 0 && (cuts[index - 1] ?? 0) > start) index--;
    while (index < cuts.length && (cuts[index] ?? 0) <= start) index++;
    starts[node] = start + (before[index] ?? 0);
    const end = ends[node] ?? 0;
    ends[node] = end + (before[cutsBefore(cuts, end)] ?? 0);
  }
}

/** How many cuts are before an offset. */
function cutsBefore(cuts: readonly number[], offset: number): number {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cuts[middle] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

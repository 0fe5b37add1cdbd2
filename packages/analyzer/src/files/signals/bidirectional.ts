/**
 * Characters that show code in another order than compilers read it ("Trojan Source", CVE-2021-42574; Unicode
 * Standard Annex 9). Literals and comments in languages that are written from right to left have honest ones: there
 * what counts is an embedding, override or isolate that is still open where the literal, the comment or its line ends,
 * so that it reaches what follows. In code every one counts.
 */
import { around, type Place } from "./place.ts";
import type { Region } from "./regions.ts";

const control = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

/** Whether there is any such character: without, there are no places. */
export function hasBidirectional(text: string): boolean {
  return control.test(text);
}

/** One place a line of a region at most, in order. Linear. */
export function* bidirectionalPlaces(text: string, regions: Iterable<Region>): Generator<Place> {
  for (const { kind, start, end } of regions) {
    const find = kind === "code" ? firstControl : firstOpen;
    for (let from = start; from < end; ) {
      const line = /[^\n\r\u0085\u2029]*/y;
      line.lastIndex = from;
      const until = Math.min(end, from + (line.exec(text)?.[0].length ?? 0));
      const offset = find(text, from, until);
      if (offset !== undefined) yield { offset, text: around(text, offset) };
      from = until + 1;
    }
  }
}

function firstControl(text: string, from: number, until: number): number | undefined {
  for (let at = from; at < until; at++) if (isControl(text.charCodeAt(at))) return at;
  return undefined;
}

function isControl(unit: number): boolean {
  return (
    unit === 0x061c ||
    unit === 0x200e ||
    unit === 0x200f ||
    (unit >= 0x202a && unit <= 0x202e) ||
    (unit >= 0x2066 && unit <= 0x2069)
  );
}

/** The first character whose effect is not ended: PDF ends an embedding or override, PDI an isolate with all in it. */
function firstOpen(text: string, from: number, until: number): number | undefined {
  const open: { readonly offset: number; readonly isolate: boolean }[] = [];
  let isolates = 0;
  for (let at = from; at < until; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 0x202c) {
      if (open.at(-1)?.isolate === false) open.pop();
    } else if (unit === 0x2069) {
      if (isolates === 0) continue;
      while (open.pop()?.isolate === false);
      isolates--;
    } else if (unit >= 0x202a && unit <= 0x202e) {
      open.push({ offset: at, isolate: false });
    } else if (unit >= 0x2066 && unit <= 0x2068) {
      open.push({ offset: at, isolate: true });
      isolates++;
    }
  }
  return open[0]?.offset;
}

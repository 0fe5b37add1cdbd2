/**
 * Makes outside text (names, paths, source lines, messages) harmless to show.
 *
 * What is escaped: control characters (C0, C1, DEL), line and paragraph separators,
 * format characters (bidi overrides and isolates, zero-width ones, tags), everything
 * else that Unicode calls ignorable by default (fillers, variation selectors), private
 * use characters and lone surrogates. What is left can neither drive a terminal nor
 * reorder or hide a neighbour.
 */
const hidden = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** The same without C0, which JSON escapes itself. */
const hiddenInJson = /[\x7f-\x9f\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

const short: Readonly<Record<string, string>> = { "\t": "\\t", "\n": "\\n", "\r": "\\r" };

/** Text for a terminal, one line: each hidden character in Go's notation (`\x1b`, `\u202e`, `\U000e0041`). */
export function escapeText(text: string): string {
  return text.replace(hidden, (found) => short[found] ?? goEscape(found.codePointAt(0) ?? 0));
}

function goEscape(point: number): string {
  if (point < 0x80) return `\\x${hex(point, 2)}`;
  return point > 0xffff ? `\\U${hex(point, 8)}` : `\\u${hex(point, 4)}`;
}

/** A value as JSON on one line, in which every hidden character is written as `\uXXXX`. */
export function escapeJson(value: unknown): string {
  const json = JSON.stringify(value);
  // Most lines have nothing else, and that is found out soon.
  if (!beyondAscii.test(json)) return json;
  return json.replace(hiddenInJson, (found) => found.split("").map(jsonEscape).join(""));
}

const beyondAscii = /[^ -~]/;

function jsonEscape(unit: string): string {
  return `\\u${hex(unit.charCodeAt(0), 4)}`;
}

function hex(number: number, width: number): string {
  return number.toString(16).padStart(width, "0");
}

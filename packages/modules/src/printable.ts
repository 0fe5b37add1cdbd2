/** Code points that could steer a terminal or reorder what a reader sees. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be printed
const UNSAFE =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb]/gu;

/** The text with unsafe code points shown as `\u{...}`, cut to `limit` characters. Runs in linear time. */
export function printable(text: string, limit = 300): string {
  const cut = text.length > limit ? `${text.slice(0, limit)}...` : text;
  return cut.replace(UNSAFE, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`);
}

/** {@link printable} in double quotes. */
export function quoted(text: string): string {
  return `"${printable(text)}"`;
}

/** A server's answer as indented lines: at most 20 lines and 1,000 characters, unsafe characters escaped. */
export function printableBlock(text: string): string {
  const lines = text.slice(0, 1000).split(/\r?\n/u).slice(0, 20);
  return lines.map((line) => `    ${printable(line.replaceAll("\t", "  "), 1000)}`.trimEnd()).join("\n");
}

/** The first few of a list, escaped, and how many more there are. */
export function few(texts: readonly string[], most: number): string {
  const rest = texts.length - most;
  const shown = texts
    .slice(0, most)
    .map((text) => printable(text))
    .join(", ");
  return rest > 0 ? `${shown} and ${rest} more` : shown;
}

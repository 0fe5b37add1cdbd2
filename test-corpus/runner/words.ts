/** Names, arguments and places as the lines of WANT write them. */
import type { Argument, Diagnostic, Position } from "@capdiff/analyzer";

/** Writes names without the module's path, which would be most of them. */
export type Shorten = (name: string) => string;

/** Takes the paths of modules off names: `example.test/m/sub.F` is `sub.F`, `example.test/m.F` is `F`. */
export function shortener(...modulePaths: readonly string[]): Shorten {
  const longestFirst = modulePaths.toSorted((a, b) => b.length - a.length);
  return (name) =>
    longestFirst.reduce((text, path) => {
      const plain = path.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
      return text.replaceAll(new RegExp(`(?<![\\w./-])${plain}(?:[/. ]|(?=_test\\b))`, "gu"), "");
    }, name);
}

/** A package: the module's root is `.`. */
export function packageWords(shorten: Shorten, path: string): string {
  // A path that is only the module's own is left empty by the dot behind it.
  return shorten(`${path}.`).replace(/\.$/, "") || ".";
}

/** The arguments of a call, with values where they are not plain from the text; `:=` before those that were worked out. */
export function argumentWords(list: readonly Argument[]): string {
  const words = list.map(({ text, value, folded }) => {
    if (folded !== undefined) return `${text} := ${JSON.stringify(folded.value)}`;
    if (value === undefined || text === value || text === JSON.stringify(value)) return text;
    return `${text} = ${JSON.stringify(value)}`;
  });
  return `(${words.join(", ")})`;
}

/** `file:line:column`. */
export function placeWords({ file, line, column }: Position): string {
  return `${file}:${line}:${column}`;
}

/** A diagnostic as a line. */
export function diagnosticLine({ code, range, file, incomplete }: Diagnostic, side?: "old" | "new"): string {
  const place = range === undefined ? file : placeWords(range);
  return line(
    ["diagnostic", code, ...(place === undefined ? [] : [place])],
    [incomplete && "incomplete", side],
  );
}

/** A line: words, then details in brackets; those that do not apply are left out. */
export function line(
  words: readonly string[],
  details: readonly (string | false | undefined)[] = [],
): string {
  const shown = details.filter((detail) => typeof detail === "string").map((detail) => `[${detail}]`);
  return [...words, ...shown].join(" ").replaceAll("\n", String.raw`\n`);
}

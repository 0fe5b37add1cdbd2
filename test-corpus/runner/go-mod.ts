import type { GoModLine } from "@capdiff/analyzer";

/** The path of a module without a go.mod. */
export const defaultModulePath = "example.test/m";

/** The lines of a go.mod: enough of its syntax for cases, blocks included. */
export function goModLines(text: string): GoModLine[] {
  let block = "";
  return text.split("\n").flatMap((written) => {
    const words = written
      .replace(/\/\/.*/, "")
      .split(/\s+/)
      .filter(Boolean);
    if (words[1] === "(") block = words[0] ?? "";
    if (words[0] === ")") block = "";
    if (words.length === 0 || words[1] === "(" || words[0] === ")") return [];
    const [directive = "", ...rest] = block === "" ? words : [block, ...words];
    return [lineOf(directive, rest)];
  });
}

function lineOf(directive: string, words: readonly string[]): GoModLine {
  const arrow = words.indexOf("=>");
  const [subject, value] =
    arrow >= 0
      ? [words.slice(0, arrow).join(" "), words.slice(arrow + 1).join(" ")]
      : ["module", "go", "toolchain"].includes(directive)
        ? ["", words.join(" ")]
        : directive === "require"
          ? [words[0] ?? "", words[1]]
          : [words.join(" "), undefined];
  return value === undefined ? { directive, subject } : { directive, subject, value };
}

/** The module's path as its go.mod says. */
export function modulePathOf(lines: readonly GoModLine[]): string {
  return lines.find(({ directive }) => directive === "module")?.value ?? defaultModulePath;
}

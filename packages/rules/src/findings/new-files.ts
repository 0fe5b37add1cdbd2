import type { Rule } from "@capdiff/analyzer";
import { atPosition, everywhere, ownName } from "./places.ts";

export const fileOnlyThere: Rule = {
  id: "file-only-published",
  title: "A Go file is only in the published copy",
  tier: "review",
  seen: "The published copy has a file with functions that the repository does not have at that version.",
  why: "Who reads the repository does not see it.",
  benign: ["files that are generated when a version is published"],
  references: [
    "boltdb-go/bolt v1.3.1: what the mirror served was not in the repository (public reports, February 2025)",
  ],
  *find({ mode, newFunctions }) {
    if (mode !== "published") return;
    const told = new Set<string>();
    for (const { position, function: name, newFile } of newFunctions) {
      if (!newFile || told.has(position.file)) continue;
      told.add(position.file);
      yield {
        tier: "review",
        certainty: "static",
        message: `${position.file} is in the published copy, and not in the repository`,
        locations: [{ ...atPosition(position, "its first function"), function: name }],
        builds: everywhere,
        about: [position.file],
      };
    }
  },
};

/** Fewer lower-case names without vowels in one file may be abbreviations. */
const oddNames = 3;

export const meaninglessNames: Rule = {
  id: "meaningless-names",
  title: "Names that mean nothing",
  tier: "inform",
  seen: "A new file has several functions whose names nobody can pronounce.",
  why: "Programs that hide code rename it.",
  benign: ["generated code, tables of instructions of a processor"],
  references: ["the catalogue of signals: random identifiers"],
  *find({ mode, newFunctions }) {
    if (mode === "single") return;
    const byFile = new Map<string, string[]>();
    for (const { function: name, position, newFile } of newFunctions) {
      const last = ownName(name).replace(/^.*\./u, "");
      if (newFile && isMeaningless(last))
        byFile.set(position.file, [...(byFile.get(position.file) ?? []), last]);
    }
    for (const [file, names] of byFile) {
      if (names.length < oddNames && !names.some(isScrambled)) continue;
      yield {
        tier: "inform",
        certainty: "static",
        message: `${file} has names that mean nothing: ${names.slice(0, oddNames).join(", ")}`,
        locations: [atPosition({ file, line: 1, column: 1 }, "new file")],
        builds: everywhere,
        about: [file, ...names],
      };
    }
  },
};

/** Five consonants and more in a row, in one case; or scrambled. */
function isMeaningless(name: string): boolean {
  if (isScrambled(name)) return true;
  return /^(?:[a-z]{5,}|[A-Z][a-z]{4,})\d*$/u.test(name) && /[^aeiouy\d]{5,}/iu.test(name);
}

/** Capitals all over a long name with hardly a vowel: no words that are joined. */
function isScrambled(name: string): boolean {
  const vowels = name.replaceAll(/[^aeiouy]/giu, "").length;
  return name.length >= 8 && vowels * 6 <= name.length && (name.match(/[a-z][A-Z]/gu) ?? []).length >= 3;
}

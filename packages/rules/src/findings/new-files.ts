import type { Rule } from "@capdiff/analyzer";
import { atPosition, ownName } from "./places.ts";

const everywhere = { expression: "", words: "all builds" };

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

/** Fewer odd names than this in one file are a coincidence. */
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
      if (names.length < oddNames) continue;
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

/** Six letters and more, hardly a vowel among them, in one case. */
function isMeaningless(name: string): boolean {
  if (!/^[a-z]{5,}\d*$|^[A-Z][a-z]{4,}\d*$/u.test(name)) return false;
  return /[^aeiouy\d]{5,}/iu.test(name);
}

/** Split across files: each new function in a file of its own. */
import { K, kind, start } from "../../../packages/analyzer/src/syntax/index.ts";
import { besides, type CodeFile } from "./code-file.ts";
import { importLines } from "./imports.ts";
import { fileOf, movableFunctions, takeOut, textsOf } from "./moved.ts";
import type { Mutation } from "./mutation.ts";

export const split: Mutation = {
  name: "split",
  says: "each new function stands in a file of its own",
  mutate: (code, { edits, names }) => {
    const found = movableFunctions(code);
    if ("why" in found) return found;
    for (const file of new Set(found.units.map((unit) => unit.file))) {
      const units = found.units.filter((unit) => unit.file === file);
      takeOut(edits, file, units);
      for (const { node } of units) {
        const name = `${names.word()}${constraintInName(file)}.go`;
        const moved = { imports: importLines(file, [node]), texts: textsOf(file, [node]) };
        edits.create(besides(file, name), fileOf(file, { header: constraintLines(file), ...moved }));
      }
    }
    return undefined;
  },
};

/** What the end of a file's name may say of builds: `_linux_amd64`. */
export function constraintInName({ name }: CodeFile): string {
  return /(?:_[a-z0-9]+){0,2}(?=\.go$)/.exec(name.slice(name.lastIndexOf("/") + 1))?.[0] ?? "";
}

/** The build constraints above the package clause, with an empty line behind; empty without any. */
export function constraintLines({ tree }: CodeFile): string {
  const { text } = tree.source;
  let clause = tree.firstChild[0] ?? -1;
  while (clause >= 0 && kind(tree, clause) !== K.package_clause) clause = tree.nextSibling[clause] ?? -1;
  const lines =
    text.slice(0, Math.max(0, start(tree, clause))).match(/^\/\/(?:go:build| \+build) .*\n/gm) ?? [];
  return lines.length === 0 ? "" : `${lines.join("")}\n`;
}

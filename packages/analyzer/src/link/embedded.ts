/** Package variables that hold files of the program: strings and bytes that `//go:embed` fills. */

import type { PackageFacts } from "../model/facts.ts";
import type { Program } from "./program.ts";

/**
 * By package the names of variables in files with such a directive that nothing in the program sets: whoever reads one
 * reads an embedded file. Over-approximates: a variable of a struct type that nobody sets is told as well.
 */
export function embeddedVariables({
  packages,
  functions,
}: Pick<Program, "packages" | "functions">): ReadonlyMap<PackageFacts, ReadonlySet<string>> {
  const embedding = packages.filter(({ directives }) => directives.some(({ kind }) => kind === "embed"));
  if (embedding.length === 0) return new Map();
  const set = new Set(functions.flatMap(({ facts }) => facts.assigns ?? []));
  return new Map(
    embedding.map((pkg) => {
      const files = new Set(pkg.directives.flatMap(({ kind, file }) => (kind === "embed" ? [file] : [])));
      const names = pkg.names
        .filter(({ kind, file, code }) => kind === "variable" && files.has(file) && code === undefined)
        .map(({ name }) => name)
        .filter((name) => !set.has(`${pkg.path}.${name}`));
      return [pkg, new Set(names)];
    }),
  );
}

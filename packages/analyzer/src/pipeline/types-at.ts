/** What the checker knows of one place in a module: an aid for debugging and research. */
import { compareText, type Position } from "../model/position.ts";
import { offsetOf } from "../syntax/index.ts";
import type { CheckedInput } from "./check-packages.ts";
import { loadModule } from "./load-module.ts";
import type { AnalyzerOptions, ModuleSource } from "./module-source.ts";
import { factsAt } from "./place-facts.ts";

/** What there is at a place of a module, or why there is nothing. */
export type TypesAt =
  /** Lines, the innermost node first. */
  | { readonly kind: "found"; readonly lines: readonly string[] }
  /** The module has no such file that was read; `files` are those that were, sorted. */
  | { readonly kind: "no-file"; readonly files: readonly string[] }
  /** The file has no such line or column. */
  | { readonly kind: "outside"; readonly lines: number }
  /** Nothing stands there that has a type or means something. */
  | { readonly kind: "nothing" };

/**
 * What the checker knows of the expressions, types and names around a place, up to the
 * statement or declaration that they stand in; of the innermost one that is a type also what
 * it is underneath, and its members. A line has `file:line:col` where the node starts, its source
 * on one line, what kind of fact, the fact, and the builds in which it holds, with tabs between them.
 */
export async function typesAt(
  source: ModuleSource,
  { file, line, column }: Position,
  options: AnalyzerOptions,
): Promise<TypesAt> {
  const own = await loadModule(source, options);
  const inFile = own.flatMap((checked) =>
    checked.scope.files.flatMap(({ tree }, index) =>
      tree.source.file === file ? [{ checked, index, tree }] : [],
    ),
  );
  const [first] = inFile;
  if (first === undefined) return { kind: "no-file", files: filesOf(own) };
  const offset = offsetOf(first.tree.source, line, column);
  if (offset === undefined) return { kind: "outside", lines: first.tree.source.lines.length };
  const lines = inFile.flatMap(({ checked, index, tree }) => factsAt(checked, index, { tree, offset }));
  return lines.length === 0 ? { kind: "nothing" } : { kind: "found", lines };
}

function filesOf(packages: readonly CheckedInput[]): string[] {
  const names = packages.flatMap(({ scope }) => scope.files.map(({ tree }) => tree.source.file));
  return [...new Set(names)].sort(compareText);
}

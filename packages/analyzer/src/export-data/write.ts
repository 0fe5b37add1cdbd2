import { compareText } from "../model/position.ts";
import type { Checker } from "../types/checker.ts";
import { memberPackage } from "../types/selection.ts";
import type { SourcePackage } from "../types/source-package.ts";
import { type ExportData, exportFormat } from "./format.ts";
import { createNumbering } from "./numbering.ts";
import { objectTerms } from "./object-terms.ts";
import type { Term } from "./term.ts";
import { createTypeTerms } from "./type-terms.ts";

/**
 * The export data of a package: its exported names and every declared type that can be
 * reached from them, with all methods. Imports are looked up by the checker. Linear in
 * what is reached.
 */
export function writeExportData(checker: Checker, source: SourcePackage): ExportData {
  const types = createTypeTerms(checker, source);
  const isExported = (name: string) => memberPackage(name, "-") === "";
  const objects = new Map<string, readonly Term[]>();
  for (const name of [...source.names].sort(compareText)) if (isExported(name)) types.reached.add(name);
  // What is reached grows on the way.
  for (const name of types.reached) {
    const found = objectTerms({ checker, source, types }, { name, exported: isExported(name) });
    if (found.length > 0) objects.set(name, found);
    types.finish();
  }
  return numbered(checker, source, objects);
}

function numbered(
  { session: { builds } }: Checker,
  { path, name }: SourcePackage,
  objects: ReadonlyMap<string, readonly Term[]>,
): ExportData {
  const numbering = createNumbering(builds);
  const names = [...objects.keys()].sort(compareText);
  const entries = names.map((wanted) => numbering.plain(objects.get(wanted) ?? []));
  return {
    format: exportFormat,
    path,
    name,
    ...numbering.tables(),
    names,
    // Terms are made in the form of these entries.
    objects: entries as unknown as ExportData["objects"],
  };
}

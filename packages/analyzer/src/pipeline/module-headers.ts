/**
 * The Go files of a module that some build may take: those in directories that patterns
 * such as `./...` list, and those in `testdata`, `_x` and `.x` that a package of the module
 * imports by path, which Go builds all the same.
 */
import { directoryOf, directoryPassedOver, type Imported } from "../files/package-files.ts";
import { groupBy } from "../model/grouping.ts";
import { compareText } from "../model/position.ts";
import { type GoFileHeader, type HeaderOptions, type Headers, readHeaders } from "./headers.ts";
import type { ModuleSource } from "./module-source.ts";

export interface ModuleHeaders extends Headers {
  /** Directories that count only because they are imported, sorted. */
  readonly imported: Imported;
}

/** Sorted by name. Reads each file once. */
export async function readModuleHeaders(
  { modulePath, files }: ModuleSource,
  options: HeaderOptions,
): Promise<ModuleHeaders> {
  const byDirectory = groupBy(files, ({ name }) => directoryOf(name));
  const imported = new Set<string>();
  /** What the files import that is there and was not read before. */
  const news = (headers: readonly GoFileHeader[]): string[] => {
    const paths = new Set(headers.flatMap(({ imports }) => imports));
    return [...paths].flatMap((path) => {
      const directory = directoryPassedOver(path, modulePath);
      if (directory === undefined || imported.has(directory) || !byDirectory.has(directory)) return [];
      imported.add(directory);
      return [directory];
    });
  };
  const first = await readHeaders(files, options);
  const found = [first];
  for (let wanted = news(first.files); wanted.length > 0; ) {
    const more = await readHeaders(
      wanted.sort(compareText).flatMap((directory) => byDirectory.get(directory) ?? []),
      { ...options, imported },
    );
    found.push(more);
    wanted = news(more.files);
  }
  return {
    files: found.flatMap((one) => one.files).sort((a, b) => compareText(a.name, b.name)),
    diagnostics: found.flatMap((one) => one.diagnostics),
    imported: new Set([...imported].sort(compareText)),
  };
}

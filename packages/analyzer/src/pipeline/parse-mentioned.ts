/** Parses of packages what a module that imports them can mean. */
import type { PackageInput } from "../compile/package.ts";
import { decodeSource, type Source, wordsOf } from "../syntax/index.ts";
import { allMentioned, mentioned } from "./mentioned.ts";
import type { AnalyzerOptions } from "./module-source.ts";
import type { PackageSource } from "./package-source.ts";
import { packageInput, readPackage, sourceBytes } from "./parse-packages.ts";
import { importOrder } from "./units.ts";

export interface MentionOptions extends Pick<AnalyzerOptions, "parser" | "onProgress"> {
  /** The packages that nothing is left out of. */
  readonly own: readonly PackageSource[];
  /** These, parsed. */
  readonly inputs: readonly PackageInput[];
}

/** The words of each importer of a package, by path. */
type Importers = Map<string, ReadonlySet<string>[]>;

/** Packages in an order of its own: importers come before what they import. */
export async function parseMentioned(
  packages: readonly PackageSource[],
  { own, inputs, parser, onProgress }: MentionOptions,
): Promise<PackageInput[]> {
  const importers: Importers = new Map();
  own.forEach((one, index) => {
    const texts = inputs[index]?.files.map(({ tree }) => tree.source.text) ?? [];
    addImporter(importers, one, wordsOf(texts.join("\n")));
  });
  const total = packages.reduce((sum, one) => sum + sourceBytes(one), 0);
  let done = 0;
  const parsed: PackageInput[] = [];
  for (const members of importOrder(packages).reverse()) {
    for (const one of members) {
      const { declarationsOnly: _, ...text } = await readPackage(one, true);
      const sources = text.files.map(({ name, content }) => decodeSource(name, content));
      // Of packages that import each other each would have to wait for the others.
      const { leftOut, words } =
        members.length === 1 ? mentioned(sources, importers.get(one.path) ?? []) : allMentioned(sources);
      addImporter(importers, one, words);
      parsed.push(
        packageInput(text, (_, index) => parser.parseWithout(sources[index] as Source, leftOut[index] ?? [])),
      );
      done += sourceBytes(one);
      onProgress?.(done, total);
    }
  }
  return parsed;
}

function addImporter(importers: Importers, { imports }: PackageSource, words: ReadonlySet<string>): void {
  for (const path of imports) {
    const known = importers.get(path);
    if (known === undefined) importers.set(path, [words]);
    else known.push(words);
  }
}

/** Reads and parses the files of packages. */
import type { PackageInput } from "../compile/package.ts";
import type { PackageFile } from "../declare/package-scope.ts";
import type { Outcome } from "../model/diagnostic.ts";
import type { FlatTree, Parser } from "../syntax/index.ts";
import type { AnalyzerOptions } from "./module-source.ts";
import type { PackageSource } from "./package-source.ts";
import type { FileText, PackageText } from "./unit-task.ts";

/** Reads the files of a package. */
export async function readPackage(source: PackageSource, declarationsOnly: boolean): Promise<PackageText> {
  const { imports: _, files, ...rest } = source;
  const texts: FileText[] = [];
  for (const { file, ...known } of files)
    texts.push({ name: file.name, ...known, content: await file.read() });
  return { ...rest, files: texts, declarationsOnly };
}

/** Parses the files of a package. */
export function parsePackage(text: PackageText, parser: Parser): PackageInput {
  const { declarationsOnly, wanted: _, ...rest } = text;
  return packageInput(rest, ({ name, content }) => parser.parse(name, content, { declarationsOnly }));
}

/** The package with its files as `parse` has them; it is handed their number too. */
export function packageInput(
  { files, ...rest }: Omit<PackageText, "declarationsOnly" | "wanted">,
  parse: (file: FileText, index: number) => Outcome<FlatTree>,
): PackageInput {
  const parsed = files.map((file, index) => {
    const { value: tree, diagnostics } = parse(file, index);
    const { builds, test, content } = file;
    const one: PackageFile = { tree, builds, bytes: content.length, test };
    return { one, diagnostics: [...file.diagnostics, ...diagnostics] };
  });
  return {
    ...rest,
    files: parsed.map(({ one }) => one),
    diagnostics: parsed.flatMap(({ diagnostics }) => diagnostics),
  };
}

export interface ParseOptions extends Pick<AnalyzerOptions, "parser" | "onProgress"> {
  /** Of which packages only the declarations are wanted; none unless given. */
  readonly declarationsOnly?: (source: PackageSource) => boolean;
}

/** Reads and parses packages, in their order. All trees are in memory together. */
export async function parsePackages(
  sources: readonly PackageSource[],
  { parser, onProgress, declarationsOnly = () => false }: ParseOptions,
): Promise<PackageInput[]> {
  const total = sources.reduce((sum, source) => sum + sourceBytes(source), 0);
  let done = 0;
  const inputs: PackageInput[] = [];
  for (const source of sources) {
    inputs.push(parsePackage(await readPackage(source, declarationsOnly(source)), parser));
    done += sourceBytes(source);
    onProgress?.(done, total);
  }
  return inputs;
}

/** Bytes of the Go files of a package. */
export function sourceBytes({ files }: PackageSource): number {
  return files.reduce((sum, { file }) => sum + file.size, 0);
}

/** Reads what must be known of every Go file before any package can be compiled. */
import type { BuildSet, BuildSets } from "../constraints/index.ts";
import { type GoFileName, goFileName, type Imported } from "../files/package-files.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { groupBy } from "../model/grouping.ts";
import { fileSizeLimit } from "../syntax/index.ts";
import { decodeSource, rangeOf, type Source } from "../syntax/source.ts";
import { cached, cacheKey, type FactsCache } from "./facts-cache.ts";
import type { SourceFile } from "./module-source.ts";
import { outline } from "./outline.ts";

/** A Go file by its header alone. */
export interface GoFileHeader extends GoFileName {
  readonly file: SourceFile;
  /** The name in its package clause; `_` if it has none. */
  readonly clause: string;
  /** Import paths in source order, "C" among them. */
  readonly imports: readonly string[];
  /** As its name and its constraint lines say, without narrowing. */
  readonly constraint: BuildSet;
  readonly diagnostics: readonly Diagnostic[];
}

export interface Headers {
  readonly files: readonly GoFileHeader[];
  /** Of files that are left out altogether. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface HeaderOptions {
  readonly builds: BuildSets;
  readonly tests: boolean;
  readonly cache?: FactsCache | undefined;
  readonly imported?: Imported;
}

/** Headers of the module's Go files, test files only when asked for, in the order of `files`. */
export async function readHeaders(files: readonly SourceFile[], options: HeaderOptions): Promise<Headers> {
  const diagnostics: Diagnostic[] = [];
  const wanted: GoFile[] = [];
  for (const file of files) {
    const name = goFileName(file.name, options.imported);
    if (name === undefined || (name.test && !options.tests)) continue;
    if (file.size > fileSizeLimit) diagnostics.push(tooLarge(file));
    else wanted.push({ file, name });
  }
  const found = new Map<string, HeaderText>();
  for (const directory of groupBy(wanted, ({ name }) => name.directory).values()) {
    const texts = await directoryHeaders(directory, options);
    directory.forEach(({ name }, index) => found.set(name.name, texts[index] as HeaderText));
  }
  const headers = wanted.map(({ file, name }) =>
    header({ file, name, text: found.get(name.name) as HeaderText }, options),
  );
  return { files: headers, diagnostics };
}

interface GoFile {
  readonly file: SourceFile;
  readonly name: GoFileName;
}

/** What a header's text says. Plain. */
interface HeaderText {
  /** Empty if there is none. */
  readonly clause: string;
  readonly imports: readonly string[];
  /** What its constraint lines say, as an expression. */
  readonly lines: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** Changes whenever `HeaderText` says something else about the same text. */
const headerFormat = 1;

async function directoryHeaders(
  files: readonly GoFile[],
  { builds, cache }: HeaderOptions,
): Promise<readonly HeaderText[]> {
  const key = (of: FactsCache) =>
    cacheKey(
      of,
      "headers",
      headerFormat,
      files.map(({ file }) => [file.name, file.sha256]),
    );
  return cached(cache, key, async () => {
    const texts: HeaderText[] = [];
    for (const { file } of files) texts.push(headerText(decodeSource(file.name, await file.read()), builds));
    return texts;
  });
}

function headerText(source: Source, builds: BuildSets): HeaderText {
  const { clause, imports } = outline(source.text);
  const lines = builds.header(source.text);
  const diagnostics = lines.diagnostics.map(
    (one): Diagnostic => ({
      code: one.code,
      severity: "warning",
      message: one.message,
      incomplete: false,
      range: rangeOf(source, one.start, one.end),
    }),
  );
  return { clause: clause ?? "", imports, lines: builds.expression(lines.value), diagnostics };
}

function header(
  { file, name, text }: GoFile & { readonly text: HeaderText },
  { builds }: HeaderOptions,
): GoFileHeader {
  const { clause, lines, diagnostics, ...rest } = text;
  const constraint = builds.and(builds.parse(lines), builds.fileName(file.name));
  // Go looks no further into a file that no build takes.
  const isLacking = clause === "" && !builds.isEmpty(constraint);
  return {
    ...name,
    file,
    ...rest,
    clause: clause === "" ? "_" : clause,
    constraint,
    diagnostics: isLacking ? [...diagnostics, noClause(file.name)] : diagnostics,
  };
}

function noClause(file: string): Diagnostic {
  return {
    code: "no-package-clause",
    severity: "error",
    message: "no package clause: Go rejects this file",
    incomplete: true,
    range: { file, line: 1, column: 1, endLine: 1, endColumn: 1 },
  };
}

function tooLarge(file: SourceFile): Diagnostic {
  return {
    code: "file-too-large",
    severity: "error",
    message: `not parsed: ${file.size} bytes, the limit is ${fileSizeLimit}`,
    incomplete: true,
    file: file.name,
  };
}

/** Reads what must be known of every Go file before any package can be compiled. */
import type { BuildSet, BuildSets } from "../constraints/index.ts";
import { type GoFileName, goFileName } from "../files/package-files.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { fileSizeLimit } from "../syntax/index.ts";
import { decodeSource, rangeOf, type Source } from "../syntax/source.ts";
import type { SourceFile } from "./module-source.ts";
import { packageClause } from "./package-clause.ts";

/** A Go file by its header alone. */
export interface GoFileHeader extends GoFileName {
  readonly file: SourceFile;
  /** The name in its package clause; `_` if it has none. */
  readonly clause: string;
  /** As its name and its constraint lines say, without narrowing. */
  readonly constraint: BuildSet;
  readonly diagnostics: readonly Diagnostic[];
}

export interface Headers {
  readonly files: readonly GoFileHeader[];
  /** Of files that are left out altogether. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Headers of the module's Go files, test files only when asked for, in the order of `files`. */
export async function readHeaders(
  files: readonly SourceFile[],
  { builds, tests }: { readonly builds: BuildSets; readonly tests: boolean },
): Promise<Headers> {
  const headers: GoFileHeader[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const file of files) {
    const name = goFileName(file.name);
    if (name === undefined || (name.test && !tests)) continue;
    if (file.size > fileSizeLimit) diagnostics.push(tooLarge(file));
    else headers.push(readHeader({ file, name, builds, content: await file.read() }));
  }
  return { files: headers, diagnostics };
}

interface HeaderInput {
  readonly file: SourceFile;
  readonly name: GoFileName;
  readonly builds: BuildSets;
  readonly content: Uint8Array;
}

function readHeader({ file, name, builds, content }: HeaderInput): GoFileHeader {
  const source = decodeSource(file.name, content);
  const clause = packageClause(source.text);
  const lines = builds.header(source.text);
  const constraint = builds.and(lines.value, builds.fileName(file.name));
  const diagnostics = lines.diagnostics.map(
    (one): Diagnostic => ({
      code: one.code,
      severity: "warning",
      message: one.message,
      incomplete: false,
      range: rangeOf(source, one.start, one.end),
    }),
  );
  // Go looks no further into a file that no build takes.
  if (clause === undefined && !builds.isEmpty(constraint)) diagnostics.push(noClause(source));
  return { ...name, file, clause: clause ?? "_", constraint, diagnostics };
}

function noClause(source: Source): Diagnostic {
  return {
    code: "no-package-clause",
    severity: "error",
    message: "no package clause: Go rejects this file",
    incomplete: true,
    range: rangeOf(source, 0, 0),
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

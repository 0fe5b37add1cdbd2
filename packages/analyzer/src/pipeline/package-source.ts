/** A package that is known by its files, none of which is parsed yet. */
import type { PackageIdentity } from "../compile/package.ts";
import type { BuildSets } from "../constraints/index.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { AssemblyFacts } from "../model/facts.ts";
import { compareText } from "../model/position.ts";
import type { FileGroup } from "./grouping.ts";
import type { SourceFile } from "./module-source.ts";

/** A package before anything of it is parsed. */
export interface PackageSource extends PackageIdentity {
  /** In byte order of their names. */
  readonly files: readonly PackageSourceFile[];
  /** What its files import, sorted, each once; "C" and "unsafe" among them. */
  readonly imports: readonly string[];
}

export interface PackageSourceFile {
  readonly file: SourceFile;
  /** A `//go:build` expression; empty for all builds. */
  readonly builds: string;
  readonly test: boolean;
  /** Of reading its header. */
  readonly diagnostics: readonly Diagnostic[];
}

/** The packages of the groups, in their order. `assembly` is by directory. */
export function packageSources(
  groups: readonly FileGroup[],
  assembly: ReadonlyMap<string, readonly AssemblyFacts[]>,
  builds: BuildSets,
): PackageSource[] {
  return groups.map(({ files, ...group }) => ({
    ...group,
    files: files.map(({ header, builds: set }) => ({
      file: header.file,
      builds: builds.expression(set),
      test: header.test,
      diagnostics: header.diagnostics,
    })),
    assembly: assembly.get(files[0]?.header.directory ?? "") ?? [],
    imports: [...new Set(files.flatMap(({ header }) => header.imports))].sort(compareText),
  }));
}

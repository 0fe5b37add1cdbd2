/** Packages of Go sources in memory, checked with imports from sources or from export data. */
import { realParser } from "../../../../test-corpus/runner/analysis.ts";
import type { ArchiveFile } from "../../../../test-corpus/runner/txtar.ts";
import type { BuildSet, BuildSets } from "../../src/constraints/index.ts";
import { importsC } from "../../src/declare/imports.ts";
import { declarePackage, type PackageFile, type PackageScope } from "../../src/declare/package-scope.ts";
import { type ExportData, readExportData, writeExportData } from "../../src/export-data/index.ts";
import type { Checker } from "../../src/types/checker.ts";
import {
  createChecker,
  createSourcePackage,
  type PackageInterface,
  type SourcePackage,
} from "../../src/types/index.ts";

/** A package that is parsed; its import path is its folder. */
export interface GoPackage {
  readonly path: string;
  readonly name: string;
  readonly scope: PackageScope;
  readonly builds: readonly BuildSet[];
}

export type GoPackages = ReadonlyMap<string, GoPackage>;

const parser = await realParser();
const encoder = new TextEncoder();

/** Parses packages. What a file imports is found by its path among them. */
export function parsePackages(sets: BuildSets, files: readonly ArchiveFile[]): GoPackages {
  const byPath = new Map<string, ArchiveFile[]>();
  for (const file of files) {
    const path = file.name.slice(0, Math.max(0, file.name.lastIndexOf("/")));
    byPath.set(path, [...(byPath.get(path) ?? []), file]);
  }
  const names = new Map(
    [...byPath].map(([path, list]) => [path, /^package (\w+)/m.exec(list[0]?.content ?? "")?.[1] ?? "_"]),
  );
  return new Map(
    [...byPath].map(([path, list]) => {
      const parsed = list.map((file) => parseFile(sets, file)).filter((one) => !sets.isEmpty(one.builds));
      const scope = declarePackage(
        parsed.map(({ file }) => file),
        (imported) => names.get(imported),
      );
      const builds = parsed.map((one) => one.builds);
      return [path, { path, name: names.get(path) ?? "_", scope, builds }];
    }),
  );
}

function parseFile(
  sets: BuildSets,
  { name, content }: ArchiveFile,
): { readonly file: PackageFile; readonly builds: BuildSet } {
  const bytes = encoder.encode(content);
  const tree = parser.parse(name, bytes).value;
  const written = sets.and(sets.header(content).value, sets.fileName(name));
  const builds = sets.narrow(importsC(tree) ? sets.and(written, sets.tag("cgo")) : written);
  return { file: { tree, builds: sets.expression(builds), bytes: bytes.length, test: false }, builds };
}

/** A checker and the package that it checks. */
export interface Checked {
  readonly checker: Checker;
  readonly source: SourcePackage;
  readonly scope: PackageScope;
}

/** Checks a package whose imports are checked from their sources, by the same checker. */
export function withSources(sets: BuildSets, packages: GoPackages, path: string): Checked {
  const made = new Map<string, SourcePackage>();
  const checker: Checker = createChecker({ builds: sets, importPackage });
  function importPackage(wanted: string): SourcePackage | undefined {
    const parsed = packages.get(wanted);
    if (parsed === undefined) return undefined;
    let source = made.get(wanted);
    if (source === undefined) made.set(wanted, (source = createSourcePackage(checker, parsed)));
    return source;
  }
  const source = importPackage(path);
  const scope = packages.get(path)?.scope;
  if (source === undefined || scope === undefined) throw new Error(`no package ${path}`);
  return { checker, source, scope };
}

/** Checks a package whose imports are read from export data, which is made by the way. */
export function withExportData(
  sets: BuildSets,
  packages: GoPackages,
  path: string,
  written: Map<string, string> = new Map(),
): Checked {
  const made = new Map<string, PackageInterface | undefined>();
  const checker = createChecker({ builds: sets, importPackage });
  function importPackage(wanted: string): PackageInterface | undefined {
    if (!packages.has(wanted)) return undefined;
    let found = made.get(wanted);
    if (found === undefined) {
      const data = JSON.parse(exportText(sets, packages, wanted, written)) as ExportData;
      made.set(wanted, (found = readExportData(checker, data)));
    }
    return found;
  }
  const parsed = packages.get(path);
  if (parsed === undefined) throw new Error(`no package ${path}`);
  return { checker, source: createSourcePackage(checker, parsed), scope: parsed.scope };
}

/** The export data of a package as JSON. Each package is written with imports read from export data. */
export function exportText(
  sets: BuildSets,
  packages: GoPackages,
  path: string,
  written: Map<string, string> = new Map(),
): string {
  let text = written.get(path);
  if (text === undefined) {
    const { checker, source } = withExportData(sets, packages, path, written);
    text = JSON.stringify(writeExportData(checker, source));
    written.set(path, text);
  }
  return text;
}

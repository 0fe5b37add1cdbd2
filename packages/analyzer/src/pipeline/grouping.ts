/**
 * Which files are compiled together. The files of a directory belong to its package if
 * they have the package's clause and are in some build; the others are set apart, a
 * group for each clause, so that they are reported but do not count as the package's.
 */
import type { BuildSet, BuildSets } from "../constraints/index.ts";
import { groupBy } from "../model/grouping.ts";
import { compareText } from "../model/position.ts";
import type { GoFileHeader } from "./headers.ts";

export interface FileGroup {
  /** Import path, with ` [clause]` if set apart, with `_test` for an external test package. */
  readonly path: string;
  readonly name: string;
  readonly apart: boolean;
  /** Whether an import can name it: no files set apart, no external test package. */
  readonly importable: boolean;
  /**
   * Of files set apart: the package of their directory, if they have its clause. They see its names, for
   * in some release of Go, or with an edit of their constraint, they are a part of it.
   */
  readonly beside?: string;
  readonly files: readonly GroupedFile[];
}

export interface GroupedFile {
  readonly header: GoFileHeader;
  readonly builds: BuildSet;
}

export interface GroupingOptions {
  readonly modulePath: string;
  readonly builds: BuildSets;
}

/** Groups files, sorted by path. Files outside the narrowing are dropped. */
export function groupFiles(headers: readonly GoFileHeader[], options: GroupingOptions): FileGroup[] {
  return [...groupBy(headers, ({ directory }) => directory)]
    .flatMap(([directory, files]) =>
      groupDirectory(files, { ...options, importPath: join(options.modulePath, directory) }),
    )
    .sort((a, b) => compareText(a.path, b.path));
}

function join(modulePath: string, directory: string): string {
  return [modulePath, directory].filter((part) => part !== "").join("/");
}

interface Directory extends GroupingOptions {
  readonly importPath: string;
}

function groupDirectory(headers: readonly GoFileHeader[], { importPath, builds }: Directory): FileGroup[] {
  const primary = primaryClause(headers, builds);
  const groups = new Map<string, FileGroup & { readonly files: GroupedFile[] }>();
  for (const header of headers) {
    const apart = builds.isEmpty(header.constraint) || !belongs(header, primary);
    // What no build takes is read as if every build did: its parts may be run by hand.
    const constraint = builds.isEmpty(header.constraint) ? builds.all : header.constraint;
    const set = builds.narrow(withCgo(header, constraint, builds));
    if (builds.isEmpty(set)) continue;
    const importable = !apart && !isExternalTest(header, primary);
    const path = apart ? `${importPath} [${header.clause}]` : importable ? importPath : `${importPath}_test`;
    const group = groups.get(path) ?? {
      path,
      name: header.clause,
      apart,
      importable,
      ...(apart && header.clause === primary && { beside: importPath }),
      files: [],
    };
    group.files.push({ header, builds: set });
    groups.set(path, group);
  }
  return [...groups.values()];
}

/** A file that imports "C" is in builds with cgo only. */
function withCgo({ imports }: GoFileHeader, constraint: BuildSet, builds: BuildSets): BuildSet {
  return imports.includes("C") ? builds.and(constraint, builds.tag("cgo")) : constraint;
}

function belongs(header: GoFileHeader, primary: string): boolean {
  return header.clause === primary || isExternalTest(header, primary);
}

function isExternalTest(header: GoFileHeader, primary: string): boolean {
  return header.test && header.clause === `${primary}_test`;
}

/** The clause that covers most builds without test files; then the one of most files; then the first by name. A file without a clause names none. */
function primaryClause(headers: readonly GoFileHeader[], builds: BuildSets): string {
  const clauses = new Map<string, { builds: BuildSet; files: number }>();
  const counted = headers.filter((header) => !header.test);
  for (const header of counted.length > 0 ? counted : headers) {
    const clause = counted.length > 0 ? header.clause : header.clause.replace(/_test$/, "");
    const found = clauses.get(clause) ?? { builds: builds.none, files: 0 };
    const files = found.files + (builds.isEmpty(header.constraint) ? 0 : 1);
    clauses.set(clause, { builds: builds.or(found.builds, header.constraint), files });
  }
  if (clauses.size === 1) return [...clauses.keys()][0] ?? "_";
  const missing = (clause: string) => (clause === "_" ? 1 : 0);
  const order = (a: [string, { builds: BuildSet; files: number }], b: typeof a) =>
    missing(a[0]) - missing(b[0]) ||
    builds.size(b[1].builds) - builds.size(a[1].builds) ||
    b[1].files - a[1].files ||
    compareText(a[0], b[0]);
  return [...clauses].sort(order)[0]?.[0] ?? "_";
}

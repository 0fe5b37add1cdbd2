import type { SymbolKind } from "@capdiff/analyzer";
import symbols from "../data/symbols.json" with { type: "json" };

/** The exported names of a package, blank separated. Constants are not listed. */
interface PackageSymbols {
  readonly name: string;
  readonly functions: string;
  readonly types: string;
  readonly variables: string;
}

const packages: ReadonlyMap<string, PackageSymbols> = new Map(Object.entries(symbols));

/** A package of the standard library, as an importer sees it. */
export interface StandardPackage {
  readonly path: string;
  /** The name in its clause, which is what importers write: `rand` for `math/rand/v2`. */
  readonly name: string;
}

/** What Go programs can import of the standard library, experiments included, by path. */
export const standardPackages: readonly StandardPackage[] = [...packages]
  .filter(([path]) => isStandardPackage(path))
  .map(([path, { name }]) => ({ path, name }));

/** The standard library's import paths have no dot in their first element. */
export function isStandardPackage(importPath: string): boolean {
  return packages.has(importPath) && !importPath.slice(0, `${importPath}/`.indexOf("/")).includes(".");
}

/** The name in the clause of a package of the standard library, x/sys or x/net; undefined for others. */
export function packageNameOf(importPath: string): string | undefined {
  return packages.get(importPath)?.name;
}

const kinds = new Map<string, ReadonlyMap<string, SymbolKind>>();

/** What an exported name of those packages is; undefined for constants and for names newer than the data. */
export function symbolKind(importPath: string, name: string): SymbolKind | undefined {
  const listed = packages.get(importPath);
  if (listed === undefined) return undefined;
  const known = kinds.get(importPath) ?? kindsOf(listed);
  kinds.set(importPath, known);
  return known.get(name);
}

const variables = new Map<string, ReadonlySet<string>>();

/** Whether that is a variable of one of those packages: what `symbolKind` says of it, for less. */
export function isVariable(importPath: string, name: string): boolean {
  const listed = packages.get(importPath);
  if (listed === undefined || name === "") return false;
  let known = variables.get(importPath);
  if (known === undefined) variables.set(importPath, (known = new Set(listed.variables.split(" "))));
  return known.has(name);
}

function kindsOf({ functions, types, variables }: PackageSymbols): Map<string, SymbolKind> {
  const table = new Map<string, SymbolKind>();
  const add = (names: string, kind: SymbolKind) => {
    for (const name of names.split(" ")) if (name !== "") table.set(name, kind);
  };
  add(variables, "variable");
  add(types, "type");
  add(functions, "function");
  return table;
}

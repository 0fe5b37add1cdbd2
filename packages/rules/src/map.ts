/**
 * What using a function or a variable of another package brings, from entries that
 * people write: a package has one rule for everything in it, types and names may
 * differ from it. The most exact word counts: name, then type, then package.
 */
import type { Capability } from "@capdiff/analyzer";

/** One package of a map, as it stands in the data. */
export interface PackageEntry {
  /** An import path, or `path/...` for the packages below it that have no entry. */
  readonly path: string;
  /** For every function and method that is not listed. */
  readonly capability: Decided;
  readonly reason?: string;
  readonly functions?: readonly Decision[];
  /** The few variables whose use alone carries a capability. */
  readonly variables?: readonly Decision[];
}

/** A capability, several, or `SAFE`: decided to be harmless. */
export type Decided = string | readonly string[];

/** Names that share a decision, with a reason where it is not obvious. */
export interface Decision {
  readonly capability: Decided;
  readonly reason?: string;
  /** `F`, `(T).M`, `(*T).M` as the Go type checker writes them without the package, or `(T).*`. */
  readonly names: readonly string[];
}

/** What a map says of a name, and how exactly it says so. */
export interface Classification {
  /** Empty: harmless. */
  readonly capabilities: readonly Capability[];
  readonly by: "name" | "type" | "package";
}

/** Entries, ready to be asked. */
export interface CapabilityTable {
  readonly packages: ReadonlyMap<string, LoadedPackage>;
  /** What stands for each import path that was asked about. */
  readonly found: Map<string, LoadedPackage | undefined>;
}

interface LoadedPackage {
  readonly rule: Classification;
  readonly functions: ReadonlyMap<string, Classification>;
  readonly variables: ReadonlyMap<string, Classification>;
}

const harmless: Classification = { capabilities: [], by: "package" };

/** Later entries replace earlier ones of the same path. */
export function loadTable(entries: readonly PackageEntry[]): CapabilityTable {
  return { packages: new Map(entries.map((entry) => [entry.path, loadPackage(entry)])), found: new Map() };
}

/** What using that function or method brings; undefined if the table does not know the package. O(1). */
export function classify(
  table: CapabilityTable,
  importPath: string,
  name: string,
): Classification | undefined {
  const known = findPackage(table, importPath);
  if (known === undefined) return undefined;
  return known.functions.get(name) ?? known.functions.get(allMethods(name)) ?? known.rule;
}

/** What naming that variable brings: nothing, unless it is listed. O(1). */
export function classifyVariable(
  table: CapabilityTable,
  importPath: string,
  name: string,
): Classification | undefined {
  const known = findPackage(table, importPath);
  return known === undefined ? undefined : (known.variables.get(name) ?? harmless);
}

function findPackage({ packages, found }: CapabilityTable, importPath: string): LoadedPackage | undefined {
  let known = found.get(importPath);
  if (known === undefined && !found.has(importPath))
    found.set(importPath, (known = packageFor(packages, importPath)));
  return known;
}

/** That of the path itself, or of the nearest one above it. */
function packageFor(packages: CapabilityTable["packages"], importPath: string): LoadedPackage | undefined {
  const exact = packages.get(importPath);
  if (exact !== undefined) return exact;
  for (let end = importPath.lastIndexOf("/"); end > 0; end = importPath.lastIndexOf("/", end - 1)) {
    const below = packages.get(`${importPath.slice(0, end)}/...`);
    if (below !== undefined) return below;
  }
  return undefined;
}

/** `(T).*` for `(T).M` and `(*T).M`; nothing's name for a function. */
function allMethods(name: string): string {
  const end = name.indexOf(")");
  return end < 0 ? "" : `(${name.slice(name[1] === "*" ? 2 : 1, end)}).*`;
}

function loadPackage({ capability, functions = [], variables = [] }: PackageEntry): LoadedPackage {
  return {
    rule: { capabilities: listed(capability), by: "package" },
    functions: byName(functions),
    variables: byName(variables),
  };
}

function byName(decisions: readonly Decision[]): ReadonlyMap<string, Classification> {
  return new Map(
    decisions.flatMap(({ capability, names }) => {
      const capabilities = listed(capability);
      return names.map(
        (name) => [name, { capabilities, by: name.endsWith(".*") ? "type" : "name" }] as const,
      );
    }),
  );
}

function listed(decided: Decided): readonly Capability[] {
  const list = typeof decided === "string" ? [decided] : decided;
  return list.filter((one) => one !== "SAFE");
}

/**
 * The built-in capability map: what using a function or variable of the standard
 * library, of golang.org/x/sys and of golang.org/x/net brings. A package has a rule for
 * everything in it, and exceptions by name.
 */
import type { Capability } from "@capdiff/analyzer";
import files from "../data/map/files.json" with { type: "json" };
import golangX from "../data/map/golang-x.json" with { type: "json" };
import network from "../data/map/network.json" with { type: "json" };
import system from "../data/map/system.json" with { type: "json" };
import testing from "../data/map/testing.json" with { type: "json" };
import values from "../data/map/values.json" with { type: "json" };

/** Grows when the map's answers change. */
export const mapVersion = "1";

/** What stands for a use: a capability, several, or `SAFE`; with a reason where it is not obvious. */
export type Decision =
  | string
  | readonly string[]
  | { readonly capability: string | readonly string[]; readonly reason?: string };

/** One package of the map, as it stands in the data. */
export interface PackageEntry {
  readonly path: string;
  /** For every function and method that is not listed. */
  readonly capability: string | readonly string[];
  readonly reason?: string;
  /** By `F`, `(T).M` or `(*T).M`. */
  readonly functions?: Readonly<Record<string, Decision>>;
  /** The few variables whose use alone carries a capability. */
  readonly variables?: Readonly<Record<string, Decision>>;
}

/** What the map says of a name, and whether it says so of that name or of its package. */
export interface Classification {
  /** Empty: harmless. */
  readonly capabilities: readonly Capability[];
  readonly by: "name" | "package";
}

export const mapEntries: readonly PackageEntry[] = [files, golangX, network, system, testing, values]
  .flatMap((area): readonly PackageEntry[] => area.packages)
  .toSorted((a, b) => (a.path < b.path ? -1 : 1));

interface LoadedPackage {
  readonly rule: Classification;
  readonly names: ReadonlyMap<string, Classification>;
  readonly variables: ReadonlyMap<string, Classification>;
}

const packages: ReadonlyMap<string, LoadedPackage> = new Map(
  mapEntries.map((entry) => [entry.path, load(entry)]),
);
const harmless: Classification = { capabilities: [], by: "package" };

/** What using that function or method brings; undefined if the map does not know the package. O(1). */
export function classifyFunction(importPath: string, name: string): Classification | undefined {
  const known = packages.get(importPath);
  return known === undefined ? undefined : (known.names.get(name) ?? known.rule);
}

/** What naming that variable brings: nothing unless the map lists it. O(1). */
export function classifyVariable(importPath: string, name: string): Classification | undefined {
  const known = packages.get(importPath);
  return known === undefined ? undefined : (known.variables.get(name) ?? harmless);
}

function load(entry: PackageEntry): LoadedPackage {
  const table = (decisions: Readonly<Record<string, Decision>> = {}) =>
    new Map(
      Object.entries(decisions).map(
        ([name, one]) => [name, { capabilities: decided(one), by: "name" }] as const,
      ),
    );
  return {
    rule: { capabilities: decided(entry.capability), by: "package" },
    names: table(entry.functions),
    variables: table(entry.variables),
  };
}

function decided(decision: Decision): readonly Capability[] {
  if (typeof decision === "object" && "capability" in decision) return decided(decision.capability);
  const list = typeof decision === "string" ? [decision] : decision;
  return list.filter((one) => one !== "SAFE");
}

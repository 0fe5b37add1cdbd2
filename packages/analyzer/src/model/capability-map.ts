import type { Capability } from "./capability.ts";

/** What a name of another package is. */
export type SymbolKind = "function" | "type" | "variable" | "constant";

/**
 * What is known of packages outside the module: which capability the use of a name
 * brings. Made by the rules from data; the analyzer only asks. All look-ups are O(1).
 */
export interface CapabilityMap {
  readonly version: string;
  /** Whether it leaves functions of the standard library undecided, which have to be followed then. */
  readonly isPartial?: boolean;
  /**
   * The capabilities of using that function (`F`, `(T).M`, `(*T).M`) or variable: empty
   * when it is known to be harmless, undefined when the map does not know the package.
   */
  readonly capabilities: (importPath: string, name: string) => readonly Capability[] | undefined;
  /** What the name is; undefined when the package or the name is not known. Constants need not be. */
  readonly kindOf: (importPath: string, name: string) => SymbolKind | undefined;
  readonly isStandard: (importPath: string) => boolean;
  /** The name in the package's clause, if known. */
  readonly packageName: (importPath: string) => string | undefined;
  /** How telling it is that code gains the capability; higher is more. */
  readonly weight: (capability: Capability) => number;
}

import type { Capability } from "./capability.ts";
import type { Diagnostic } from "./diagnostic.ts";
import type { Range } from "./position.ts";

/** What a name of another package is. */
export type SymbolKind = "function" | "type" | "variable" | "constant";

/**
 * Which capability functions bring by themselves: what the built-in map says, and what users'
 * maps say before it. Made by the rules from data; the analyzer only asks, of functions of the
 * standard library, of dependencies and of the analysed module alike. Look-ups are O(1), but
 * for the elements of an import path.
 */
export interface CapabilityMap {
  readonly version: string;
  /** Whether it leaves functions of the standard library undecided, which have to be followed then. */
  readonly isPartial: boolean;
  /**
   * What is decided of a function (`F`, `(T).M`, `(*T).M`, `F$1`, `init`) or of a variable
   * of the standard library: its capabilities, none when it is harmless. What its body does
   * then does not count. Undefined when nothing is decided: its body tells, and without a
   * body it is not known.
   */
  readonly decision: (importPath: string, name: string) => readonly Capability[] | undefined;
  /**
   * The same by users' maps alone. It is what counts of functions of the analysed module,
   * which the built-in map must not hide when that module is one that it knows.
   */
  readonly statedDecision: (importPath: string, name: string) => readonly Capability[] | undefined;
  /** Whether a line of a user's map names that very name: then it is a function, or such a variable. */
  readonly isNamed: (importPath: string, name: string) => boolean;
  /** Whether every function of the package is decided, so that its bodies do not matter. */
  readonly decidesPackage: (importPath: string) => boolean;
  /** Whether the use of the one by the other, both by their ids, counts for nothing. */
  readonly ignoresEdge: (caller: string, callee: string) => boolean;
  /** The lines of users' maps, in the order in which they were given. */
  readonly lines: readonly MapLine[];
  /** What is doubtful in users' maps by itself. */
  readonly diagnostics: readonly Diagnostic[];
  /** What the name is; undefined when the package or the name is not known. Constants need not be. */
  readonly kindOf: (importPath: string, name: string) => SymbolKind | undefined;
  readonly isStandard: (importPath: string) => boolean;
  /** The name in the package's clause, if known. */
  readonly packageName: (importPath: string) => string | undefined;
  /** How telling it is that code gains the capability; higher is more. */
  readonly weight: (capability: Capability) => number;
}

/** A line of a user's map: what it names, and where. */
export interface MapLine {
  /** `suffix` is the end of the names of functions. */
  readonly kind: "function" | "package" | "suffix";
  /** Of functions their ids; two of an edge, else one. */
  readonly names: readonly string[];
  /** Of the names; `file` is what the map is called in reports. */
  readonly range: Range;
}

import type { BuildSets } from "../constraints/index.ts";
import type { ExportData } from "../export-data/index.ts";
import type { CapabilityMap } from "../model/capability-map.ts";
import type { PackageFacts } from "../model/facts.ts";
import type { FlowMap } from "../model/flow-map.ts";
import type { Parser } from "../syntax/index.ts";

import type { FactsCache } from "./facts-cache.ts";
import type { UnitCompiler } from "./unit-task.ts";

/** A copy of a module as the analyzer takes it: whoever obtained it knows how to read it. */
export interface ModuleSource {
  readonly modulePath: string;
  /**
   * The name by which it is analysed again when it has changed: a version, a directory. With a cache, what was worked out is
   * kept under it; without it, it is not kept.
   */
  readonly name?: string;
  /** All regular files, in any order. */
  readonly files: readonly SourceFile[];
  /** What go.mod says, line by line. */
  readonly goMod: readonly GoModLine[];
}

/** A file of a module copy, read when it is needed. */
export interface SourceFile {
  /** Slash path inside the module. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
  /** The content; may be asked for several times. */
  readonly read: () => Promise<Uint8Array>;
}

/** One directive of go.mod. `subject` is what it is about (a module path), empty for `go` and `toolchain`. */
export interface GoModLine {
  readonly directive: string;
  readonly subject: string;
  readonly value?: string;
  /** Of a `require`: marked `// indirect`. */
  readonly indirect?: true;
}

/** What an analysis needs besides the module. */
export interface AnalyzerOptions {
  readonly parser: Parser;
  readonly capabilityMap: CapabilityMap;
  /** What data flows from and to; without it there are no flows. */
  readonly flowMap?: FlowMap;
  /** Shared by the analyses that are to be compared. */
  readonly builds: BuildSets;
  /** What Go's own packages export; without it they are imports that cannot be had. */
  readonly standardLibrary?: StandardLibrary;
  /** Where packages of other modules are; without it they are imports that cannot be had. */
  readonly dependencies?: Dependencies;
  /** Where compiled packages are kept; without it all are compiled. */
  readonly cache?: FactsCache;
  /** Compiles packages; without it they are compiled one after the other, here. */
  readonly compiler?: UnitCompiler;
  /** Whether test files count. */
  readonly tests: boolean;
  /** Whether all functions of other modules are linked, and not only those that the module leads to; if not given, not. */
  readonly whole?: boolean;
  /** Told after each package, or several that are compiled together: bytes of Go source compiled so far, and all of them. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** The packages of a Go release, as facts that were compiled before. All look-ups may be slow the first time. */
export interface StandardLibrary {
  /** Such as `go1.26.8`. */
  readonly release: string;
  /** Differs when its facts do. */
  readonly digest: string;
  /** The name in the clause of a package; undefined if it is none of the standard library. */
  readonly nameOf: (importPath: string) => string | undefined;
  readonly exportsOf: (importPath: string) => ExportData | undefined;
  /** Its types, functions and methods, without what these do. Much less than `factsOf`. */
  readonly declarationsOf?: (path: string) => PackageFacts | undefined;
  /** What a package does; of packages that the release vendors, the paths begin with `vendor/`. */
  readonly factsOf?: (path: string) => PackageFacts | undefined;
}

/** The modules that the analysed one is built with. */
export interface Dependencies {
  /** The package that an import path means; undefined if it cannot be had. May be asked for several at once. */
  readonly packageAt: (importPath: string) => Promise<DependencyPackage | undefined>;
}

/** A package of another module. */
export interface DependencyPackage {
  /** `path@version`. */
  readonly module: string;
  /** The files of its directory, named `path@version/directory/file`. */
  readonly files: readonly SourceFile[];
}

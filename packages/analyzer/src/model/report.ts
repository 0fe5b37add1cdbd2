/**
 * The report: what every command says, as plain data. Every output format is a
 * function of this alone, so a saved report can be rendered or gated later without
 * the sources. Text that comes from modules (names, paths, source lines, messages)
 * is unescaped here: whoever shows it escapes it.
 *
 * All lists are sorted; the same inputs give the same bytes. A field whose name ends
 * in `?` is absent, never null.
 */
import type { Capability } from "./capability.ts";
import type { Diagnostic } from "./diagnostic.ts";
import type { Position } from "./position.ts";

/** Grows when a reader of the previous version would misread the new one. */
export const schemaVersion = 1;

/** What a command found: the one thing that all formats are made from. */
export interface Report {
  readonly schemaVersion: typeof schemaVersion;
  readonly tool: Tool;
  readonly command: "scan" | "diff";
  /** scan: the targets in the order given; diff: the old one, then the new one. */
  readonly inputs: readonly Input[];
  readonly configuration: ReportConfiguration;
  /** scan only: by input, then package, then the most telling capability first. */
  readonly capabilities?: readonly CapabilityRow[];
  /** diff only: the most telling first. */
  readonly changes?: readonly Change[];
  readonly diagnostics: readonly InputDiagnostic[];
  readonly counts: Counts;
}

/** Which program, with which data, made the report. */
export interface Tool {
  readonly name: "capdiff";
  readonly version: string;
  /** Version of the built-in capability map. */
  readonly capabilityMap: string;
  /** The Go release whose standard library and build tags are meant, such as `1.26`. */
  readonly goRelease: string;
}

/** A module copy that was analysed. */
export interface Input {
  readonly role: "target" | "old" | "new";
  /** What the user wrote. */
  readonly query: string;
  readonly source: "directory" | "zip" | "module-cache" | "cache" | "proxy";
  readonly module: string;
  /** Absent for a directory. */
  readonly version?: string;
  /** Go's `h1:` hash of the copy. */
  readonly h1: string;
  /** From go.mod's go directive. */
  readonly go?: string;
  readonly counts: Counts;
}

/** What was asked for; absent means no narrowing. */
export interface ReportConfiguration {
  readonly builds: Builds;
  readonly tests: boolean;
  /** Filters on what is reported, not on what is analysed. */
  readonly capabilities?: readonly Capability[];
  readonly packages?: readonly string[];
}

/** The set of builds in which something holds. */
export interface Builds {
  /** A `//go:build` expression, or empty when it holds in all builds. */
  readonly expression: string;
  /** The same in words: `all builds`, `windows`, `linux with cgo`. */
  readonly words: string;
}

/** How much was looked at, of one input or of all together. */
export interface Counts {
  /** All files of the module copies, Go or not. */
  readonly files: number;
  /** Go files that were read, and their bytes. */
  readonly goFiles: number;
  readonly bytes: number;
  readonly packages: number;
  readonly functions: number;
  readonly callSites: number;
  /** Calls through interfaces and function values, which are not followed yet. */
  readonly dynamic: number;
  /** Calls whose callee is not known: most often because the package that declares it is not at hand. */
  readonly unresolved: number;
}

/** That a package can do something, with the shortest proof. One row a (package, capability). */
export interface CapabilityRow {
  /** Index into `inputs`. */
  readonly input: number;
  /** Import path; for files that no build takes or with another package clause, `path [clause]`. */
  readonly package: string;
  /** The files of this group belong to no build of the package: programs run by hand, say. */
  readonly apart?: true;
  readonly capability: Capability;
  /** `direct`: the witness stays in the package and the standard library. */
  readonly kind: "direct" | "transitive";
  readonly certainty: Certainty;
  /** The union over all paths, not only the witness. */
  readonly builds: Builds;
  /** Entry points of this package that reach it, by kind and name. */
  readonly entryPoints: readonly EntryPoint[];
  /** How many places of this package use the capability directly. */
  readonly sites: number;
  readonly witness: Witness;
}

/** `static`: every step is a static call or reference. */
export type Certainty = "static" | "dynamic";

/** In what way control gets in: without being called (first two), from outside, or by hand. */
export type EntryPointKind =
  | "init"
  | "initializer"
  | "exported-function"
  | "exported-method"
  | "main"
  | "cgo-export"
  | "test";

/** A function by which control gets in. */
export interface EntryPoint {
  readonly kind: EntryPointKind;
  /** As in `Step.function`. */
  readonly function: string;
  readonly builds: Builds;
  readonly position: Position;
}

/** A representative path from a function to what carries the capability, site by site; at least one step. */
export interface Witness {
  readonly steps: readonly Step[];
  readonly terminal: Terminal;
}

/** One function on the path, and the place in it that leads on to the next. */
export interface Step {
  /**
   * SSA-style name: `pkg.F`, `(pkg.T).M`, `(*pkg.T).M`, closure `pkg.F$1`, `pkg.init#1`,
   * and `pkg.init:x` for the initialiser of the package variable x.
   */
  readonly function: string;
  readonly package: string;
  readonly use: "call" | "reference" | "declaration";
  readonly site: Position;
  /** The line of the site, trimmed and cut to 160 characters. */
  readonly source: string;
}

/** What the capability was given for. */
export interface Terminal {
  readonly kind: TerminalKind;
  /** `os/exec.Command`, `C.system`, the linkname's target, the assembly function, ... */
  readonly name: string;
}

/** In what way a place carries a capability by itself: a name that the map knows, or one of the rest. */
export type TerminalKind =
  | "function"
  | "variable"
  | "unsafe-conversion"
  | "cgo"
  | "linkname"
  | "assembly"
  | "bodiless"
  | "missing-import";

/** One argument of a call as written (cut to 120 characters), and its value where it is constant. */
export interface Argument {
  readonly text: string;
  /** A string, or a number or boolean in Go's notation. */
  readonly value?: string;
}

/** A place in one of the two versions. */
export interface Site {
  readonly position: Position;
  readonly source: string;
}

/** `moved` is between functions, files or packages: the code is the same. */
export type ChangeSort = "added" | "removed" | "changed" | "moved";

/** Something that is not as it was. `change` says which way, `kind` what it is about. */
export type Change =
  | CapabilityChange
  | EntryPointChange
  | CallSiteChange
  | DirectiveChange
  | FileChange
  | GoModChange
  | FunctionChange;

/** A (package, capability) that is new or gone, or holds in builds in which it did not. */
export interface CapabilityChange {
  readonly kind: "capability";
  readonly change: "added" | "removed";
  readonly package: string;
  readonly capability: Capability;
  /** The package as a whole is new or gone. */
  readonly wholePackage: boolean;
  /** No package of the other version had it. */
  readonly newToModule: boolean;
  /** `direct`: the witness stays in the package and the standard library. */
  readonly path: "direct" | "transitive";
  readonly certainty: Certainty;
  /** The builds in which it is new or gone. */
  readonly builds: Builds;
  readonly witness: Witness;
}

/** An entry point that newly reaches a capability, or no longer does. */
export interface EntryPointChange {
  readonly kind: "entry-point";
  readonly change: "added" | "removed";
  readonly entryPoint: EntryPoint;
  readonly package: string;
  readonly capability: Capability;
  /** The function is in both versions: existing callers are affected. */
  readonly existing: boolean;
  readonly certainty: Certainty;
  readonly builds: Builds;
  readonly witness: Witness;
}

/** A use of something that carries a capability. */
export interface CallSiteChange {
  readonly kind: "call-site";
  readonly change: ChangeSort;
  readonly package: string;
  readonly function: string;
  /** Where it was before, when it moved. */
  readonly oldFunction?: string;
  readonly terminal: Terminal;
  readonly use: Step["use"];
  readonly capabilities: readonly Capability[];
  /** The function is in both versions. */
  readonly existing: boolean;
  readonly builds: Builds;
  /** In the new version, or in the old one when removed. */
  readonly site: Site;
  readonly arguments: readonly Argument[];
  /** Of the old version, when changed or moved. */
  readonly oldSite?: Site;
  readonly oldArguments?: readonly Argument[];
  /** The entry points of its package that reach it, at most ten. */
  readonly entryPoints: readonly string[];
}

/** The directives that are told apart; preamble and flags belong to `import "C"`. */
export type DirectiveKind =
  | "linkname"
  | "embed"
  | "generate"
  | "cgo-preamble"
  | "cgo-flags"
  | "cgo-export"
  | "wasm";

/** A comment that makes the toolchain do something. */
export interface DirectiveChange {
  readonly kind: "directive";
  readonly change: "added" | "removed" | "changed";
  readonly directive: DirectiveKind;
  readonly package: string;
  readonly position: Position;
  /** Cut to 400 characters. */
  readonly text: string;
  readonly oldText?: string;
  readonly builds: Builds;
}

/** What a file that is not Go means to a build. */
export type FileRole = "assembly" | "c-source" | "object" | "executable" | "archive" | "embedded";

/** A file that is not Go and ends up in, or beside, the program. */
export interface FileChange {
  readonly kind: "file";
  readonly change: ChangeSort;
  readonly name: string;
  readonly oldName?: string;
  readonly role: FileRole;
  /** What its first bytes say it is, whatever its name: `ELF`, `PE`, `Mach-O`, `ar`, `zip`, ... */
  readonly format?: string;
  readonly size: number;
  readonly sha256: string;
  readonly oldSize?: number;
  readonly oldSha256?: string;
}

/** A line of go.mod. */
export interface GoModChange {
  readonly kind: "go-mod";
  readonly change: "added" | "removed" | "changed";
  /** `require`, `replace`, `exclude`, `retract`, `tool`, `go`, `toolchain`, `godebug`, `module`, `ignore`. */
  readonly directive: string;
  /** What the line is about: a module path, say; empty for `go` and `toolchain`. */
  readonly subject: string;
  readonly value?: string;
  readonly oldValue?: string;
}

/** A function that only got another name, receiver, file or package. */
export interface FunctionChange {
  readonly kind: "function";
  readonly change: "moved";
  readonly function: string;
  readonly oldFunction: string;
  readonly position: Position;
  readonly oldPosition: Position;
}

/** A diagnostic and the input that it is about. */
export interface InputDiagnostic extends Diagnostic {
  /** Index into `inputs`. */
  readonly input: number;
}

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
import type { CompareMode, Finding, Verdict } from "./finding.ts";
import type { Flow, Folded } from "./flow.ts";
import type { Position } from "./position.ts";
import type { Builds, Certainty, Site } from "./stated.ts";

export type { Builds, Certainty, Site } from "./stated.ts";

/** Grows when a reader of the previous version would misread the new one. */
export const schemaVersion = 1;

/** What a command found: the one thing that all formats are made from. */
export interface Report {
  /** The version of this form: a reader that knows another one must not read on. */
  readonly schemaVersion: typeof schemaVersion;
  /** Which program, with which data, made the report. */
  readonly tool: Tool;
  /** Which question was asked: what one module can do, or what changed between two. */
  readonly command: "scan" | "diff";
  /** scan: the targets in the order given; diff: the old one, then the new one. */
  readonly inputs: readonly Input[];
  /** What was asked for besides the targets. */
  readonly configuration: ReportConfiguration;
  /** scan only: by input, then package, then the most telling capability first. */
  readonly capabilities?: readonly CapabilityRow[];
  /** diff only: the most telling first. */
  readonly changes?: readonly Change[];
  /** What rules say of it, the worst first. */
  readonly findings?: readonly Finding[];
  /** What the findings amount to. */
  readonly verdict?: Verdict;
  /** diff only, where they were judged: the modules that the new input is built with and the old one was not, by their paths. */
  readonly bumps?: readonly Bump[];
  /** What could not be understood, by input, in the order in which it was met. */
  readonly diagnostics: readonly InputDiagnostic[];
  /** How much was looked at, of all inputs together. */
  readonly counts: Counts;
}

/**
 * A module of which packages are built into the new input, in another version than into the old one. These packages were judged by
 * themselves, as a diff of its two versions would; what that found are the findings that name it.
 */
export interface Bump {
  /** `path@version` of what the old input is built with; absent if it is built with no version of it: then the module was judged alone. */
  readonly old?: string;
  /** `path@version` of what the new input is built with; of a directory the path alone. */
  readonly new: string;
  /** Part of it could not be understood, or it could not be had. */
  readonly incomplete: boolean;
  /** What the findings about it amount to; absent if it was not judged. */
  readonly verdict?: Verdict;
  /** It was not judged: the capability map says what its packages do. */
  readonly decided?: true;
}

/** Which program, with which data, made the report. */
export interface Tool {
  /** The name of the program. */
  readonly name: "capdiff";
  /** The version of the program. */
  readonly version: string;
  /** Version of the built-in capability map. */
  readonly capabilityMap: string;
  /** The Go release whose standard library and build tags are meant, such as `1.26`. */
  readonly goRelease: string;
}

/** A module copy that was analysed. */
export interface Input {
  /** `target` of a scan, `old` or `new` of a diff. */
  readonly role: "target" | "old" | "new";
  /** What the user wrote. */
  readonly query: string;
  /** Where the copy came from; `report` if only a report of another program is known. */
  readonly source: "directory" | "zip" | "module-cache" | "cache" | "proxy" | "git" | "report";
  /** What is said of it was taken from a saved report, and from which program's. */
  readonly saved?: "capdiff" | "capslock";
  /** The module path; of a directory without go.mod, its name. */
  readonly module: string;
  /** Absent for a directory. */
  readonly version?: string;
  /** Go's `h1:` hash of the copy; empty if it is not known. */
  readonly h1: string;
  /** From go.mod's go directive. */
  readonly go?: string;
  /** The Go release whose standard library it was analysed with, such as `go1.26.8`. */
  readonly standardLibrary?: string;
  /** How much of this input was looked at. */
  readonly counts: Counts;
}

/** What was asked for; absent means no narrowing. */
export interface ReportConfiguration {
  /** The builds that were asked about. */
  readonly builds: Builds;
  /** Whether test files were read. */
  readonly tests: boolean;
  /** The maps of the user's that count before the built-in one, in the order given. */
  readonly capabilityMaps?: readonly UsedMap[];
  /** The built-in map was left out. */
  readonly builtInMap?: false;
  /**
   * diff only: what was compared. `reports`: only what reports say of packages and entry points;
   * `capslock`: only of packages, by Capslock's names, in whatever build it looked at. Absent:
   * the modules themselves.
   */
  readonly compared?: "reports" | "capslock";
  /** Of a scan: what the rows are of, if that is not packages. */
  readonly granularity?: "function" | "entry-point";
  /** As what the two were compared. Absent where only reports were, and of a scan. */
  readonly mode?: Exclude<CompareMode, "single">;
  /** Findings that the user has accepted: the ledger, by the last element of its path. */
  readonly ledger?: UsedMap;
  /** Filters on what is reported, not on what is analysed. */
  readonly capabilities?: readonly Capability[];
  /** Patterns of import paths, as written. */
  readonly packages?: readonly string[];
}

/** A capability map of the user's, or another file that steers the answer. */
export interface UsedMap {
  /** The last element of its path; diagnostics about its lines have it as their file. */
  readonly name: string;
  /** Of its content, in lower-case hexadecimal. */
  readonly sha256: string;
}

/** How much was looked at, of one input or of all together. */
export interface Counts {
  /** All files of the module copies, Go or not. */
  readonly files: number;
  /** Go files that were read. */
  readonly goFiles: number;
  /** Bytes of those Go files. */
  readonly bytes: number;
  /** Packages, external tests and files set apart counted as packages of their own. */
  readonly packages: number;
  /** Packages of other modules that were read, the standard library apart. */
  readonly dependencies: number;
  /** Imported packages that were not at hand. */
  readonly missing: number;
  /** Functions and methods that are declared, `init` included. */
  readonly functions: number;
  /** Calls in those files, without conversions and builtins; ranges over functions are calls. */
  readonly callSites: number;
  /** Calls through interfaces and of function values: what they run depends on values. */
  readonly dynamic: number;
  /** Those of them for which no value is seen that says what they run: it is handed in from outside. */
  readonly handedIn: number;
  /** Calls whose callee is not known: most often because the package that declares it is not at hand. */
  readonly unresolved: number;
}

/** That a package can do something, with the shortest proof. One row a (package, capability). */
export interface CapabilityRow {
  /** Index into `inputs`. */
  readonly input: number;
  /** Import path; for files that no build takes or with another package clause, `path [clause]`. */
  readonly package: string;
  /** The name in its package clause, where that is not the last element of its path. */
  readonly packageName?: string;
  /** The files of this group belong to no build of the package: programs run by hand, say. */
  readonly apart?: true;
  /** Of a scan by functions or entry points: the function that can do it, as in `Step`. */
  readonly function?: string;
  /** What the package, or the function, can do. */
  readonly capability: Capability;
  /** `direct`: the witness stays in the package and the standard library. */
  readonly kind: "direct" | "transitive";
  /** How sure the witness is. */
  readonly certainty: Certainty;
  /** `path@version` of the first other module that the witness leads through: it has the capability from there. */
  readonly inheritedFrom?: string;
  /** The union over all paths, not only the witness. */
  readonly builds: Builds;
  /** Entry points of this package that reach it, by kind and name. */
  readonly entryPoints: readonly EntryPoint[];
  /** How many places of this package use the capability directly. */
  readonly sites: number;
  /** A representative path to what carries the capability: the least doubtful one. */
  readonly witness: Witness;
  /** More of them if they were asked for: through other terminals first. */
  readonly otherWitnesses?: readonly Witness[];
}

/**
 * In what way control gets in: without being called (first two), from outside, or by hand. A function or method counts as
 * exported by its own name: one of an internal package or a program may be reached by other packages of the
 * module. `interface-method`: an exported method of a type that no exported declaration of its package names, which others
 * can call through an interface only.
 */
export type EntryPointKind =
  | "init"
  | "initializer"
  | "exported-function"
  | "exported-method"
  | "interface-method"
  | "main"
  | "cgo-export"
  | "test";

/** A function by which control gets in. */
export interface EntryPoint {
  /** In what way control gets in. */
  readonly kind: EntryPointKind;
  /** As in `Step.function`. */
  readonly function: string;
  /** The builds in which it reaches what it is listed for. */
  readonly builds: Builds;
  /** Where it is declared. */
  readonly position: Position;
}

/** A representative path from a function to what carries the capability, site by site; at least one step. */
export interface Witness {
  /** From the entry point, or the function that stands for it, to the use of the terminal. */
  readonly steps: readonly Step[];
  /** What the last step uses. */
  readonly terminal: Terminal;
}

/** One function on the path, and the place in it that leads on to the next. */
export interface Step {
  /**
   * SSA-style name: `pkg.F`, `(pkg.T).M`, `(*pkg.T).M`, closure `pkg.F$1`, `pkg.init#1`,
   * and `pkg.init:x` for the initialiser of the package variable x.
   */
  readonly function: string;
  /** The import path of the function. */
  readonly package: string;
  /** `path@version` of the module that it is in, if that is not the one that is analysed; of a directory the path alone. */
  readonly module?: string;
  /** How the next one is used: called, mentioned as a value, declared here, or its package is imported. */
  readonly use: "call" | "reference" | "declaration" | "import";
  /**
   * Of a call through an interface or of a function value: how many functions it may run instead of
   * the next one, that one included.
   */
  readonly callees?: number;
  /** The function outside that is called there, and given the next one: when it calls that, if ever, is not known. */
  readonly handedTo?: string;
  /** Where it is used. */
  readonly site: Position;
  /** The line of the site, trimmed and cut to 160 characters. */
  readonly source: string;
}

/** What the capability was given for. */
export interface Terminal {
  /** In what way it carries the capability. */
  readonly kind: TerminalKind;
  /** `os/exec.Command`, `C.system`, the linkname's target, the assembly function, ... */
  readonly name: string;
}

/** In what way a place carries a capability by itself: a name that the map knows, or one of the rest. */
export type TerminalKind =
  | "function"
  | "variable"
  | "unsafe-conversion"
  | "reflect-store"
  | "cgo"
  | "linkname"
  | "assembly"
  | "bodiless"
  | "missing-import";

/** One argument of a call as written (cut to 120 characters), and its value where it is constant. */
export interface Argument {
  /** As written, cut to 120 characters. */
  readonly text: string;
  /** A string, or a number or boolean in Go's notation. */
  readonly value?: string;
  /** The value of what is no constant where it stands, but could be worked out. */
  readonly folded?: Folded;
  /** Other values that it may have, sorted, at most seven; absent if there are none. */
  readonly others?: readonly Folded[];
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
  | FunctionChange
  | FlowChange
  | GoroutineChange
  | SignalChange;

/** A (package, capability) that is new or gone, or holds in builds in which it did not. */
export interface CapabilityChange {
  /** Tells changes apart. */
  readonly kind: "capability";
  /** Gained or lost. */
  readonly change: "added" | "removed";
  /** Import path, as in `CapabilityRow`. */
  readonly package: string;
  /** What is gained or lost. */
  readonly capability: Capability;
  /** The package as a whole is new or gone; not told where only reports were compared. */
  readonly wholePackage: boolean;
  /** No package of the other version had it. */
  readonly newToModule: boolean;
  /** `direct`: the witness stays in the package and the standard library. */
  readonly path: "direct" | "transitive";
  /** How sure the witness is. */
  readonly certainty: Certainty;
  /** The builds in which it is new or gone. */
  readonly builds: Builds;
  /** A path to it, in the version that has it. */
  readonly witness: Witness;
}

/** An entry point that newly reaches a capability, or no longer does. */
export interface EntryPointChange {
  /** Tells changes apart. */
  readonly kind: "entry-point";
  /** Whether it newly reaches the capability or no longer does. */
  readonly change: "added" | "removed";
  /** The function by which control gets in. */
  readonly entryPoint: EntryPoint;
  /** The import path of the entry point. */
  readonly package: string;
  /** What it newly reaches, or reaches no longer. */
  readonly capability: Capability;
  /**
   * The function is in both versions: existing callers are affected. Absent where only reports
   * were compared and the other one does not name it.
   */
  readonly existing?: boolean;
  /** How sure the witness is. */
  readonly certainty: Certainty;
  /** The builds in which that is new or gone. */
  readonly builds: Builds;
  /**
   * A path from the entry point, in the version that has it; its last step alone where only reports
   * were compared and the path that they have starts elsewhere.
   */
  readonly witness: Witness;
}

/** A use of something that carries a capability. */
export interface CallSiteChange {
  /** Tells changes apart. */
  readonly kind: "call-site";
  /** `changed`: other constant arguments; `moved`: in another function. */
  readonly change: ChangeSort;
  /** The import path of the function that it is in. */
  readonly package: string;
  /** The function that it is in, as in `Step`. */
  readonly function: string;
  /** Where it was before, when it moved. */
  readonly oldFunction?: string;
  /** What is used. */
  readonly terminal: Terminal;
  /** How it is used. */
  readonly use: Step["use"];
  /** What it brings, sorted. */
  readonly capabilities: readonly Capability[];
  /** The function is in both versions. */
  readonly existing: boolean;
  /** The builds in which it is. */
  readonly builds: Builds;
  /** In the new version, or in the old one when removed. */
  readonly site: Site;
  /** Of a call, in order; empty for other uses. */
  readonly arguments: readonly Argument[];
  /** Of the old version, when changed or moved. */
  readonly oldSite?: Site;
  /** As `arguments`, of the old version. */
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
  /** Tells changes apart. */
  readonly kind: "directive";
  /** New, gone, or with another text. */
  readonly change: "added" | "removed" | "changed";
  /** Which directive. */
  readonly directive: DirectiveKind;
  /** The import path of the package that it is in. */
  readonly package: string;
  /** Where it is, in the new version, or in the old one when removed. */
  readonly position: Position;
  /** Cut to 400 characters. */
  readonly text: string;
  /** Its text in the old version, when changed. */
  readonly oldText?: string;
  /** Of a preamble, all of it: as `FileChange.format` of C. */
  readonly format?: string;
  /** In the old version, when changed and another; empty if it had none. */
  readonly oldFormat?: string;
  /** The builds that its file is in. */
  readonly builds: Builds;
}

/** What a file that is not Go means to a build. */
export type FileRole = "assembly" | "c-source" | "object" | "executable" | "archive" | "embedded";

/** A file that is not Go and ends up in, or beside, the program. */
export interface FileChange {
  /** Tells changes apart. */
  readonly kind: "file";
  /** New, gone, with another content, or with another name. */
  readonly change: ChangeSort;
  /** Slash path inside the module. */
  readonly name: string;
  /** Its name in the old version, when moved. */
  readonly oldName?: string;
  /** What it means to a build. */
  readonly role: FileRole;
  /**
   * What its first bytes say it is, whatever its name: `ELF`, `PE`, `Mach-O`, `ar`, `zip`, ...; of C and assembly that do not wait for a call `runs when
   * loaded`, or `reaches out when loaded`; of those that do `reaches out when called` where they run programs, connect or call the system.
   */
  readonly format?: string;
  /** Bytes. */
  readonly size: number;
  /** Of the content, in lower-case hexadecimal. */
  readonly sha256: string;
  /** In the old version, when changed and another; empty if it had none. */
  readonly oldFormat?: string;
  /** Bytes in the old version, when changed. */
  readonly oldSize?: number;
  /** Of the content in the old version, when changed. */
  readonly oldSha256?: string;
}

/** A line of go.mod. */
export interface GoModChange {
  /** Tells changes apart. */
  readonly kind: "go-mod";
  /** New, gone, or with another value. */
  readonly change: "added" | "removed" | "changed";
  /** `require`, `replace`, `exclude`, `retract`, `tool`, `go`, `toolchain`, `godebug`, `module`, `ignore`. */
  readonly directive: string;
  /** What the line is about: a module path, say; empty for `go` and `toolchain`. */
  readonly subject: string;
  /** The rest of the line: a version, say. */
  readonly value?: string;
  /** The rest of the line in the old version, when changed. */
  readonly oldValue?: string;
  /** Of a `require`: marked `// indirect`, in the version that has it, when changed in the new one. */
  readonly indirect?: true;
}

/** A function that only got another name, receiver, file or package. */
export interface FunctionChange {
  /** Tells changes apart. */
  readonly kind: "function";
  /** The code is the same. */
  readonly change: "moved";
  /** Its name now, as in `Step`. */
  readonly function: string;
  /** Its name before. */
  readonly oldFunction: string;
  /** Where it is now. */
  readonly position: Position;
  /** Where it was. */
  readonly oldPosition: Position;
}

/** A flow of data that is new or gone. */
export interface FlowChange {
  /** Tells changes apart. */
  readonly kind: "flow";
  /** New or gone. */
  readonly change: "added" | "removed";
  /** In the version that has it. */
  readonly flow: Flow;
  /** The function with the sink is in both versions. */
  readonly existing: boolean;
}

/** A goroutine that is started where none was, or no longer. */
export interface GoroutineChange {
  /** Tells changes apart. */
  readonly kind: "goroutine";
  /** New or gone. */
  readonly change: "added" | "removed";
  /** The import path of the function that starts it. */
  readonly package: string;
  /** The function that starts it, as in `Step`. */
  readonly function: string;
  /** What runs in it, as in `Step`. */
  readonly callee: string;
  /** What that reaches by calls that names alone tell, sorted. */
  readonly capabilities: readonly Capability[];
  /** It waits for time to pass: by sleeping, or with a timer or ticker. */
  readonly waits: boolean;
  /** The function that starts it is in both versions. */
  readonly existing: boolean;
  /** The builds in which it is started. */
  readonly builds: Builds;
  /** Where it is started. */
  readonly site: Site;
}

/**
 * Something in the bytes of a file that no name in the code tells: `far-right-code` (behind so many blanks that editors do
 * not show it), `bidirectional` (control characters that show code in another order), `invisible` (characters without width),
 * `mixed-script` (an identifier of letters of several scripts), `disguised-file` (the content does not fit the extension),
 * `run-on-open` (a file that makes an editor or agent run something when the folder is opened), `agent-instructions` (a line for
 * coding agents that names what fetches something, or a file with credentials), `build-setup` (what make runs when it reads its
 * file, and what workflows of build servers hand out).
 */
export type SignalKind =
  | "far-right-code"
  | "bidirectional"
  | "invisible"
  | "mixed-script"
  | "disguised-file"
  | "run-on-open"
  | "agent-instructions"
  | "build-setup";

/** A signal that is new or gone. */
export interface SignalChange {
  /** Tells changes apart. */
  readonly kind: "signal";
  /** New or gone. */
  readonly change: "added" | "removed";
  /** Which signal. */
  readonly signal: SignalKind;
  /** Where it is. */
  readonly position: Position;
  /** What is there, cut to 160 characters: the code, the identifier, the command. */
  readonly text: string;
}

/** A diagnostic and the input that it is about. */
export interface InputDiagnostic extends Diagnostic {
  /** Index into `inputs`. */
  readonly input: number;
}

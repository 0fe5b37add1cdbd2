import type {
  JudgeOptions as AnalyzerJudgeOptions,
  CallPathOptions,
  CallPaths,
  CapabilityRow,
  Counts,
  Diagnostic,
  Input,
  Judged,
  Position,
  ReportConfiguration,
  RowOptions,
  Tool,
  TypesAt,
} from "@capdiff/analyzer";
import type { Provenance } from "@capdiff/modules";

/** What the commands ask of the analysis. They know nothing else of it. */
export interface Engine {
  readonly tool: Tool;
  /**
   * Obtains and analyses one module. Throws a SourceError when it cannot be had; what
   * cannot be understood in it is a diagnostic.
   */
  analyze(query: string, request: AnalysisRequest): Promise<AnalysedModule>;
  /**
   * Analyses a module of which `module` has packages, by itself, with the versions of others that `module` is built with; of Go files
   * only those in the directories. Throws an Error if it has no packages of it.
   */
  analyzeDependency(
    module: AnalysedModule,
    part: Pick<DependencyModule, "path" | "directories">,
    request: AnalysisRequest,
  ): Promise<AnalysedModule>;
  /** Frees what is known of a module, about which nothing can be asked afterwards. */
  release(module: AnalysedModule): void;
  /** Keeps what was worked out of a module, and frees what takes the most memory, if that can be had again. */
  setAside(module: AnalysedModule): Promise<void>;
  /** What each name of a module means, a line each (see the analyzer's `references`). */
  references(query: string, request: AnalysisRequest): Promise<readonly string[]>;
  /** What is known of a place in a file of a module (see the analyzer's `typesAt`). */
  typesAt(query: string, place: Position, request: AnalysisRequest): Promise<TypesAt>;
  /** Which functions each call of a module may run, a line each (see the analyzer's `callLines`). */
  calls(query: string, request: AnalysisRequest): Promise<readonly string[]>;
  /** A line for each flow of data (see the analyzer's `flowLines`). */
  flows(module: AnalysedModule): readonly string[];
  /** How control gets from one function to another (see the analyzer's `callPaths`). */
  paths(module: AnalysedModule, options: CallPathOptions): Promise<CallPaths>;
  /** Sorted: package, function where rows are of functions, then the most telling capability first. */
  capabilities(module: AnalysedModule, options: RowOptions): Promise<readonly CapabilityRow[]>;
  /** What rules say of the changes, or of one module alone. */
  judge(before: AnalysedModule | undefined, after: AnalysedModule, options: JudgeOptions): Promise<Judged>;
  /** How much of the code of `after` is in `before` too: the share of its functions, 0 to 1. */
  sharedCode(before: AnalysedModule, after: AnalysedModule): number;
  /** Whether a published version is what its repository shows (see modules' `verifyModule`). */
  verify(query: string, question: VerifyQuestion, request: AnalysisRequest): Promise<VerifiedTarget>;
  /** Whether what lies in a directory's vendor folder is what was published. */
  verifyVendor(query: string, request: AnalysisRequest): Promise<VerifiedVendorFolder>;
  /** The published versions that the module in a directory is built with, by the bytes of their paths. */
  buildListOf(query: string, request: AnalysisRequest): Promise<readonly string[]>;
  /** Frees the open files. Nothing can be asked afterwards. */
  close(): Promise<void>;
}

/** As what modules are judged. */
export type JudgeOptions = Pick<AnalyzerJudgeOptions, "mode" | "input">;

/** How published versions are verified. */
export interface VerifyQuestion {
  /** The repository, in place of the one that is found. */
  readonly repo?: string;
  /** Hashes to hold copies against: the text of a go.sum. */
  readonly goSum?: string;
  /** Only go.sum and the checksum database, no repository. */
  readonly sumsOnly: boolean;
}

/** What was found out about a published version. */
export interface VerifiedTarget {
  readonly provenance: Provenance;
  readonly diagnostics: readonly Diagnostic[];
  /** What the repository shows, then the published copy, analysed: only if they differ. */
  readonly sides?: readonly [AnalysedModule, AnalysedModule];
}

/** What was found out about a vendor folder, a module each. */
export interface VerifiedVendorFolder {
  readonly modules: readonly Provenance[];
  readonly diagnostics: readonly Diagnostic[];
}

/** What is the same for all modules of one command. */
export interface AnalysisRequest {
  readonly narrowing: Narrowing;
  readonly tests: boolean;
  /** Whether `replace` and `exclude` of a published module count, as they do for whoever builds it itself. */
  readonly asMain: boolean;
  /** Whether what lies outside of a directory is read, where its go.mod or a go.work names it. */
  readonly allowOutside: boolean;
  readonly dependencies: DependencyChoice;
  /** Whether functions of other modules count that the target leads to by nothing. */
  readonly whole?: true;
  readonly source: SourceFlags;
  readonly maps: MapsInUse;
  /** A file of facts of the standard library, in place of those that come with the program. */
  readonly stdlib?: string;
  /** Whether compiled packages are kept, and taken from where they are kept. */
  readonly cache: boolean;
  /** Packages to compile at once; absent: as many as there are processors. */
  readonly jobs?: number;
  /** Ends the work when it is time; checked between steps. */
  readonly deadline: Deadline;
  readonly onProgress: (progress: ModuleProgress) => void;
}

/** Which maps say what brings which capability. */
export type MapsInUse = Pick<ReportConfiguration, "capabilityMaps" | "builtInMap">;

/** Whether the modules that a target is built with are read too, and from where: `vendor` is the target's own folder. */
export type DependencyChoice = (typeof dependencyChoices)[number];

export const dependencyChoices = ["all", "vendor", "none"] as const;

/** The builds that are asked about; a field that is absent does not narrow. */
export interface Narrowing {
  readonly goos?: string;
  readonly goarch?: string;
  readonly tags?: readonly string[];
  readonly cgo?: boolean;
}

export interface SourceFlags {
  readonly goproxy?: string;
  readonly gosumdb?: string;
  /** `import/path=place` each. */
  readonly repositories: readonly string[];
  readonly cacheDir?: string;
  readonly offline: boolean;
  /** Downloads are not held against the checksum database. */
  readonly skipSumdb: boolean;
}

export interface Deadline {
  readonly signal: AbortSignal | undefined;
  /** Throws a UsageError once the time is over. */
  check(): void;
}

export interface ModuleProgress {
  readonly query: string;
  readonly phase: string;
  readonly done: number;
  readonly total?: number;
}

/** A module of which packages were read, as it was read. */
export interface DependencyModule {
  /** By which its packages are imported. */
  readonly path: string;
  /** `path@version`, of a directory the path alone: as steps of witnesses write it. */
  readonly name: string;
  /** What reports write before the names of its files: its name, or where it lies in a vendor folder. */
  readonly place: string;
  /** Go's hash of its files. */
  readonly h1: string;
  /** Those in it that these packages lie in, by their bytes; of its root, the empty text. */
  readonly directories: readonly string[];
  /** The map says what all its packages that were read do: what is in them was not looked at. */
  readonly isDecided: boolean;
}

export interface AnalysedModule {
  readonly input: Omit<Input, "role">;
  /** Other modules, by the bytes of their paths. */
  readonly dependencies: readonly DependencyModule[];
  readonly diagnostics: readonly Diagnostic[];
  readonly counts: Counts;
  /** Import paths as the report writes them. */
  readonly packages: readonly string[];
}

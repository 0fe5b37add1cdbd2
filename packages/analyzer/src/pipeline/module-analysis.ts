import type { TerminalUse } from "../classify/terminals.ts";
import type { Program } from "../link/program.ts";
import type { CapabilityMap } from "../model/capability-map.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Counts } from "../model/report.ts";
import type { Signal } from "../model/signal.ts";
import type { Reach } from "../reach/reach.ts";
import type { Traced } from "../trace/trace-flows.ts";
import type { Questions } from "./kept-analysis/questions.ts";
import type { ModuleSource, SourceFile } from "./module-source.ts";
import type { OtherFile } from "./other-files.ts";

/** All that is known of one module. Held in memory, not printed: rows and changes are made from it. */
export interface ModuleAnalysis {
  readonly source: ModuleSource;
  /** The files that reports may show lines of: those of the module and of what it is built with. */
  readonly shownFiles: readonly SourceFile[];
  readonly capabilityMap: CapabilityMap;
  /** Of other modules it has what lies on paths, at least. */
  readonly program: Program;
  readonly terminals: readonly TerminalUse[];
  readonly reach: Reach;
  /** What is known of values; a question to which no answer was kept is lacking one until the module is analysed whole. */
  readonly questions: Questions;
  /** Flows of data, traced when they are first asked for; without source lines. */
  readonly flows: () => Traced;
  /** The same with the whole program; costs a whole analysis if this is one that was kept. */
  readonly whole: () => Promise<ModuleAnalysis>;
  /** Keeps what was worked out for the next analysis of what has the same name. Never rejects. */
  readonly keep: () => Promise<void>;
  /**
   * The same as it is read from what is kept, for which it is kept first: without the program of the other modules, the most
   * of its memory. Itself if it cannot be kept.
   */
  readonly kept: () => Promise<ModuleAnalysis>;
  readonly otherFiles: readonly OtherFile[];
  readonly signals: readonly Signal[];
  readonly diagnostics: readonly Diagnostic[];
  readonly counts: Counts;
}

/** What is used of the analyzer, until it exports it. FIXME: import these from @capdiff/analyzer. */
import type { CapabilityRow, Change, Counts, Diagnostic } from "@capdiff/analyzer";
import type { Narrowing } from "./engine.ts";
import type { GoModLine } from "./go-mod-lines.ts";
import type { Wasm } from "./wasm.ts";

export interface Parser {
  readonly parse: unknown;
}

export interface ModuleSource {
  readonly modulePath: string;
  readonly version?: string;
  readonly files: readonly SourceFile[];
  readonly goMod?: readonly GoModLine[];
}

export interface SourceFile {
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
  read(): Promise<Uint8Array>;
}

export interface AnalyzerOptions {
  readonly parser: Parser;
  readonly capabilityMap: unknown;
  readonly digest: (text: string) => string;
  readonly tests: boolean;
  readonly narrowing?: Narrowing;
  readonly onProgress?: (done: number, total: number) => void;
}

export interface ModuleAnalysis {
  readonly diagnostics: readonly Diagnostic[];
  readonly counts: Counts;
}

export interface Analyzer {
  createParser(wasm: Wasm): Promise<Parser>;
  analyzeModule(source: ModuleSource, options: AnalyzerOptions): Promise<ModuleAnalysis>;
  capabilityRows(analysis: ModuleAnalysis, input: number): Promise<CapabilityRow[]>;
  compareModules(oldSide: ModuleAnalysis, newSide: ModuleAnalysis): Promise<Change[]>;
}

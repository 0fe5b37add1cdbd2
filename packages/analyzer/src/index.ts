/** capdiff's analyzer: bytes of Go modules in, what they can do and what changed out. No input or output. */
export {
  type Build,
  type BuildSet,
  type BuildSets,
  type BuildSetsOptions,
  checkNarrowing,
  createBuilds,
  type Narrowing,
  type NarrowingFailure,
} from "./constraints/index.ts";
export { type CompareReported, compareReported, type ReportedSide } from "./diff/reported.ts";
export { type ExportData, ExportDataError, exportFormat } from "./export-data/index.ts";
export { compareFindings, verdictOf } from "./judge/judge.ts";
export * from "./model/capability.ts";
export * from "./model/capability-map.ts";
export * from "./model/diagnostic.ts";
export type { PackageFacts } from "./model/facts.ts";
export * from "./model/finding.ts";
export * from "./model/flow.ts";
export * from "./model/flow-map.ts";
export * from "./model/position.ts";
export * from "./model/report.ts";
export * from "./model/rule.ts";
export { analyzeModule } from "./pipeline/analyze.ts";
export { type CallPath, type CallPathOptions, type CallPaths, callPaths } from "./pipeline/call-paths.ts";
export { callLines } from "./pipeline/calls.ts";
export { compareModules } from "./pipeline/compare-modules.ts";
export { type CompilerParts, createUnitCompilation } from "./pipeline/compile-unit.ts";
export type { FactsCache } from "./pipeline/facts-cache.ts";
export { flowLines, moduleFlows } from "./pipeline/flows.ts";
export { type Judged, type JudgeOptions, judgeModules, sharedFunctions } from "./pipeline/judge-modules.ts";
export type { ModuleAnalysis } from "./pipeline/module-analysis.ts";
export type {
  AnalyzerOptions,
  Dependencies,
  DependencyPackage,
  GoModLine,
  ModuleSource,
  SourceFile,
  StandardLibrary,
} from "./pipeline/module-source.ts";
export { references } from "./pipeline/references.ts";
export { capabilityRows, type RowOptions } from "./pipeline/rows.ts";
export { compileStandardLibrary, type StandardPackage } from "./pipeline/standard-library.ts";
export { type TypesAt, typesAt } from "./pipeline/types-at.ts";
export type {
  CompiledPackage,
  PackageExports,
  UnitCompiler,
  UnitSize,
  UnitTask,
} from "./pipeline/unit-task.ts";
export { withoutBodies } from "./pipeline/without-bodies.ts";
export { type Granularity, granularities } from "./reach/package-capabilities.ts";
export { createParser, type Parser } from "./syntax/index.ts";

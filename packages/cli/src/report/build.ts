import {
  type Counts,
  type Diagnostic,
  type Input,
  type InputDiagnostic,
  type Report,
  schemaVersion,
  type Tool,
} from "@capdiff/analyzer";
import type { AnalysedModule, AnalysisRequest } from "../engine.ts";
import { narrowedBuilds } from "../narrowing.ts";

export interface ReportParts {
  readonly command: Report["command"];
  /** In the order of the report's inputs. */
  readonly modules: readonly AnalysedModule[];
  readonly tool: Tool;
  readonly request: Pick<AnalysisRequest, "narrowing" | "tests">;
}

/** A report that still lacks its answer: the capabilities or the changes. */
export function buildReport({ command, modules, tool, request }: ReportParts): Report {
  return {
    schemaVersion,
    tool,
    command,
    inputs: modules.map(({ input }, index) => ({ role: roleOf(command, index), ...input })),
    configuration: { builds: narrowedBuilds(request.narrowing), tests: request.tests },
    diagnostics: modules.flatMap(({ diagnostics }, input) => diagnostics.map((one) => withInput(one, input))),
    counts: modules.map(({ counts }) => counts).reduce(addCounts),
  };
}

function roleOf(command: Report["command"], index: number): Input["role"] {
  if (command === "scan") return "target";
  return index === 0 ? "old" : "new";
}

function withInput(diagnostic: Diagnostic, input: number): InputDiagnostic {
  return { input, ...diagnostic };
}

function addCounts(a: Counts, b: Counts): Counts {
  return {
    files: a.files + b.files,
    goFiles: a.goFiles + b.goFiles,
    bytes: a.bytes + b.bytes,
    packages: a.packages + b.packages,
    dependencies: a.dependencies + b.dependencies,
    missing: a.missing + b.missing,
    functions: a.functions + b.functions,
    callSites: a.callSites + b.callSites,
    dynamic: a.dynamic + b.dynamic,
    unresolved: a.unresolved + b.unresolved,
  };
}

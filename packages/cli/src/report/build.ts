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
  readonly request: Pick<AnalysisRequest, "narrowing" | "tests" | "maps">;
}

/** A report that still lacks its answer: the capabilities or the changes. */
export function buildReport({ command, modules, tool, request }: ReportParts): Report {
  return {
    schemaVersion,
    tool,
    command,
    inputs: modules.map(({ input }, index) => ({ role: roleOf(command, index), ...input })),
    configuration: { builds: narrowedBuilds(request.narrowing), tests: request.tests, ...request.maps },
    diagnostics: withoutNamed(modules).flatMap((diagnostics, input) =>
      diagnostics.map((one) => withInput(one, input)),
    ),
    counts: modules.map(({ counts }) => counts).reduce(addCounts),
  };
}

/** The diagnostics of each module, without those of lines of maps that name something of another one. */
function withoutNamed(modules: readonly AnalysedModule[]): readonly (readonly Diagnostic[])[] {
  const key = ({ range }: Diagnostic) => JSON.stringify(range);
  const isUnnamed = ({ code }: Diagnostic) => code === "map-names-nothing";
  const unnamed = modules.map(({ diagnostics }) => new Set(diagnostics.filter(isUnnamed).map(key)));
  const everywhere = (one: Diagnostic) => unnamed.every((keys) => keys.has(key(one)));
  return modules.map(({ diagnostics }) => diagnostics.filter((one) => !isUnnamed(one) || everywhere(one)));
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
    handedIn: a.handedIn + b.handedIn,
    unresolved: a.unresolved + b.unresolved,
  };
}

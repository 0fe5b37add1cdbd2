/** The engine of a real run: modules obtains copies, the analyzer answers, rules names. */
import { createHash } from "node:crypto";
import type { Diagnostic, Tool } from "@capdiff/analyzer";
import {
  type Configuration,
  loadConfiguration,
  type ModuleCopy,
  openModule,
  parseGoMod,
  type SourceDiagnostic,
} from "@capdiff/modules";
import type { Analyzer, AnalyzerOptions, ModuleAnalysis, ModuleSource, Parser } from "./analyzer-api.ts";
import type { AnalysedModule, AnalysisRequest, Engine, SourceFlags } from "./engine.ts";
import { type GoModLine, goModLines } from "./go-mod-lines.ts";
import { readWasm } from "./wasm.ts";

export interface EngineParts {
  readonly analyzer: Analyzer;
  readonly capabilityMap: AnalyzerOptions["capabilityMap"];
  readonly tool: Tool;
  readonly variables: Readonly<Record<string, string | undefined>>;
}

/** A module, with what only the analyzer knows. */
interface Analysed extends AnalysedModule {
  readonly analysis: ModuleAnalysis;
}

/** An engine that loads its parser and its configuration when the first module is asked for. */
export function createEngine(parts: EngineParts): Engine {
  const copies: ModuleCopy[] = [];
  const known = new Map<AnalysedModule, ModuleAnalysis>();
  let parser: Promise<Parser> | undefined;
  let configuration: Promise<Configuration> | undefined;
  const analysisOf = (module: AnalysedModule): ModuleAnalysis => {
    const analysis = known.get(module);
    if (analysis === undefined) throw new Error("this module is of another engine");
    return analysis;
  };
  return {
    tool: parts.tool,
    analyze: async (query, request) => {
      configuration ??= configure(request.source, parts.variables);
      const copy = await openCopy(query, await configuration, request);
      copies.push(copy);
      parser ??= readWasm().then((wasm) => parts.analyzer.createParser(wasm));
      const { analysis, ...module } = await analyseCopy(copy, await parser, parts, request);
      known.set(module, analysis);
      return module;
    },
    capabilities: (module, input) => parts.analyzer.capabilityRows(analysisOf(module), input),
    compare: (before, after) => parts.analyzer.compareModules(analysisOf(before), analysisOf(after)),
    close: async () => {
      for (const copy of copies.splice(0)) await copy.close();
    },
  };
}

function configure(source: SourceFlags, variables: EngineParts["variables"]): Promise<Configuration> {
  const goproxy = source.offline ? "off" : source.goproxy;
  return loadConfiguration({ flags: { goproxy, cacheDir: source.cacheDir }, env: { ...variables } });
}

function openCopy(
  query: string,
  configuration: Configuration,
  request: AnalysisRequest,
): Promise<ModuleCopy> {
  const { deadline, onProgress } = request;
  return openModule(query, {
    configuration,
    signal: deadline.signal,
    onProgress: (progress) => onProgress({ query, ...progress }),
  });
}

async function analyseCopy(
  copy: ModuleCopy,
  parser: Parser,
  { analyzer, capabilityMap }: EngineParts,
  { narrowing, tests, deadline, onProgress }: AnalysisRequest,
): Promise<Analysed> {
  const { modulePath: module, version, query, source, h1 } = copy;
  const goMod = await readGoMod(copy);
  const go = goMod?.find(({ directive }) => directive === "go")?.value;
  const analysis = await analyzer.analyzeModule(moduleSource(copy, goMod), {
    parser,
    capabilityMap,
    digest,
    tests,
    narrowing,
    onProgress: (done, total) => {
      deadline.check();
      onProgress({ query, phase: "analyse", done, total });
    },
  });
  const { counts } = analysis;
  return {
    input: {
      query,
      source,
      module,
      ...(version !== undefined && { version }),
      h1,
      ...(go !== undefined && { go }),
      counts,
    },
    diagnostics: [...copy.diagnostics.map(reportDiagnostic), ...analysis.diagnostics],
    counts,
    analysis,
  };
}

function moduleSource(copy: ModuleCopy, goMod: readonly GoModLine[] | undefined): ModuleSource {
  const { modulePath, version, files } = copy;
  return {
    modulePath,
    ...(version !== undefined && { version }),
    files,
    ...(goMod !== undefined && { goMod }),
  };
}

/** The declarations of the module's go.mod, if it has one. What is wrong with it, the copy's diagnostics say. */
async function readGoMod({ files }: ModuleCopy): Promise<readonly GoModLine[] | undefined> {
  const file = files.find(({ name }) => name === "go.mod");
  if (file === undefined) return undefined;
  return goModLines(parseGoMod(new TextDecoder().decode(await file.read()), file.name).value);
}

function reportDiagnostic({ code, severity, message, file, line, column = 1 }: SourceDiagnostic): Diagnostic {
  const incomplete = severity === "error";
  if (file === undefined) return { code, severity, message, incomplete };
  if (line === undefined) return { code, severity, message, incomplete, file };
  return {
    code,
    severity,
    message,
    incomplete,
    range: { file, line, column, endLine: line, endColumn: column },
  };
}

/** Long enough that no two texts of a program share it. */
function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 24);
}

/** The engine of a real run: modules obtains copies, the analyzer answers, rules names. */
import { createHash } from "node:crypto";
import {
  type AnalyzerOptions,
  analyzeModule,
  type BuildSets,
  type CapabilityMap,
  callLines,
  callPaths,
  capabilityRows,
  checkNarrowing,
  createBuilds,
  type Diagnostic,
  flowLines,
  type GoModLine,
  judgeModules,
  type ModuleAnalysis,
  type Rule,
  references,
  type StandardLibrary,
  sharedFunctions,
  type Tool,
  typesAt,
} from "@capdiff/analyzer";
import {
  buildList,
  type Configuration,
  loadConfiguration,
  type ModuleCopy,
  type OpenOptions,
  openModule,
  parseGoMod,
  parseGoSum,
  type SourceDiagnostic,
  verifyModule,
  verifyVendor,
} from "@capdiff/modules";
import { openCompiler, openFactsCache } from "./compile/compiler.ts";
import { type CompilePool } from "./compile/pool.ts";
import { untilDeadline } from "./deadline.ts";
import { type OpenDependencies, openDependencies, readingOptions } from "./dependencies.ts";
import type { AnalysedModule, AnalysisRequest, Engine, Narrowing, SourceFlags } from "./engine.ts";
import { UsageError } from "./errors.ts";
import { goModLines } from "./go-mod-lines.ts";
import { releaseDiagnostics } from "./go-release.ts";
import { lazyParser } from "./lazy-parser.ts";
import { didYouMean } from "./nearest.ts";
import { shippedLibrary } from "./shipped-library.ts";
import { ContainerError, openStandardLibrary } from "./standard-library/container.ts";

export interface EngineParts {
  readonly capabilityMap: CapabilityMap;
  readonly tool: Tool;
  /** What makes findings of changes; none unless given. */
  readonly rules?: readonly Rule[];
  readonly variables: Readonly<Record<string, string | undefined>>;
}

/** A module, with what only the analyzer knows. */
interface Analysed extends AnalysedModule {
  readonly analysis: ModuleAnalysis;
}

/** An engine that reads its configuration when the first module is asked for, and loads its parser when there is something to parse. */
export function createEngine(parts: EngineParts): Engine {
  const opened: { readonly close: () => Promise<void> }[] = [];
  const known = new Map<AnalysedModule, ModuleAnalysis>();
  const builtWith = new Map<AnalysedModule, OpenDependencies>();
  const { parser, load: loadParser } = lazyParser();
  let standardLibrary: StandardLibrary | undefined;
  // Analyses that are compared share their sets of builds.
  let builds: BuildSets | undefined;
  let configuration: Promise<Configuration> | undefined;
  let compiler: CompilePool | undefined;
  const analysisOf = (module: AnalysedModule): ModuleAnalysis => {
    const analysis = known.get(module);
    if (analysis === undefined) throw new Error("this module is of another engine");
    return analysis;
  };
  const optionsFor = async (query: string, request: AnalysisRequest): Promise<OpenOptions> => {
    checkPort(request.narrowing);
    configuration ??= configure(request.source, parts.variables);
    return openOptions(query, await configuration, request);
  };
  const open = async (query: string, request: AnalysisRequest): Promise<Opened> => {
    const copy = await openModule(query, await optionsFor(query, request));
    opened.push(copy);
    return prepare(copy, query, request);
  };
  /** What the analysis of an open copy needs; if it is built into something, with what that is built with. */
  const prepare = async (
    copy: ModuleCopy,
    query: string,
    request: AnalysisRequest,
    around?: OpenDependencies,
  ): Promise<Opened> => {
    const { configuration } = await optionsFor(query, request);
    builds ??= createBuilds({ narrowing: request.narrowing });
    const stdlib = request.stdlib ?? shippedLibrary;
    standardLibrary ??= openLibrary(stdlib);
    const { cacheDir } = configuration;
    if (compiler === undefined) {
      compiler = openCompiler({
        loadParser,
        builds,
        standardLibrary,
        narrowing: request.narrowing,
        stdlib,
        cache: request.cache,
        jobs: request.jobs,
        signal: request.deadline.signal,
      });
      opened.push(compiler);
    }
    let dependencies = around;
    if (dependencies === undefined && request.dependencies !== "none") {
      dependencies = await openDependencies(copy, standardLibrary, {
        ...openOptions(query, configuration, request),
        ...readingOptions(request),
        deadline: request.deadline,
      });
      opened.push(dependencies);
    }
    const { flowMap } = await import("@capdiff/rules");
    const options = {
      capabilityMap: parts.capabilityMap,
      flowMap,
      parser,
      builds,
      standardLibrary,
      tests: request.tests,
      ...(request.whole === true && { whole: true }),
      compiler,
      ...(request.cache && cacheDir !== undefined && { cache: openFactsCache(cacheDir, parts.tool.version) }),
      ...(dependencies !== undefined && { dependencies }),
      onProgress: (done: number, total: number) => {
        request.deadline.check();
        request.onProgress({ query, phase: "analyse", done, total });
      },
    };
    return { copy: { ...copy, files: untilDeadline(copy.files, request.deadline) }, options };
  };
  const analyse = async ({ copy, options, part }: Opened): Promise<AnalysedModule> => {
    const { analysis, ...module } = await analyseCopy(copy, options, part);
    known.set(module, analysis);
    if (options.dependencies !== undefined) builtWith.set(module, options.dependencies);
    return module;
  };
  return {
    tool: parts.tool,
    analyze: async (query, request) => analyse(await open(query, request)),
    analyzeDependency: async (module, { path, directories }, request) => {
      const around = builtWith.get(module);
      const copy = around?.copyOf(path);
      if (copy === undefined) throw new Error(`nothing of ${path} was read`);
      return analyse(partOf(await prepare(copy, copy.query, request, around), directories));
    },
    release: (module) => {
      known.delete(module);
      builtWith.delete(module);
    },
    setAside: async (module) => void known.set(module, await analysisOf(module).kept()),
    verify: async (query, question, request) => {
      const asked = publishedQuery(query);
      const found = await verifyModule(asked, {
        ...(await optionsFor(query, request)),
        repo: question.repo,
        sumsOnly: question.sumsOnly,
        goSum: question.goSum === undefined ? undefined : parseGoSum(question.goSum),
      });
      const { provenance, published, rebuilt } = found;
      const diagnostics = found.diagnostics.map(reportDiagnostic);
      if (provenance.verdict !== "differs" || published === undefined || rebuilt === undefined) {
        await found.close();
        return { provenance, diagnostics };
      }
      opened.push(found);
      const before = await analyse(await prepare(rebuilt, rebuilt.query, request));
      known.set(before, await analysisOf(before).kept());
      const after = await analyse(await prepare(published, query, request));
      return { provenance, diagnostics, sides: [before, after] };
    },
    verifyVendor: async (query, request) => {
      const options = await optionsFor(query, request);
      const copy = await openModule(query, options);
      opened.push(copy);
      const { modules, diagnostics } = await verifyVendor(copy, options);
      return { modules, diagnostics: diagnostics.map(reportDiagnostic) };
    },
    buildListOf: async (query, request) => {
      const options = await optionsFor(query, request);
      const copy = await openModule(query, options);
      opened.push(copy);
      const list = await buildList(copy, { ...options, ...readingOptions(request) });
      return list.modules.flatMap(({ path, version, replacedBy }) => {
        const used = replacedBy ?? { path, version };
        return used.version === undefined ? [] : [`${used.path}@${used.version}`];
      });
    },
    references: async (query, request) => {
      const { copy, options } = await open(query, request);
      await loadParser();
      return references({ modulePath: copy.modulePath, files: copy.files, goMod: [] }, options);
    },
    typesAt: async (query, place, request) => {
      const { copy, options } = await open(query, request);
      await loadParser();
      return typesAt({ modulePath: copy.modulePath, files: copy.files, goMod: [] }, place, options);
    },
    calls: async (query, request) => {
      const { copy, options } = await open(query, request);
      return callLines({ modulePath: copy.modulePath, files: copy.files, goMod: [] }, options);
    },
    flows: (module) => flowLines(analysisOf(module)),
    paths: (module, options) => callPaths(analysisOf(module), options),
    capabilities: (module, options) => capabilityRows(analysisOf(module), options),
    judge: (before, after, options) =>
      judgeModules(before === undefined ? undefined : analysisOf(before), analysisOf(after), {
        ...options,
        rules: parts.rules ?? [],
        digest,
      }),
    sharedCode: (before, after) => sharedFunctions(analysisOf(before), analysisOf(after)),
    close: async () => {
      // What was opened last may use what was opened before.
      for (const one of opened.splice(0).reverse()) await one.close();
    },
  };
}

/** `path@version`, which alone has a provenance. */
function publishedQuery(query: string): { readonly path: string; readonly query: string } {
  const at = query.indexOf("@");
  if (at > 0 && !/^[./\\]/.test(query)) return { path: query.slice(0, at), query: query.slice(at + 1) };
  throw new UsageError(
    `"${query}" is no published version`,
    "Write MODULE@VERSION, for example example.test/m@v1.2.3 or example.test/m@latest.",
  );
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function checkPort(narrowing: Narrowing): void {
  const problem = checkNarrowing(narrowing);
  if (problem === undefined) return;
  const near = didYouMean(problem.name, problem.valid) ?? "";
  const valid = problem.valid.length === 0 ? "" : `Valid are ${problem.valid.join(", ")}.`;
  throw new UsageError(problem.message, `${near} ${valid}`.trim() || undefined);
}

function openLibrary(file: string): StandardLibrary {
  try {
    return openStandardLibrary(file);
  } catch (error) {
    const problem = file === shippedLibrary ? undefined : inputProblem(error, file);
    if (problem === undefined) throw error;
    throw new UsageError(problem, "Make one with `capdiff stdlib build`.");
  }
}

/** What is wrong with the file, if it is that: it cannot be read, or is no such file. */
function inputProblem(error: unknown, file: string): string | undefined {
  if (error instanceof ContainerError) return error.message;
  if (!(error instanceof Error && "code" in error)) return undefined;
  const why = error.code === "ENOENT" ? "there is no such file" : String(error.code);
  return `cannot read ${file}, which --stdlib names: ${why}`;
}

function configure(source: SourceFlags, variables: EngineParts["variables"]): Promise<Configuration> {
  const goproxy = source.offline ? "off" : source.goproxy;
  return loadConfiguration({
    flags: {
      goproxy,
      gosumdb: source.gosumdb,
      repositories: source.repositories,
      cacheDir: source.cacheDir,
      insecureSkipSumdb: source.skipSumdb,
    },
    env: { ...variables },
  });
}

function openOptions(
  query: string,
  configuration: Configuration,
  { deadline, onProgress }: AnalysisRequest,
): OpenOptions {
  return {
    configuration,
    signal: deadline.signal,
    onProgress: (progress) => onProgress({ query, ...progress }),
  };
}

/** A module copy, and what its analysis needs. */
interface Opened {
  readonly copy: ModuleCopy;
  readonly options: AnalyzerOptions & { readonly dependencies?: OpenDependencies };
  /** Which part of it the copy has, if not all: a name of its own for what is kept. */
  readonly part?: string;
}

/** With the Go files in these directories alone, and all other files. Imports of others are still found. */
function partOf({ copy, options }: Opened, directories: readonly string[]): Opened {
  const wanted = new Set(directories);
  const isIn = (name: string) => wanted.has(name.slice(0, Math.max(0, name.lastIndexOf("/"))));
  const files = copy.files.filter(({ name }) => !name.endsWith(".go") || isIn(name));
  return { copy: { ...copy, files }, options, part: digest(directories.join("\n")) };
}

/** By what it is analysed again. Where the bytes of a published version came from this time does not matter. */
function nameOf({ source, query, modulePath, version }: ModuleCopy): string {
  const isPublished = source === "proxy" || source === "cache" || source === "module-cache";
  return isPublished ? `published ${modulePath}@${version}` : `${source} ${query}`;
}

async function analyseCopy(
  copy: ModuleCopy,
  options: Opened["options"],
  part: string | undefined,
): Promise<Analysed> {
  const { modulePath: module, version, query, source, h1 } = copy;
  const goMod = await readGoMod(copy);
  const go = goMod.find(({ directive }) => directive === "go")?.value;
  const analysis = await analyzeModule(
    {
      modulePath: module,
      name: part === undefined ? nameOf(copy) : `${nameOf(copy)} ${part}`,
      files: copy.files,
      goMod,
    },
    options,
  );
  const { counts } = analysis;
  const release = options.standardLibrary?.release;
  return {
    input: {
      query,
      source,
      module,
      ...(version !== undefined && { version }),
      h1,
      ...(go !== undefined && { go }),
      ...(release !== undefined && { standardLibrary: release }),
      counts,
    },
    diagnostics: [
      ...[...copy.diagnostics, ...(options.dependencies?.diagnostics() ?? [])].map(reportDiagnostic),
      ...releaseDiagnostics(go, release),
      ...analysis.diagnostics,
    ],
    counts,
    dependencies: (options.dependencies?.modules() ?? []).map(({ packages, isOther, ...one }) => ({
      ...one,
      isDecided: !isOther && packages.every(options.capabilityMap.decidesPackage),
    })),
    packages: analysis.program.packages.flatMap((pkg) => (pkg.module === undefined ? [pkg.path] : [])),
    analysis,
  };
}

/** The declarations of the module's go.mod, none without one. What is wrong with it, the copy's diagnostics say. */
async function readGoMod({ files }: ModuleCopy): Promise<readonly GoModLine[]> {
  const file = files.find(({ name }) => name === "go.mod");
  if (file === undefined) return [];
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

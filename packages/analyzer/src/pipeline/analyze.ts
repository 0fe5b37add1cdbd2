/** The stages in order: headers and grouping, syntax to compile for each unit, link, classify, reach; or what was kept of them. */
import { decisionOf } from "../classify/decided.ts";
import { type KnownPackages, unnamedLines } from "../classify/map-lines.ts";
import { classify } from "../classify/terminals.ts";
import { type FoldedCalls, foldCalls } from "../evaluate/fold-calls.ts";
import { goFileName } from "../files/package-files.ts";
import type { StandardFacts } from "../link/declarations.ts";
import { linkProgram, type Program } from "../link/program.ts";
import { createSignatures } from "../link/signatures.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { PackageFacts } from "../model/facts.ts";
import type { FlowMap } from "../model/flow-map.ts";
import type { Counts } from "../model/report.ts";
import { reach } from "../reach/reach.ts";
import { type Traced, traceFlows } from "../trace/trace-flows.ts";
import { type CompiledPackages, compilePackages } from "./compile-packages.ts";
import type { FoundDependencies } from "./dependencies.ts";
import { type FoundPackages, findPackages } from "./find-packages.ts";
import { withFolded } from "./folded-terminals.ts";
import { callsHandedIn } from "./handed-in-calls.ts";
import type { Headers } from "./headers.ts";
import { importCycles } from "./import-cycles.ts";
import { askedProgram } from "./kept-analysis/questions.ts";
import { type AnalysisStore, openStore, type StoredAnalysis } from "./kept-analysis/store.ts";
import { type FlowMemory, openFlowMemory, openMemory } from "./memory.ts";
import type { ModuleAnalysis } from "./module-analysis.ts";
import type { AnalyzerOptions, ModuleSource } from "./module-source.ts";
import { namedFunctions } from "./named-functions.ts";
import { redeclarations } from "./redeclarations.ts";
import { importedStandard, standardFacts } from "./standard-facts.ts";
import { surroundingFiles } from "./surroundings.ts";

/**
 * Analyses a module. Never throws for what is in it; `read` may reject, and so does this then. What was kept of the analysis
 * of the same files, with the same options, stands for it.
 */
export async function analyzeModule(given: ModuleSource, options: AnalyzerOptions): Promise<ModuleAnalysis> {
  const found = await findPackages(given, options);
  const store = openStore(found, options);
  const stored = await store?.stored();
  return stored === undefined
    ? analyzeFound(found, options, { store })
    : storedAnalysis(stored, found, { ...options, store });
}

function storedAnalysis(
  stored: StoredAnalysis,
  found: FoundPackages,
  { store, ...options }: AnalyzerOptions & { readonly store: AnalysisStore | undefined },
): ModuleAnalysis {
  let whole: Promise<ModuleAnalysis> | undefined;
  const analysis: ModuleAnalysis = {
    ...stored,
    source: found.source,
    shownFiles: [...found.source.files, ...found.dependencies.files],
    capabilityMap: options.capabilityMap,
    signals: found.signals.value,
    whole: () => (whole ??= analyzeFound(found, options, { store, stored })),
    keep: async () => {},
    kept: async () => analysis,
  };
  return analysis;
}

interface Kept {
  readonly store: AnalysisStore | undefined;
  readonly stored?: StoredAnalysis;
}

async function analyzeFound(
  found: FoundPackages,
  options: AnalyzerOptions,
  { store, stored }: Kept,
): Promise<ModuleAnalysis> {
  const { source, headers, others, signals, own, dependencies, names } = found;
  const { builds, capabilityMap } = options;
  const { packages, imported, program, standard, keys } = await compileAndLink(
    { source, own, dependencies, names },
    options,
  );
  const memory = await openMemory(source, options);
  const flowMemory = memory && (await openFlowMemory(keys && [...new Set(keys.values())], options));
  const folded = foldCalls(program, { signatures: createSignatures(program, standard), memory });
  const { value: terminals, diagnostics: bounds } = withFolded(
    program,
    folded,
    classify(program, capabilityMap),
  );
  const analysis: ModuleAnalysis = {
    source,
    shownFiles: [...source.files, ...dependencies.files],
    capabilityMap,
    program,
    terminals,
    reach: reach(program, terminals),
    questions: askedProgram(program, folded, stored?.questions.answers()),
    flows: traceLater(program, { flowMap: options.flowMap, standard, folded, memory: flowMemory }),
    whole: async () => analysis,
    keep: async () => {
      // They are kept, too, and what is evaluated for them.
      analysis.flows();
      await memory?.keep(folded.kept());
      await flowMemory?.keep();
      // What depends on how many steps were left when it was asked for is not kept.
      if (keys !== undefined && flowMemory !== undefined && !analysis.questions.isSpent())
        await store?.keep(analysis, { keys, flows: flowMemory.key });
    },
    kept: async () => {
      await analysis.keep();
      const read = await store?.stored();
      return read === undefined ? analysis : storedAnalysis(read, found, { ...options, store });
    },
    otherFiles: await surroundingFiles(source.files, packages, others),
    signals: signals.value,
    diagnostics: [
      ...nothingRead(source, { headers, packages }),
      ...headers.diagnostics,
      ...signals.diagnostics,
      ...packages.flatMap((pkg) => pkg.diagnostics),
      ...importCycles(packages, builds),
      ...redeclarations(packages, builds),
      ...dependencyDiagnostics({ imported, program }, dependencies, options),
      ...unfollowedCalls(program),
      ...bounds,
      ...capabilityMap.diagnostics,
      ...unnamedLines(program, capabilityMap, knownPackages(dependencies, options)),
    ],
    counts: {
      ...countsOf(source, packages),
      handedIn: callsHandedIn(program, { terminals, packages }),
      dependencies: dependencies.packages.length,
      missing: dependencies.missing.length,
    },
  };
  return analysis;
}

interface TraceParts {
  readonly flowMap: FlowMap | undefined;
  readonly standard: StandardFacts;
  readonly folded: FoldedCalls;
  readonly memory: FlowMemory | undefined;
}

function traceLater(program: Program, parts: TraceParts): () => Traced {
  const { flowMap, standard, folded, memory } = parts;
  const trace = (): Traced =>
    flowMap === undefined
      ? { flows: [], diagnostics: [] }
      : traceFlows(program, {
          flowMap,
          standard,
          folded: folded.valuesOf,
          functionsGiven: folded.functionsGiven,
        });
  let traced: Traced | undefined;
  return () => (traced ??= memory === undefined ? trace() : memory.traced(folded, trace));
}

/** How often packages are completed one by one. */
const guessedRounds = 3;

interface Linked {
  /** Of the module. */
  readonly packages: readonly PackageFacts[];
  /** Of others. */
  readonly imported: readonly PackageFacts[];
  readonly program: Program;
  readonly standard: StandardFacts;
  /** As in `CompiledPackages`. */
  readonly keys: CompiledPackages["keys"];
}

/**
 * Of other modules bodies are compiled of functions whose names say that something may lead to them. The
 * program says whether those were all that it needs; the packages of others are compiled whole then, and linked again.
 */
async function compileAndLink(
  { source, own, dependencies, names }: Pick<FoundPackages, "source" | "own" | "dependencies" | "names">,
  options: AnalyzerOptions,
): Promise<Linked> {
  const { capabilityMap } = options;
  const standard = standardFacts(options.standardLibrary, { whole: capabilityMap.isPartial });
  const whole = capabilityMap.isPartial || options.whole === true;
  const followed = dependencies.packages.filter(({ path }) => !dependencies.mapped.has(path));
  let compiled = await compilePackages(
    {
      module: source,
      packages: [...own, ...dependencies.packages],
      names,
      declarationsOnly: ({ path }) => dependencies.mapped.has(path),
      ...(!whole && { wanted: namedFunctions(own, followed) }),
    },
    options,
  );
  for (let round = 1; ; round++) {
    const { facts } = compiled;
    const packages = own.flatMap((one) => facts.get(one) ?? []);
    const imported = dependencies.packages.flatMap((one) => facts.get(one) ?? []);
    const program = link([...packages, ...imported], { whole, standard, ...options });
    if (program.lacking.size === 0) return { packages, imported, program, standard, keys: compiled.keys };
    // Each round links anew: what is wrongly guessed again and again is not guessed any more.
    compiled = await compiled.complete(round < guessedRounds ? program.lacking : new Set(imported));
  }
}

interface LinkParts extends AnalyzerOptions {
  readonly whole: boolean;
  readonly standard: StandardFacts;
}

function link(
  packages: readonly PackageFacts[],
  { whole, standard, builds, capabilityMap }: LinkParts,
): Program {
  const { isPartial } = capabilityMap;
  return linkProgram(packages, {
    builds,
    standard,
    roots: isPartial ? importedStandard(packages, standard, builds) : undefined,
    whole,
    isDecided: (fn) => decisionOf(capabilityMap, fn, fn) !== undefined,
    callsBack: (fn) => !isPartial || decisionOf(capabilityMap, fn, fn)?.includes("UNANALYZED") !== true,
    isIgnored: capabilityMap.ignoresEdge,
  });
}

/** Packages that a line of a map may name though they are not in the program. */
function knownPackages(
  { packages, missing }: FoundDependencies,
  { standardLibrary }: AnalyzerOptions,
): KnownPackages {
  const imported = new Set([...packages.map(({ path }) => path), ...missing]);
  return {
    has: (path) => imported.has(path) || standardLibrary?.nameOf(path) !== undefined,
    factsOf: (path) => standardLibrary?.factsOf?.(path),
  };
}

/** An analysis of nothing finds nothing, which must not pass for an answer. */
function nothingRead(
  { files }: ModuleSource,
  { headers, packages }: { readonly headers: Headers; readonly packages: readonly PackageFacts[] },
): Diagnostic[] {
  if (packages.some((pkg) => pkg.files.length > 0)) return [];
  const names = files.flatMap((file) => goFileName(file.name) ?? []);
  const why =
    headers.files.length > 0
      ? "no Go file is in the builds that were asked for"
      : names.some(({ test }) => !test)
        ? "no Go file could be read"
        : names.length > 0
          ? "there are no Go files but tests, which were not asked for"
          : "there are no Go files";
  const message = `${why}: nothing was analysed`;
  return [{ code: "no-go-files", severity: "warning", message, incomplete: true }];
}

function unfollowedCalls({ unfollowed }: Program): Diagnostic[] {
  if (unfollowed === 0) return [];
  const words = unfollowed === 1 ? "1 call was" : `${unfollowed} calls were`;
  const message = `${words} not followed: each may run very many functions, and there are too many such calls`;
  return [{ code: "too-many-callees", severity: "warning", message, incomplete: true }];
}

/** What of the dependencies the answer lacks. */
function dependencyDiagnostics(
  { imported, program }: Pick<Linked, "imported" | "program">,
  { missing }: FoundDependencies,
  { dependencies, standardLibrary }: AnalyzerOptions,
): Diagnostic[] {
  const followed = new Set(program.functions.map(({ facts }) => facts));
  const found = imported
    .flatMap((pkg) => [
      ...pkg.diagnostics,
      ...pkg.functions.flatMap((fn) => (followed.has(fn) ? (fn.diagnostics ?? []) : [])),
    ])
    .filter(({ incomplete }) => incomplete);
  if (missing.length === 0 || dependencies === undefined) return found;
  const names = missing.slice(0, namesShown).map((path) => missingWords(path, standardLibrary));
  const shown = `${names.join(", ")}${missing.length > namesShown ? ", ..." : ""}`;
  const [words, them] =
    missing.length === 1 ? ["1 imported package", "it"] : [`${missing.length} imported packages`, "them"];
  const message = `${words} could not be had, and calls into ${them} are not followed: ${shown}`;
  return [...found, { code: "missing-imports", severity: "warning", message, incomplete: true }];
}

/** Missing imports that are named. */
const namesShown = 5;

/** Paths without a dot in front are the standard library's, of which another release may have more. */
function missingWords(path: string, standard: AnalyzerOptions["standardLibrary"]): string {
  const [release] = /^go\d+\.\d+/u.exec(standard?.release ?? "") ?? [];
  return release === undefined || /^[^/]*\./u.test(path) ? path : `${path} (${release} does not have it)`;
}

function countsOf(
  source: ModuleSource,
  packages: readonly PackageFacts[],
): Omit<Counts, "dependencies" | "missing" | "handedIn"> {
  const sum = (count: (pkg: PackageFacts) => number) =>
    packages.reduce((total, pkg) => total + count(pkg), 0);
  const overFunctions = sum((pkg) =>
    pkg.functions.reduce((total, { bodies = [] }) => total + bodies.length, 0),
  );
  return {
    files: source.files.length,
    goFiles: sum((pkg) => pkg.files.length),
    bytes: sum((pkg) => pkg.files.reduce((total, file) => total + file.bytes, 0)),
    packages: packages.length,
    functions: sum(
      (pkg) => pkg.functions.filter((fn) => fn.kind !== "closure" && fn.kind !== "initializer").length,
    ),
    callSites: sum((pkg) => pkg.callSites) + overFunctions,
    dynamic: sum((pkg) => pkg.dynamic) + overFunctions,
    unresolved: sum((pkg) => pkg.unresolved),
  };
}

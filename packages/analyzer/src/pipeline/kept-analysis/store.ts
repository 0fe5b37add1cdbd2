/**
 * Where analyses are kept: one for each name of a module, with a digest of all that it depends on, which is what was found
 * before anything was compiled. An analysis of other files, or with other options, does not stand for this one.
 */
import type { PackageFacts } from "../../model/facts.ts";
import { compareText } from "../../model/position.ts";
import type { Traced } from "../../trace/trace-flows.ts";
import { cacheKey, type FactsCache } from "../facts-cache.ts";
import type { FoundPackages } from "../find-packages.ts";
import { isOfUsers, keptFlows, sizeLimit } from "../memory.ts";
import type { ModuleAnalysis } from "../module-analysis.ts";
import type { AnalyzerOptions } from "../module-source.ts";
import type { PackageSource } from "../package-source.ts";
import type { KnownUnit } from "../unit-entry.ts";
import { type KeptAnalysis, keptFormat } from "./kept-analysis.ts";
import { writtenCode } from "./other-code.ts";
import { askedBefore } from "./questions.ts";
import { readProgram } from "./read-analysis.ts";
import { writtenProgram } from "./write-analysis.ts";

/** What of an analysis was kept. */
export type StoredAnalysis = Pick<
  ModuleAnalysis,
  "program" | "terminals" | "reach" | "questions" | "flows" | "otherFiles" | "diagnostics" | "counts"
>;

export interface AnalysisStore {
  /** Undefined if none was kept, or something of it is gone. */
  readonly stored: () => Promise<StoredAnalysis | undefined>;
  /** Asks for flows. Never rejects. */
  readonly keep: (analysis: ModuleAnalysis, made: Made) => Promise<void>;
}

interface Made {
  /** Those of the units of all packages. */
  readonly keys: ReadonlyMap<PackageSource, string>;
  /** The key of the flows. */
  readonly flows: string;
}

/** Undefined of a module without a name, without a cache, and if it depends on maps of users. */
export function openStore(found: FoundPackages, options: AnalyzerOptions): AnalysisStore | undefined {
  const { cache, capabilityMap, flowMap, builds, standardLibrary, dependencies, tests, whole } = options;
  const { name, modulePath } = found.source;
  if (cache === undefined || name === undefined || flowMap === undefined) return undefined;
  if (isOfUsers(capabilityMap)) return undefined;
  const asked = [modulePath, name, builds.narrowing, standardLibrary?.digest ?? null, tests, whole ?? false];
  // Imports that are missing are told of only where they were looked for.
  const key = cacheKey(cache, "analysis", keptFormat, asked, dependencies !== undefined);
  const of = digestOf(found, cache);
  return {
    stored: async () => {
      const text = await cache.get(key);
      // The cache answers with what was put there, which was this.
      const kept = text === undefined ? undefined : (JSON.parse(text) as KeptAnalysis);
      return kept?.of === of ? readAnalysis(kept, found, { ...options, cache }) : undefined;
    },
    keep: async (analysis, { keys, flows }) => {
      const units = found.own.flatMap((one) => keys.get(one) ?? []);
      const { flows: traced } = analysis.flows();
      const { program, otherFiles, diagnostics, counts, questions } = analysis;
      const written = writtenProgram(analysis, traced);
      if (written === undefined || units.length < found.own.length) return;
      const kept: KeptAnalysis = {
        of,
        units,
        flows,
        ...written,
        otherFiles,
        diagnostics,
        counts,
        code: writtenCode(program, questions, traced),
        answers: questions.answers(),
      };
      const text = JSON.stringify(kept);
      if (text.length <= sizeLimit) await cache.put(key, text);
    },
  };
}

/** Of all files, and of what was found out about them and about what is imported. */
function digestOf({ source, own, dependencies, names }: FoundPackages, { digest }: FactsCache): string {
  const { packages, mapped, missing } = dependencies;
  const imports = [...new Set([...own, ...packages].flatMap((one) => one.imports))].sort(compareText);
  const sourceOf = ({ files, ...one }: PackageSource) => [
    one,
    files.map(({ file, ...known }) => [file.name, file.sha256, known]),
  ];
  const all = [
    source.goMod,
    source.files.map((file) => [file.name, file.sha256]),
    own.map(sourceOf),
    packages.map((one) => [sourceOf(one), mapped.has(one.path)]),
    missing,
    imports.map((path) => [path, names(path) ?? null]),
  ];
  return digest(JSON.stringify(all));
}

async function readAnalysis(
  kept: KeptAnalysis,
  { own }: FoundPackages,
  { builds, cache }: AnalyzerOptions & { readonly cache: FactsCache },
): Promise<StoredAnalysis | undefined> {
  const facts = await unitFacts(kept.units, own, cache);
  const flows: Traced | undefined = await keptFlows(cache, kept.flows);
  if (facts === undefined || flows === undefined) return undefined;
  const { otherFiles, diagnostics, counts } = kept;
  const read = readProgram(kept, facts, builds);
  return {
    ...read,
    questions: askedBefore(read.program, kept),
    flows: () => flows,
    otherFiles,
    diagnostics,
    counts,
  };
}

/** Of the packages; undefined if those of one are not in the cache any more. */
async function unitFacts(
  keys: readonly string[],
  own: readonly PackageSource[],
  cache: FactsCache,
): Promise<PackageFacts[] | undefined> {
  const read = new Map<string, KnownUnit["packages"]>();
  const found: PackageFacts[] = [];
  for (const [index, { path }] of own.entries()) {
    const key = keys[index] ?? "";
    let packages = read.get(key);
    if (packages === undefined) {
      const text = await cache.get(key);
      // The cache answers with what was put there, which was this.
      packages = text === undefined ? [] : (JSON.parse(text) as KnownUnit).packages;
      read.set(key, packages);
    }
    const facts = packages.find((one) => one.path === path)?.facts;
    if (facts === undefined) return undefined;
    found.push(facts);
  }
  return found;
}

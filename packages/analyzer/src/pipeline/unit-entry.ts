/** What the cache holds of a unit, and under which key. */
import type { PackageNames } from "../declare/import-names.ts";
import { exportFormat, exportHash, type Hashing } from "../export-data/index.ts";
import type { PackageFacts } from "../model/facts.ts";
import { compareText } from "../model/position.ts";

import { cacheKey, type FactsCache } from "./facts-cache.ts";
import type { AnalyzerOptions } from "./module-source.ts";
import type { PackageSource } from "./package-source.ts";
import type { CompiledPackage } from "./unit-task.ts";

/** Changes whenever facts that were stored before could be misread, or would be made otherwise. */
export const factsFormat = 13;

/** All that a unit depends on. */
export interface UnitKeyInput {
  readonly members: readonly PackageSource[];
  /** Deep export hashes of the packages that it imports, and of those that their exports refer to. */
  readonly hashes: ReadonlyMap<string, string>;
  readonly names: PackageNames;
  readonly declarationsOnly: (source: PackageSource) => boolean;
  readonly options: AnalyzerOptions;
}

/** The key of a unit. Members are in import order, which is the same for the same members. */
export function unitKey(cache: FactsCache, input: UnitKeyInput): string {
  const { members, declarationsOnly, options } = input;
  const { builds, standardLibrary } = options;
  return cacheKey(
    cache,
    "unit",
    [factsFormat, exportFormat, standardLibrary?.digest ?? null, builds.narrowing],
    members.map((member) => {
      const { files, imports: _, ...one } = member;
      const contents = files.map(({ file, ...known }) => [file.name, file.sha256, known]);
      return [one, declarationsOnly(member), contents];
    }),
    importsOf(input),
  );
}

/** What members import, sorted by path: all that they depend on of other packages. */
export function importsOf({
  members,
  hashes,
  names,
}: Pick<UnitKeyInput, "members" | "hashes" | "names">): (readonly [
  path: string,
  name: string | null,
  hash: string | null,
])[] {
  const imports = [...new Set(members.flatMap((one) => one.imports))].sort(compareText);
  return imports.map((path) => [path, names(path) ?? null, hashes.get(path) ?? null]);
}

/** What is known of a unit without its export data. Plain. */
export interface KnownUnit {
  /** Its deep export hash. */
  readonly hash: string;
  readonly packages: readonly KnownPackage[];
}

export interface KnownPackage {
  readonly path: string;
  readonly mentions: readonly string[];
  readonly facts?: PackageFacts;
  /** Bodies of some of its functions were not compiled. */
  readonly partial?: true;
}

export interface StoredUnit {
  readonly unit: () => Promise<KnownUnit>;
  /** The export data of a member, which is read when it is first asked for. */
  readonly exportsOf: (path: string) => Promise<string>;
}

export interface UnitMaking {
  /** Whether a unit in which bodies are missing will do. */
  readonly takesPartial: boolean;
  readonly compile: () => Promise<readonly CompiledPackage[]>;
  /** Keeps the outline of the only package. */
  readonly keepOutline?: ((outline: string) => Promise<void>) | undefined;
  readonly hashes: ReadonlyMap<string, string>;
}

/** A unit that is in the cache, or is put there. What of it is gone from the cache is made again. */
export function storedUnit(
  cache: FactsCache,
  key: string,
  { compile, keepOutline, hashes, takesPartial }: UnitMaking,
): StoredUnit {
  const hashing: Hashing = { deepHashOf: (path) => hashes.get(path), digest: cache.digest };
  const exportsKey = key.replace(/^unit/, "exports");
  let made: Promise<readonly CompiledPackage[]> | undefined;
  const make = () => (made ??= compile().then((packages) => store(packages)));
  let texts: Promise<ReadonlyMap<string, string>> | undefined;

  async function store(packages: readonly CompiledPackage[]): Promise<readonly CompiledPackage[]> {
    const exports = packages.map(({ path, exports: text }) => [path, text]);
    await cache.put(exportsKey, JSON.stringify(exports));
    await cache.put(key, unitText(packages, exportHash(packages, hashing)));
    // Behind what it speaks of.
    for (const { outline } of packages) if (outline !== undefined) await keepOutline?.(outline);
    return packages;
  }

  async function readTexts(): Promise<ReadonlyMap<string, string>> {
    const text = made === undefined ? await cache.get(exportsKey) : undefined;
    // The cache answers with what was put there.
    if (text !== undefined) return new Map(JSON.parse(text) as [string, string][]);
    return new Map((await make()).map(({ path, exports }) => [path, exports]));
  }

  return {
    unit: async () => {
      const text = await cache.get(key);
      const known = text === undefined ? undefined : (JSON.parse(text) as KnownUnit);
      if (known !== undefined && (takesPartial || !known.packages.some(({ partial }) => partial)))
        return known;
      const packages = await make();
      return JSON.parse(unitText(packages, exportHash(packages, hashing))) as KnownUnit;
    },
    exportsOf: async (path) => (await (texts ??= readTexts())).get(path) ?? "",
  };
}

/** A `KnownUnit` as JSON. Facts are JSON already. */
function unitText(packages: readonly CompiledPackage[], hash: string): string {
  const parts = packages.map(({ path, mentions, facts, partial }) => {
    const known = JSON.stringify({ path, mentions, ...(partial && { partial }) });
    return facts === undefined ? known : `${known.slice(0, -1)},"facts":${facts}}`;
  });
  return `{"hash":${JSON.stringify(hash)},"packages":[${parts.join(",")}]}`;
}

/** The target as main module: what its own go.mod requires, replaces and excludes. */
import { readGoMod } from "../go-mod-check.ts";
import type { GoMod, GoModTarget } from "../go-mod-model.ts";
import { type GoSum, readGoSum } from "../go-sum.ts";
import type { ModuleCopy } from "../module-copy.ts";
import { quoted } from "../printable.ts";
import { canonicalVersion } from "../semver.ts";
import type { ModuleVersion } from "../zip.ts";
import type { BuildListOptions } from "./model.ts";
import type { Notes } from "./notes.ts";
import { moduleKey, supportsPruning } from "./requirement-graph.ts";

/** What a build list starts from. */
export interface MainModule {
  readonly path: string;
  readonly goVersion: string | undefined;
  readonly isPruned: boolean;
  /** In the order of go.mod; excluded ones are left out. */
  readonly require: readonly ModuleVersion[];
  readonly requirement: ReadonlyMap<string, "direct" | "indirect">;
  /** By {@link moduleKey}. */
  readonly excluded: ReadonlySet<string>;
  /** By {@link moduleKey}, or by path where every version is replaced. */
  readonly replaced: ReadonlyMap<string, GoModTarget>;
  readonly goSum: GoSum;
}

/** Whether the target's own `replace`, `exclude` and go.sum count. */
export function countsAsMain(target: ModuleCopy, { asMain, vendor }: BuildListOptions): boolean {
  return vendor === true || (asMain ?? target.source === "directory");
}

/**
 * Reads the main module's go.mod; none is one that requires nothing. Unless `asMain`, its `replace` and `exclude`
 * do not count (https://go.dev/ref/mod#go-mod-file-replace), nor does its go.sum: whoever publishes a module must
 * not keep others from reading what it depends on.
 */
export async function mainModule(
  { modulePath: path, files }: ModuleCopy,
  { asMain, notes }: { asMain: boolean; notes: Notes },
): Promise<MainModule> {
  const { value: goMod } = await readGoMod(files);
  const excluded = new Set((asMain ? goMod?.exclude : undefined)?.map(moduleKey));
  const require = usable(goMod, notes).filter((module) => !excluded.has(moduleKey(module)));
  const requirement = new Map<string, "direct" | "indirect">();
  for (const { path: required, indirect } of require)
    if (!indirect || !requirement.has(required)) requirement.set(required, indirect ? "indirect" : "direct");
  const goVersion = goMod?.go?.version;
  return {
    path,
    goVersion,
    isPruned: supportsPruning(goVersion),
    require: require.map(({ path: required, version }) => ({ path: required, version })),
    requirement,
    excluded,
    replaced: asMain && goMod !== undefined ? replacements(goMod, notes) : new Map(),
    goSum: asMain ? await readGoSum(files) : new Map(),
  };
}

/** A version that is a branch or a prefix would have to be looked up first, which `go mod tidy` does. */
function usable(goMod: GoMod | undefined, notes: Notes): GoMod["require"] {
  const require = goMod?.require ?? [];
  const isUsable = ({ version }: ModuleVersion): boolean => canonicalVersion(version) === version;
  for (const { path, version, line } of require.filter((module) => !isUsable(module))) {
    const shown = quoted(`${path}@${version}`);
    notes.add("requirement-unusable", `${shown}, required in line ${line} of go.mod, is no exact version`);
  }
  return require.filter(isUsable);
}

/** Of two that contradict each other, which Go refuses, the first counts. */
function replacements({ replace }: GoMod, notes: Notes): Map<string, GoModTarget> {
  const found = new Map<string, GoModTarget>();
  for (const { old, replacement, line } of replace) {
    const key = old.version === undefined ? old.path : moduleKey({ path: old.path, version: old.version });
    const other = found.get(key);
    if (other === undefined) found.set(key, replacement);
    else if (other.path !== replacement.path || other.version !== replacement.version)
      notes.add("replace-conflict", `line ${line} of go.mod replaces ${quoted(key)} a second time`);
  }
  return found;
}

/** What stands in for a version, if something does: a `replace` of that very version before one of all. */
export function replacementOf(
  { replaced }: Pick<MainModule, "replaced">,
  module: ModuleVersion,
): GoModTarget | undefined {
  return replaced.get(moduleKey(module)) ?? replaced.get(module.path);
}

/** The target as main module: what its own go.mod requires, replaces and excludes; in a workspace, all that it uses. */
import { readGoMod } from "../go-mod-check.ts";
import type { GoMod } from "../go-mod-model.ts";
import { type GoSum, readGoSum } from "../go-sum.ts";
import type { ModuleCopy } from "../module-copy.ts";
import { printable, quoted } from "../printable.ts";
import { canonicalVersion } from "../semver.ts";
import type { ModuleVersion } from "../zip.ts";
import type { BuildListOptions } from "./model.ts";
import type { Notes } from "./notes.ts";
import { type AllReplacements, replacements, workspaceReplacements } from "./replacements.ts";
import { type GraphMain, moduleKey, supportsPruning } from "./requirement-graph.ts";
import { isWorkspaceVendored } from "./vendor-modules.ts";
import { otherMembers, type ReadWorkspace, readWorkspace } from "./workspace.ts";

/** What a build list starts from. */
export interface MainModule {
  readonly path: string;
  readonly goVersion: string | undefined;
  /** Those that are built themselves, without what they exclude: the target, then the others of its workspace. */
  readonly mains: readonly [GraphMain, ...GraphMain[]];
  readonly others: readonly WorkspaceModule[];
  readonly workspace: ReadWorkspace | undefined;
  /** How the target's go.mod names a module. */
  readonly requirement: ReadonlyMap<string, "direct" | "indirect">;
  /** By {@link moduleKey}. */
  readonly excluded: ReadonlySet<string>;
  readonly replaced: AllReplacements;
  readonly goSum: GoSum;
}

/** A module that the target's workspace uses. */
export interface WorkspaceModule {
  readonly path: string;
  readonly directory: string;
  readonly goVersion: string | undefined;
}

/** Whether the target's own `replace`, `exclude` and go.sum count. */
export function countsAsMain(target: ModuleCopy, { asMain, vendor }: BuildListOptions): boolean {
  return vendor === true || (asMain ?? target.source === "directory");
}

/**
 * Reads the main module's go.mod; none is one that requires nothing. Unless it counts as main, its `replace` and
 * `exclude` do not (https://go.dev/ref/mod#go-mod-file-replace), nor its go.sum or a workspace: whoever publishes a
 * module must not keep others from reading what it depends on.
 */
export async function mainModule(
  target: ModuleCopy,
  { options, notes }: { options: BuildListOptions; notes: Notes },
): Promise<MainModule> {
  const asMain = countsAsMain(target, options);
  const { value: goMod } = await readGoMod(target.files);
  const workspace = asMain ? await workspaceOf(target, { options, notes }) : undefined;
  if (workspace !== undefined) return inWorkspace(target, { workspace, goMod, notes });
  const counted = asMain ? goMod : undefined;
  const excluded = exclusions([counted]);
  return {
    path: target.modulePath,
    goVersion: goMod?.go?.version,
    mains: [graphMain({ path: target.modulePath, goMod, where: "go.mod" }, { excluded, notes })],
    others: [],
    workspace: undefined,
    requirement: requirementsOf(goMod, excluded),
    excluded,
    replaced: { first: replacements(counted?.replace ?? [], "go.mod", notes), others: [] },
    goSum: asMain ? await readGoSum(target.files) : new Map(),
  };
}

/** A `vendor` folder is a workspace's if it says so; otherwise it is the target's alone. */
async function workspaceOf(
  target: ModuleCopy,
  { options, notes }: { options: BuildListOptions; notes: Notes },
): Promise<ReadWorkspace | undefined> {
  if (options.vendor === true && !(await isWorkspaceVendored(target))) return undefined;
  return readWorkspace({ target, options, notes });
}

function inWorkspace(
  target: ModuleCopy,
  {
    workspace,
    goMod,
    notes,
  }: { readonly workspace: ReadWorkspace; readonly goMod: GoMod | undefined; readonly notes: Notes },
): MainModule {
  const others = otherMembers(workspace);
  const excluded = exclusions(workspace.members.map((member) => member.goMod));
  const main = (one: Declared): GraphMain => graphMain(one, { excluded, notes });
  const named = others.map(({ path, directory, goMod: mod }) => ({
    path,
    goMod: mod,
    where: `${printable(directory)}/go.mod`,
  }));
  return {
    path: target.modulePath,
    goVersion: goMod?.go?.version,
    mains: [main({ path: target.modulePath, goMod, where: "go.mod" }), ...named.map(main)],
    others: others.map(({ path, directory, goMod: mod }) => ({
      path,
      directory,
      goVersion: mod.go?.version,
    })),
    workspace,
    requirement: requirementsOf(goMod, excluded),
    excluded,
    replaced: workspaceReplacements(workspace, notes),
    goSum: workspace.goSum,
  };
}

/** A go.mod, and how messages call it. */
interface Declared {
  readonly path: string;
  readonly goMod: GoMod | undefined;
  readonly where: string;
}

function graphMain(
  { path, goMod, where }: Declared,
  { excluded, notes }: { readonly excluded: ReadonlySet<string>; readonly notes: Notes },
): GraphMain {
  const require = usable(goMod, where, notes)
    .map(({ path: required, version }) => ({ path: required, version }))
    .filter((module) => !excluded.has(moduleKey(module)));
  return { path, require, isPruned: supportsPruning(goMod?.go?.version) };
}

function exclusions(goMods: readonly (GoMod | undefined)[]): Set<string> {
  return new Set(goMods.flatMap((goMod) => goMod?.exclude ?? []).map(moduleKey));
}

function requirementsOf(
  goMod: GoMod | undefined,
  excluded: ReadonlySet<string>,
): Map<string, "direct" | "indirect"> {
  const found = new Map<string, "direct" | "indirect">();
  for (const required of goMod?.require ?? []) {
    if (!isExact(required) || excluded.has(moduleKey(required))) continue;
    if (!required.indirect || !found.has(required.path))
      found.set(required.path, required.indirect ? "indirect" : "direct");
  }
  return found;
}

/** A version that is a branch or a prefix would have to be looked up first, which `go mod tidy` does. */
function usable(goMod: GoMod | undefined, where: string, notes: Notes): GoMod["require"] {
  const require = goMod?.require ?? [];
  for (const { path, version, line } of require.filter((module) => !isExact(module))) {
    const shown = quoted(`${path}@${version}`);
    notes.add("requirement-unusable", `${shown}, required in line ${line} of ${where}, is no exact version`);
  }
  return require.filter(isExact);
}

function isExact({ version }: ModuleVersion): boolean {
  return canonicalVersion(version) === version;
}

/** What stands in for modules: the `replace` directives of a main module, or of a workspace. */
import type { GoModReplace, GoModTarget } from "../go-mod-model.ts";
import { printable, quoted } from "../printable.ts";
import type { ModuleVersion } from "../zip.ts";
import type { Notes } from "./notes.ts";
import { moduleKey } from "./requirement-graph.ts";
import type { ReadWorkspace } from "./workspace.ts";

/** By {@link moduleKey}, or by path where every version is replaced. */
export type Replacements = ReadonlyMap<string, GoModTarget>;

/** Those that count for a build. */
export interface AllReplacements {
  /** Of go.work, or of the only main module. */
  readonly first: Replacements;
  /** Of the modules of a workspace, in the order of go.work. */
  readonly others: readonly Replacements[];
}

/** Of two that contradict each other, which Go refuses, the first counts. */
export function replacements(replace: readonly GoModReplace[], where: string, notes: Notes): Replacements {
  const found = new Map<string, GoModTarget>();
  for (const { old, replacement, line } of replace) {
    const key = replacedKey(old);
    const other = found.get(key);
    if (other === undefined) found.set(key, replacement);
    else if (!isSame(other, replacement))
      notes.add("replace-conflict", `line ${line} of ${where} replaces ${quoted(key)} a second time`);
  }
  return found;
}

/** What go.work replaces, and what its modules do. What Go refuses in that is noted. */
export function workspaceReplacements(workspace: ReadWorkspace, notes: Notes): AllReplacements {
  const { members, replace } = workspace;
  noteReplacedMembers(workspace, notes);
  const others = members.map(({ directory, goMod }) =>
    replacements(goMod.replace, `${printable(directory)}/go.mod`, notes),
  );
  const byWorkspace = new Set(replace.map(({ old }) => old.path));
  const earlier = new Map<string, GoModTarget>();
  for (const [index, { goMod }] of members.entries()) {
    const open = goMod.replace.filter(({ old }) => !byWorkspace.has(old.path));
    for (const { old } of open) noteConflict(old, { own: others[index], earlier, notes });
    for (const [key, target] of others[index] ?? []) if (!earlier.has(key)) earlier.set(key, target);
  }
  return { first: replacements(replace, "go.work", notes), others };
}

function noteReplacedMembers({ members, replace }: ReadWorkspace, notes: Notes): void {
  const used = new Set(members.map(({ path }) => path));
  for (const { path, version } of replace.map(({ old }) => old))
    if (version === undefined && used.has(path))
      notes.add("replace-conflict", `go.work replaces ${quoted(path)}, which it uses: its directory counts`);
}

/** What an earlier module of the workspace replaces too: by the same key, or, of one version, by that of all. */
function noteConflict(
  old: GoModTarget,
  {
    own,
    earlier,
    notes,
  }: { readonly own: Replacements | undefined; readonly earlier: Replacements; readonly notes: Notes },
): void {
  const key = replacedKey(old);
  const target = own?.get(key);
  const same = earlier.get(key);
  const ofAll = earlier.get(old.path);
  const message = `modules of the workspace replace ${quoted(key)} differently`;
  if (target === undefined) return;
  if (same !== undefined && !isSame(same, target)) notes.add("replace-conflict", message);
  // Go refuses that only if this version is required somewhere.
  else if (ofAll !== undefined && !isSame(ofAll, target)) notes.add("replace-conflict", message, "warning");
}

function replacedKey({ path, version }: GoModTarget): string {
  return version === undefined ? path : moduleKey({ path, version });
}

function isSame(a: GoModTarget, b: GoModTarget): boolean {
  return a.path === b.path && a.version === b.version;
}

/**
 * What stands in for a version, if something does: a `replace` of that very version before one of all. Of modules of a
 * workspace that replace it differently, Go takes the last that replaces all versions.
 */
export function replacementOf(
  { first, others }: AllReplacements,
  module: ModuleVersion,
): GoModTarget | undefined {
  const exact = moduleKey(module);
  const ofFirst = first.get(exact) ?? first.get(module.path);
  if (ofFirst !== undefined) return ofFirst;
  let found: GoModTarget | undefined;
  for (const one of others) {
    const ofAll = one.has(exact) ? undefined : one.get(module.path);
    found = ofAll ?? found ?? one.get(exact);
  }
  return found;
}

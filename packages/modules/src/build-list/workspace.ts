/** A workspace: what its go.work uses and replaces (https://go.dev/ref/mod#workspaces). */
import { isAbsolute, join, relative, sep } from "node:path";
import { parseGoMod, parseGoWork } from "../go-mod.ts";
import type { GoMod, GoModReplace, GoModTarget, GoWork } from "../go-mod-model.ts";
import { type GoSum, joinedGoSums, parseGoSum } from "../go-sum.ts";
import { compareByteOrder } from "../module-copy.ts";
import { printable, quoted } from "../printable.ts";
import type { SourceDiagnostic } from "../source-diagnostic.ts";
import { SourceError } from "../source-error.ts";
import { localDirectory, readLocalFile, targetDirectory } from "./local-directory.ts";
import { findWorkspaceFile, type WorkspaceFile, type WorkspaceSearch } from "./workspace-file.ts";

/** A module that go.work uses. */
export interface WorkspaceMember {
  readonly path: string;
  /** As in go.work. */
  readonly directory: string;
  readonly isTarget: boolean;
  /** With directories that it replaces modules by relative to go.work. */
  readonly goMod: GoMod;
}

/** What a go.work says. */
export interface ReadWorkspace {
  /** Absolute: where go.work lies. */
  readonly directory: string;
  /** In the order of go.work; each path once. One of them is the target. */
  readonly members: readonly WorkspaceMember[];
  readonly replace: readonly GoModReplace[];
  readonly goSum: GoSum;
}

/**
 * The workspace that the target belongs to, undefined if there is none. Modules that cannot be had are noted and
 * left out. A workspace that does not use the target is noted: Go builds no package of such a module.
 */
export async function readWorkspace(search: WorkspaceSearch): Promise<ReadWorkspace | undefined> {
  const file = await findWorkspaceFile(search);
  if (file === undefined) return undefined;
  const goWork = await readGoWork(file, search);
  if (goWork === undefined) return undefined;
  const members: WorkspaceMember[] = [];
  const sums = [await sumOf({ ...file, name: `${file.name}.sum` }, search)];
  for (const { path: directory } of goWork.use) {
    search.options.signal?.throwIfAborted();
    const read = await readMember(directory, { ...search, file });
    if (read === undefined || isRepeated(read.member, members, search)) continue;
    members.push(read.member);
    sums.push(read.goSum);
  }
  if (!members.some(({ isTarget }) => isTarget)) {
    const message = "go.work does not use the target: the build list is that of the target alone";
    search.notes.add("workspace-without-target", message, "warning");
    return undefined;
  }
  return { directory: file.directory, members, replace: goWork.replace, goSum: joinedGoSums(sums) };
}

async function readGoWork(file: WorkspaceFile, search: WorkspaceSearch): Promise<GoWork | undefined> {
  try {
    const { value, diagnostics } = parseGoWork(await textOf(file, search), "go.work");
    noteProblems("go.work", diagnostics, search);
    return value;
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    search.notes.add("workspace-unavailable", `go.work cannot be read: ${error.message}`);
    return undefined;
  }
}

/** A file of the target is read as it was hashed. */
async function textOf({ directory, name, isOwn }: WorkspaceFile, search: WorkspaceSearch): Promise<string> {
  const own = isOwn ? search.target.files.find((file) => file.name === name) : undefined;
  if (own !== undefined) return Buffer.from(await own.read()).toString("utf8");
  const limit = search.options.configuration.limits.goModBytes;
  return readLocalFile({ directory, name, shown: name, limit });
}

/** Without the file, nothing was seen. */
async function sumOf(file: WorkspaceFile, search: WorkspaceSearch): Promise<GoSum> {
  return textOf(file, search).then(parseGoSum, (error: unknown) => {
    if (!(error instanceof SourceError)) throw error;
    if (error.code !== "no-such-file")
      search.notes.add("go-sum-unreadable", `no hash is held against ${quoted(file.name)}: ${error.message}`);
    return parseGoSum("");
  });
}

function noteProblems(
  shown: string,
  diagnostics: readonly SourceDiagnostic[],
  { notes }: WorkspaceSearch,
): void {
  for (const { code, severity, message, line, column } of diagnostics) {
    const place = line === undefined ? "" : `, line ${line}, column ${column}`;
    notes.add(code, `${shown}${place}: ${message}`, severity);
  }
}

interface ReadMember {
  readonly member: WorkspaceMember;
  readonly goSum: GoSum;
}

/** Of the target, whose go.mod's problems are told with the copy, no problem is noted again. */
async function readMember(
  directory: string,
  search: WorkspaceSearch & { readonly file: WorkspaceFile },
): Promise<ReadMember | undefined> {
  const { target, options, notes, file } = search;
  const place = {
    target,
    allowOutside: options.allowOutside,
    base: file.directory,
    what: "workspace directory",
  };
  try {
    const path = await localDirectory(directory, place);
    const isTarget = path === (await targetDirectory(target));
    const at = { directory: path, isOwn: isTarget };
    const shown = `${printable(directory)}/go.mod`;
    const { value, diagnostics } = parseGoMod(await textOf({ ...at, name: "go.mod" }, search), shown);
    if (!isTarget) noteProblems(shown, diagnostics, search);
    if (value.module === undefined) return undefined;
    const goMod = { ...value, replace: value.replace.map((one) => relocated(one, path, file.directory)) };
    return {
      member: { path: value.module.path, directory, isTarget, goMod },
      goSum: await sumOf({ ...at, name: "go.sum" }, search),
    };
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    notes.add("workspace-module-unavailable", `go.work uses ${quoted(directory)}: ${error.message}`);
    return undefined;
  }
}

function isRepeated(
  { path, directory }: WorkspaceMember,
  members: readonly WorkspaceMember[],
  { notes }: WorkspaceSearch,
): boolean {
  const other = members.find((member) => member.path === path);
  if (other === undefined) return false;
  const places = `${quoted(other.directory)} and ${quoted(directory)}`;
  notes.add(
    "workspace-module-repeated",
    `go.work uses ${printable(path)} twice, in ${places}: the first counts`,
  );
  return true;
}

/** The `replace` of a member with its directory as it is seen from go.work, as Go prints it. */
function relocated(one: GoModReplace, member: string, workspace: string): GoModReplace {
  const { path, version } = one.replacement;
  if (version !== undefined || isAbsolute(path)) return one;
  const way = relative(workspace, join(member, path)).replaceAll(sep, "/");
  const replacement: GoModTarget = { path: /^\.\.(?:\/|$)/u.test(way) ? way : `./${way}` };
  return { ...one, replacement };
}

/** The members but the target, in the order of a build list. */
export function otherMembers({ members }: ReadWorkspace): WorkspaceMember[] {
  return members.filter(({ isTarget }) => !isTarget).sort((a, b) => compareByteOrder(a.path, b.path));
}

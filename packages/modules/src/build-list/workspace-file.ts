/** Which go.work counts for a target: the one that GOWORK says, else the nearest one upwards, as in Go. */
import { realpath, stat } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative, sep } from "node:path";
import type { ModuleCopy } from "../module-copy.ts";
import { quoted } from "../printable.ts";
import { ALLOW_OUTSIDE, isInside, targetDirectory } from "./local-directory.ts";
import type { BuildListOptions } from "./model.ts";
import type { Notes } from "./notes.ts";

/** A go.work, by the absolute directory in which it lies, links followed, and its name there. */
export interface WorkspaceFile {
  readonly directory: string;
  readonly name: string;
  /** Whether it is among the target's own files. */
  readonly isOwn: boolean;
}

/** For whom a go.work is looked for, and where to note why it is not used. */
export interface WorkspaceSearch {
  readonly target: ModuleCopy;
  readonly options: Pick<BuildListOptions, "configuration" | "allowOutside" | "signal">;
  readonly notes: Notes;
}

/**
 * The file, undefined if there is none. One outside of the target's tree is only looked for and noted, and not read,
 * unless the caller allows it.
 */
export async function findWorkspaceFile(search: WorkspaceSearch): Promise<WorkspaceFile | undefined> {
  const { target, options, notes } = search;
  const { gowork } = options.configuration;
  const root = await targetDirectory(target);
  if (root === undefined || gowork?.value === "off") return undefined;
  const isNamed = gowork !== undefined && gowork.value !== "auto";
  const file = isNamed ? await namedFile(gowork.value) : await nearestFile(root);
  if (file === undefined) {
    if (isNamed)
      notes.add("workspace-unavailable", `${gowork.from} is ${quoted(gowork.value)}, which names no file`);
    return undefined;
  }
  if (options.allowOutside !== true && !isInside(root, file)) {
    const where = isNamed ? `that ${gowork.from} names` : quoted(relative(root, file).replaceAll(sep, "/"));
    const message = `the workspace file ${where} lies outside of the target: the build list is that of the target alone (${ALLOW_OUTSIDE})`;
    notes.add("workspace-outside", message, "warning");
    return undefined;
  }
  const directory = dirname(file);
  return { directory, name: basename(file), isOwn: directory === root };
}

/** Go takes an absolute path only. */
async function namedFile(path: string): Promise<string | undefined> {
  return isAbsolute(path) && (await isFile(path)) ? realpath(path) : undefined;
}

async function nearestFile(root: string): Promise<string | undefined> {
  for (let directory = root; ; directory = dirname(directory)) {
    const file = join(directory, "go.work");
    if (await isFile(file)) return realpath(file);
    if (directory === dirname(directory)) return undefined;
  }
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

/**
 * Module zips, never extracted: opening one checks every rule, reads each file once for its hash (unless the sums of
 * just these bytes are known), and keeps the file open for reading single files later. What is read later is hashed
 * again in any case. Memory: the list of entries and one file at a time.
 */
import { createHash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import { setImmediate as nextTurn } from "node:timers/promises";
import { h1Hash } from "./h1.ts";
import type { SourceLimits } from "./limits.ts";
import { compareByteOrder, type ModuleFile, type TaskOptions } from "./module-copy.ts";
import { moduleVersionProblem } from "./module-path.ts";
import { quoted } from "./printable.ts";
import { canonicalVersion } from "./semver.ts";
import { SourceError } from "./source-error.ts";
import { readZipEntries, type ZipInput } from "./zip-container.ts";
import { zipEntryContent } from "./zip-content.ts";
import { checkZipNames, type ZipMember } from "./zip-names.ts";
import type { ZipSums } from "./zip-sums.ts";
import { zipViolation } from "./zip-violation.ts";

/** A module path and a canonical version. */
export interface ModuleVersion {
  readonly path: string;
  readonly version: string;
}

/** An open module zip. */
export interface ModuleZip extends ModuleVersion {
  readonly h1: string;
  readonly files: readonly ModuleFile[];
  close(): Promise<void>;
}

/** What {@link openModuleZip} needs besides the file. */
export interface ModuleZipOptions extends TaskOptions {
  /** How the user knows the zip. */
  readonly shown: string;
  readonly limits: SourceLimits;
  /** What the zip must hold; undefined takes it from the first entry's name. */
  readonly expected?: ModuleVersion | undefined;
  /** Where sums of members are kept, so that a zip that was opened before need not be inflated. */
  readonly sums?: ZipSums | undefined;
}

/** Opens and checks a module zip. Takes the handle over: it is closed with the zip, or if this throws. */
export async function openModuleZip(handle: FileHandle, options: ModuleZipOptions): Promise<ModuleZip> {
  try {
    const { shown, limits } = options;
    const input: ZipInput = { file: handle, fileSize: (await handle.stat()).size, shown, limits };
    const entries = await readZipEntries(input);
    const first = entries[0];
    if (first === undefined) throw zipViolation(shown, { rule: "empty" });
    const module = options.expected ?? moduleOfPrefix(first.name, shown);
    const prefix = `${module.path}@${module.version}/`;
    const members = checkZipNames(entries, { shown, prefix, limits });
    if (members.length === 0) throw zipViolation(shown, { rule: "empty" });
    const zip: CheckedZip = { handle, input, module, members };
    return openZip(zip, await memberSums(zip, options));
  } catch (error) {
    await handle.close();
    throw error;
  }
}

function moduleOfPrefix(name: string, shown: string): ModuleVersion {
  const match = /^([^@]+)@([^@/]+)\//u.exec(name);
  if (match === null) throw zipViolation(shown, { rule: "prefix", entry: name });
  const [, path = "", version = ""] = match;
  const problem =
    moduleVersionProblem(path, version) ??
    (canonicalVersion(version) === version ? undefined : `${quoted(version)} is not a canonical version`);
  if (problem !== undefined) throw zipViolation(shown, { rule: "module", entry: name, detail: problem });
  return { path, version };
}

interface CheckedZip {
  readonly handle: FileHandle;
  readonly input: ZipInput;
  readonly module: ModuleVersion;
  readonly members: readonly ZipMember[];
}

/** SHA-256 of each member, in their order. */
async function memberSums(
  zip: CheckedZip,
  { sums, ...task }: Pick<ModuleZipOptions, "sums" | "signal" | "onProgress">,
): Promise<readonly string[]> {
  const make = () => hashMembers(zip, task);
  return sums === undefined ? make() : sums.of({ file: zip.handle, members: zip.members.length }, make);
}

/** Reads and hashes members one after the other; SHA-256 of each, in their order. */
export async function hashMembers(
  { input, members }: Pick<CheckedZip, "input" | "members">,
  task: TaskOptions,
): Promise<readonly string[]> {
  const sums: string[] = [];
  for (const [index, { entry }] of members.entries()) {
    // Small files are hashed synchronously: let timers and signals have their turn.
    if (index % 64 === 0) {
      await nextTurn();
      task.onProgress?.({ phase: "hash", done: index, total: members.length });
    }
    task.signal?.throwIfAborted();
    const hash = createHash("sha256");
    for await (const chunk of zipEntryContent(input, entry)) hash.update(chunk);
    sums.push(hash.digest("hex"));
  }
  task.onProgress?.({ phase: "hash", done: members.length, total: members.length });
  return sums;
}

function openZip({ handle, input, module, members }: CheckedZip, sums: readonly string[]): ModuleZip {
  const state = { isOpen: true };
  const files = members
    .map((member, index) => memberFile(input, { ...member, sha256: sums[index] ?? "", state }))
    .sort((a, b) => compareByteOrder(a.name, b.name));
  const prefix = `${module.path}@${module.version}/`;
  return {
    ...module,
    h1: h1Hash(files.map(({ name, sha256 }) => ({ name: prefix + name, sha256 }))),
    files,
    close: async () => {
      if (state.isOpen) {
        state.isOpen = false;
        await handle.close();
      }
    },
  };
}

/** A member of a zip that is open, or was. */
export interface OpenMember extends ZipMember {
  readonly sha256: string;
  readonly state: { readonly isOpen: boolean };
}

/** A member as a file of a module. What is read is hashed again. */
export function memberFile(input: ZipInput, { name, entry, sha256, state }: OpenMember): ModuleFile {
  const read = async (): Promise<Uint8Array> => {
    if (!state.isOpen)
      throw new SourceError("closed", `${input.shown}: ${quoted(name)} was read after close`);
    const chunks: Uint8Array[] = [];
    for await (const chunk of zipEntryContent(input, entry)) chunks.push(chunk);
    const content = Buffer.concat(chunks);
    if (createHash("sha256").update(content).digest("hex") === sha256) return content;
    throw new SourceError("changed", `${input.shown}: ${quoted(name)} changed while it was in use`);
  };
  return { name, size: entry.size, sha256, read };
}

/** Runs a last step before a zip is handed out; closes the zip if the step fails. */
export async function closingOnFailure<T>(zip: ModuleZip, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    await zip.close();
    throw error;
  }
}

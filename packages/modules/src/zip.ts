/**
 * Module zips, never extracted: opening one checks every rule and reads each file once for its hash (unless just these
 * bytes were opened before), and keeps the file open for reading single files later. What is read later is hashed
 * again in any case. Memory: the list of entries and one file at a time.
 */
import { createHash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import { h1Hash } from "./h1.ts";
import { hashMembers } from "./hashing/members.ts";
import type { SourceLimits } from "./limits.ts";
import { compareByteOrder, type ModuleFile, type TaskOptions } from "./module-copy.ts";
import { moduleVersionProblem } from "./module-path.ts";
import { quoted } from "./printable.ts";
import { canonicalVersion } from "./semver.ts";
import { SourceError } from "./source-error.ts";
import { readZipEntries, type ZipInput } from "./zip-container.ts";
import { zipEntryContent } from "./zip-content.ts";
import type { ListedMember, ZipListing, ZipListings } from "./zip-listings.ts";
import { checkZipNames } from "./zip-names.ts";
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
  /** To be called once we have given a zip that we wrote its name: then it need not be read again. */
  keepWritten(): Promise<void>;
  close(): Promise<void>;
}

/** What {@link openModuleZip} needs besides the file. */
export interface ModuleZipOptions extends TaskOptions {
  /** How the user knows the zip. */
  readonly shown: string;
  readonly limits: SourceLimits;
  /** What the zip must hold; undefined takes it from the first entry's name. */
  readonly expected?: ModuleVersion | undefined;
  /** Where it is kept what is in zips, so that one that was opened before need not be read. */
  readonly listings?: ZipListings | undefined;
}

/** Opens and checks a module zip. Takes the handle over: it is closed with the zip, or if this throws. */
export async function openModuleZip(handle: FileHandle, options: ModuleZipOptions): Promise<ModuleZip> {
  try {
    const { shown, limits, listings, expected } = options;
    const before = await handle.stat({ bigint: true });
    const input: ZipInput = { file: handle, fileSize: Number(before.size), shown, limits };
    const make = () => listZip(input, options);
    const listing = await (listings === undefined ? make() : listings.of({ file: handle, limits }, make));
    const isExpected =
      expected === undefined || (listing.path === expected.path && listing.version === expected.version);
    // What was found to be another module's zip is told as if it were read the first time.
    const zip = openZip(input, isExpected ? listing : await make());
    return {
      ...zip,
      keepWritten: async () => listings?.keepWritten({ file: handle, limits }, { listing, before }),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Checks every rule, and reads each file once. */
async function listZip(input: ZipInput, options: ModuleZipOptions): Promise<ZipListing> {
  const { shown, limits, expected } = options;
  const entries = await readZipEntries(input);
  const first = entries[0];
  if (first === undefined) throw zipViolation(shown, { rule: "empty" });
  const { path, version } = expected ?? moduleOfPrefix(first.name, shown);
  const members = checkZipNames(entries, { shown, prefix: `${path}@${version}/`, limits });
  if (members.length === 0) throw zipViolation(shown, { rule: "empty" });
  const sums = await hashMembers(input, members, options);
  const listed = members.map(({ name, entry }, index) => ({ name, sha256: sums[index] ?? "", entry }));
  return { path, version, members: listed.sort((a, b) => compareByteOrder(a.name, b.name)) };
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

function openZip(input: ZipInput, { path, version, members }: ZipListing): Omit<ModuleZip, "keepWritten"> {
  const state = { isOpen: true };
  const prefix = `${path}@${version}/`;
  return {
    path,
    version,
    h1: h1Hash(members.map(({ name, sha256 }) => ({ name: prefix + name, sha256 }))),
    files: members.map((member) => memberFile(input, { ...member, state })),
    close: async () => {
      if (state.isOpen) {
        state.isOpen = false;
        await input.file.close();
      }
    },
  };
}

/** A member of a zip that is open, or was. */
export interface OpenMember extends ListedMember {
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

/**
 * Downloads on disk, in the layout of Go's `cache/download`, which is that of a module proxy with a `.ziphash`
 * beside each zip. Go's own is only read; capdiff's is also written, by temporary file and rename, so that
 * other processes see a whole zip or none. Whatever is read is hashed again.
 */
import { randomBytes } from "node:crypto";
import { type FileHandle, open, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { escapePath, escapeVersion } from "./escape.ts";
import { openRegularFile, readRegularFile } from "./file-handle.ts";
import type { SourceLimits } from "./limits.ts";
import { makeFolder } from "./make-folder.ts";
import type { TaskOptions } from "./module-copy.ts";
import { type ModuleInfo, parseModuleInfo } from "./module-info.ts";
import { printable, quoted } from "./printable.ts";
import type { SourceDiagnostic } from "./source-diagnostic.ts";
import { SourceError } from "./source-error.ts";
import { type ModuleVersion, type ModuleZip, type ModuleZipOptions, openModuleZip } from "./zip.ts";
import type { ZipListings } from "./zip-listings.ts";

/** A folder of downloads, and the place in it of one module version. */
export interface CachePlace {
  readonly kind: "module-cache" | "cache";
  /** The folder that holds the escaped module paths. */
  readonly root: string;
  readonly module: ModuleVersion;
  readonly limits: SourceLimits;
  /** Where it is kept what is in zips that were opened before. */
  readonly listings: ZipListings | undefined;
}

/** The path of a version's file without its extension. */
export function placeOf({ root, module }: CachePlace): string {
  return join(root, ...escapePath(module.path).split("/"), "@v", escapeVersion(module.version));
}

/**
 * The zip in the cache, if it is there, keeps to all rules, and hashes to its `.ziphash`. A zip that does not is
 * noted and not used. In Go's cache a zip from old releases may lack the hash; in ours it then counts as absent.
 */
export async function openCachedZip(
  place: CachePlace,
  diagnostics: SourceDiagnostic[],
  task: TaskOptions,
): Promise<ModuleZip | undefined> {
  const shown = `${place.module.path}@${place.module.version} in the ${NAMES[place.kind]}`;
  const note = (code: string, message: string): undefined => {
    diagnostics.push({ code: `${place.kind}-${code}`, severity: "warning", message });
    return undefined;
  };
  const recorded = readRecordedHash(place);
  if (recorded === undefined && place.kind === "cache") return undefined;
  let zip: ModuleZip | undefined;
  try {
    const handle = await openRegularFile(`${placeOf(place)}.zip`, shown);
    zip = await openModuleZip(handle, zipOptions(place, shown, task));
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    if (error.code === "no-such-file") return undefined;
    return note("unusable", `${shown} is not used: ${error.message}`);
  }
  if (recorded === zip.h1) return zip;
  if (recorded === undefined) {
    note("hash-missing", `${shown} has no recorded hash to compare with; its hash is ${zip.h1}`);
    return zip;
  }
  await zip.close();
  return note(
    "mismatch",
    `${shown} is not used: its bytes hash to ${zip.h1}, but ${quoted(recorded)} was recorded when it was downloaded`,
  );
}

const NAMES = { "module-cache": "Go module cache", cache: "capdiff cache" } as const;

function readRecordedHash(place: CachePlace): string | undefined {
  const text = readSmallFile(`${placeOf(place)}.ziphash`, 4096);
  return text?.toString("utf8").trim();
}

/** The `.info` beside the zip, if there is a readable one for this version. */
export function readCachedInfo(place: CachePlace): ModuleInfo | undefined {
  const text = readSmallFile(`${placeOf(place)}.info`, place.limits.answerBytes);
  try {
    const info = text === undefined ? undefined : parseModuleInfo(text.toString("utf8"), "cache");
    return info?.version === place.module.version ? info : undefined;
  } catch {
    // A damaged hint is no hint.
    return undefined;
  }
}

/** The bytes of a regular file; undefined if it is missing, unreadable or larger than `limit` bytes. */
export function readSmallFile(file: string, limit: number): Buffer | undefined {
  try {
    return readRegularFile(file, { shown: file, limit });
  } catch {
    return undefined;
  }
}

function zipOptions(
  { limits, module, listings }: CachePlace,
  shown: string,
  task: TaskOptions,
): ModuleZipOptions {
  return { ...task, shown, limits, expected: module, listings };
}

/** How {@link storeZip} gets the bytes, and what goes beside them. */
export interface Download {
  readonly info: ModuleInfo;
  /** Writes the zip into the empty file. */
  fetch(file: FileHandle): Promise<void>;
  /** Rejects if the zip is not to be kept. */
  accept(zip: ModuleZip): Promise<void>;
}

/**
 * Downloads into the cache and returns the open zip. Only a zip that keeps to all rules and is accepted gets its final
 * name; on any failure nothing is left behind. Two processes may store the same version at once.
 */
export async function storeZip(place: CachePlace, download: Download, task: TaskOptions): Promise<ModuleZip> {
  const base = placeOf(place);
  const temporary = temporaryName(base);
  const handle = await inCache(base, async () => {
    await makeFolder(join(base, ".."));
    return open(temporary, "wx+", 0o600);
  });
  let zip: ModuleZip | undefined;
  try {
    await fetchInto(handle, download);
    const shown = `${place.module.path}@${place.module.version}`;
    zip = await openModuleZip(handle, zipOptions(place, shown, task));
    await download.accept(zip);
    await storeBeside(base, { temporary, zip, info: download.info });
    await zip.keepWritten();
    return zip;
  } catch (error) {
    await zip?.close();
    await rm(temporary, { force: true });
    throw error;
  }
}

async function fetchInto(handle: FileHandle, download: Download): Promise<void> {
  try {
    await download.fetch(handle);
    await handle.sync();
  } catch (error) {
    await handle.close();
    throw writeFailure("the download", error);
  }
}

/** The zip comes last: whoever finds it finds its hash too. */
async function storeBeside(
  base: string,
  { temporary, zip, info }: { temporary: string; zip: ModuleZip; info: ModuleInfo },
): Promise<void> {
  await inCache(base, async () => {
    await writeWhole(`${base}.info`, `${JSON.stringify(goInfo(info))}\n`);
    await writeWhole(`${base}.ziphash`, zip.h1);
    await rename(temporary, `${base}.zip`);
  });
}

/** An `.info` as a proxy would write it, so that the cache can serve as one. */
function goInfo({ version, time, origin }: ModuleInfo): object {
  const { vcs, url, subdir, hash, ref, tagPrefix, tagSum, repoSum } = origin ?? {};
  const Origin = {
    VCS: vcs,
    URL: url,
    Subdir: subdir,
    Hash: hash,
    Ref: ref,
    TagPrefix: tagPrefix,
    TagSum: tagSum,
    RepoSum: repoSum,
  };
  return { Version: version, Time: time, ...(origin !== undefined && { Origin }) };
}

/** Writes by temporary file and rename, so that others see the whole content or none. */
export async function writeWhole(file: string, content: string | Uint8Array): Promise<void> {
  const temporary = temporaryName(file);
  await writeFile(temporary, content, { flag: "wx", mode: 0o600 });
  await rename(temporary, file);
}

function temporaryName(file: string): string {
  return `${file}.${process.pid}-${randomBytes(6).toString("hex")}.tmp`;
}

/** Runs a step that writes below `base`; what the file system refuses becomes a `cache-unwritable`. */
export async function inCache<T>(base: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    throw writeFailure(base, error);
  }
}

function writeFailure(file: string, error: unknown): unknown {
  const isSystemError = error instanceof Error && "syscall" in error;
  if (error instanceof SourceError || !isSystemError) return error;
  return new SourceError(
    "cache-unwritable",
    `cannot write ${printable(file)} to the cache: ${printable(error.message)}`,
    {
      hint: "Name a folder that can be written with --cache-dir (or XDG_CACHE_HOME), on a disk with room.",
      cause: error,
    },
  );
}

/** Copies of modules that lie in a directory: what Go would take as the module's files, read where they lie. */
import { createHash, type Hash } from "node:crypto";
import { constants } from "node:fs";
import { stat } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { type DirectoryFile, walkDirectory } from "./directory-walk.ts";
import { fileFailure, openRegularFile, readRange, readRegularFile } from "./file-handle.ts";
import { parseGoWork } from "./go-mod.ts";
import { goModDiagnostics, readGoMod } from "./go-mod-check.ts";
import { h1Hash } from "./h1.ts";
import { compareByteOrder, type ModuleCopy, type ModuleFile } from "./module-copy.ts";
import { printable, quoted } from "./printable.ts";
import type { OpenOptions } from "./published.ts";
import type { SourceDiagnostic } from "./source-diagnostic.ts";
import { SourceError } from "./source-error.ts";

/** As many files are read at once. */
const AT_ONCE = 32;

/** As many bytes are read while nothing else happens. */
const AT_A_TIME = 1 << 20;

/**
 * Opens a directory as a module copy. Symbolic links inside, version control folders and nested modules are left
 * out (and noted); `vendor` and `testdata` stay. The module path is that of go.mod, else the directory's name.
 * The h1 hash is over `<module path>/<name>`: a directory has no version.
 */
export async function openDirectory(directory: string, options: OpenOptions): Promise<ModuleCopy> {
  const root = resolve(directory);
  await requireDirectory(root, directory);
  const diagnostics: SourceDiagnostic[] = [...options.configuration.diagnostics];
  const found = await walkDirectory(root, { ...options, limits: options.configuration.limits, diagnostics });
  if (found.length === 0) {
    throw new SourceError("empty", `directory ${quoted(directory)} holds no files of a module`, {
      hint: "Name the directory that holds go.mod and the Go files.",
      diagnostics,
    });
  }
  const files = await hashFiles(found, options);
  const modulePath = await findModulePath(root, files, diagnostics);
  return {
    source: "directory",
    modulePath,
    query: directory,
    h1: h1Hash(files.map(({ name, sha256 }) => ({ name: `${modulePath}/${name}`, sha256 }))),
    files,
    diagnostics,
    close: async () => {},
  };
}

async function requireDirectory(root: string, shown: string): Promise<void> {
  const found = await stat(root).catch((error: unknown) => {
    throw fileFailure(shown, error);
  });
  if (!found.isDirectory()) throw new SourceError("unreadable", `${quoted(shown)} is not a directory`);
}

async function findModulePath(
  root: string,
  files: readonly ModuleFile[],
  diagnostics: SourceDiagnostic[],
): Promise<string> {
  const { value } = await readGoMod(files);
  diagnostics.push(...(await goModDiagnostics({ path: undefined, files })));
  if (value?.module !== undefined) return value.module.path;
  diagnostics.push(...(value === undefined ? await workspaceRoot(files) : []));
  const name = printable(basename(root)) || "root";
  diagnostics.push({
    code: "no-module-path",
    severity: "warning",
    message: `${value === undefined ? "there is no go.mod" : "go.mod names no module"}: the directory's name ${quoted(name)} stands for the module path`,
  });
  return name;
}

/** The root of a workspace is most often no module itself: what the user meant lies further down. */
async function workspaceRoot(files: readonly ModuleFile[]): Promise<SourceDiagnostic[]> {
  const file = files.find(({ name }) => name === "go.work");
  if (file === undefined) return [];
  const { value } = parseGoWork(Buffer.from(await file.read()).toString("utf8"), file.name);
  const places = value.use.slice(0, MAX_NAMED).map(({ path }) => printable(path));
  const more = value.use.length > MAX_NAMED ? ", ..." : "";
  const message = `go.work lies here and go.mod does not: the modules are in ${places.join(", ")}${more}, name one of these directories`;
  return value.use.length === 0
    ? []
    : [{ code: "workspace-root", severity: "warning", message, file: file.name }];
}

/** As many directories are named in a message. */
const MAX_NAMED = 5;

async function hashFiles(
  found: readonly DirectoryFile[],
  options: OpenOptions,
): Promise<readonly ModuleFile[]> {
  const files: ModuleFile[] = [];
  for (let start = 0; start < found.length; start += AT_ONCE) {
    // Small files are read synchronously: let timers and signals have their turn.
    await nextTurn();
    options.signal?.throwIfAborted();
    options.onProgress?.({ phase: "hash", done: start, total: found.length });
    const hashed = found.slice(start, start + AT_ONCE).map((file) => hashFile(file, options));
    files.push(...(await Promise.all(hashed)));
  }
  options.onProgress?.({ phase: "hash", done: found.length, total: found.length });
  return files.sort((a, b) => compareByteOrder(a.name, b.name));
}

async function hashFile({ name, path }: DirectoryFile, { configuration }: OpenOptions): Promise<ModuleFile> {
  const hash = createHash("sha256");
  const size = await readInto(path, name, { hash, limit: configuration.limits.directoryBytes });
  const sha256 = hash.digest("hex");
  return { name, size, sha256, read: () => readUnchanged(path, { name, size, sha256 }) };
}

/** Where the bytes of a file go: always into a hash, and into a list if they are wanted. */
interface Sink {
  readonly hash: Hash;
  readonly limit: number;
  readonly chunks?: Uint8Array[];
}

/** Reads a file that must not have become a link or a pipe meanwhile; returns its size. */
async function readInto(path: string, name: string, { hash, limit, chunks }: Sink): Promise<number> {
  const whole = readRegularFile(path, {
    shown: name,
    limit: Math.min(limit, AT_A_TIME),
    flags: constants.O_NOFOLLOW,
  });
  if (whole !== undefined) {
    hash.update(whole);
    chunks?.push(whole);
    return whole.length;
  }
  const handle = await openRegularFile(path, name, constants.O_NOFOLLOW);
  try {
    let size = 0;
    const end = (await handle.stat()).size;
    for await (const chunk of readRange(handle, 0, end)) {
      size += chunk.length;
      if (size > limit) throw new SourceError("too-large", `${quoted(name)} is larger than ${limit} bytes`);
      hash.update(chunk);
      chunks?.push(chunk);
    }
    return size;
  } finally {
    await handle.close();
  }
}

async function readUnchanged(
  path: string,
  { name, size, sha256 }: { name: string; size: number; sha256: string },
): Promise<Uint8Array> {
  const hash = createHash("sha256");
  const chunks: Uint8Array[] = [];
  await readInto(path, name, { hash, limit: size, chunks }).catch((error: unknown) => {
    throw error instanceof SourceError && error.code === "too-large" ? changed(name) : error;
  });
  if (hash.digest("hex") !== sha256) throw changed(name);
  return Buffer.concat(chunks);
}

function changed(name: string): SourceError {
  return new SourceError("changed", `${quoted(name)} changed while it was in use`, {
    hint: "Run again when nothing writes to the directory.",
  });
}

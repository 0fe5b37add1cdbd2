import type { ModuleInfo } from "./module-info.ts";
import type { SourceDiagnostic } from "./source-diagnostic.ts";

/** One regular file of a module copy. */
export interface ModuleFile {
  /** Slash path inside the module root. */
  readonly name: string;
  /** In bytes, as counted when the copy was opened. */
  readonly size: number;
  /** SHA-256 of the content, hex. */
  readonly sha256: string;
  /**
   * The content, read anew on each call. Rejects with a `SourceError` if the bytes are no longer those that
   * were hashed, or if the copy is closed.
   */
  read(): Promise<Uint8Array>;
}

/** Where the bytes of a copy came from: `cache` is capdiff's own, `module-cache` is Go's,
 * `git` a commit of a repository. */
export type CopySource = "directory" | "zip" | "module-cache" | "cache" | "proxy" | "git";

/** One copy of one module: its identity, its files and its hash. Content is read on demand. */
export interface ModuleCopy {
  readonly source: CopySource;
  /** From the zip's prefix or the target; for a directory from its go.mod, else the directory's base name. */
  readonly modulePath: string;
  /** Absent for a directory. */
  readonly version?: string;
  /** What the user wrote. */
  readonly query: string;
  /**
   * Go's `h1:` hash over all files. For a zip it equals the go.sum line. For a directory, which has no version,
   * the names that are hashed start with the module path alone.
   */
  readonly h1: string;
  /** Sorted by the bytes of their names. */
  readonly files: readonly ModuleFile[];
  readonly diagnostics: readonly SourceDiagnostic[];
  /** What the proxy said of a published version: unauthenticated. Absent if a cache holds the zip alone. */
  readonly info?: ModuleInfo;
  /** Frees the open file. Calling it twice is fine. */
  close(): Promise<void>;
}

/**
 * How far a long task is. `phase` is `resolve` (of a build list: go.mod files), `download` (bytes), `hash` (files)
 * or `fetch` (modules). A total may grow while new work is found.
 */
export interface Progress {
  readonly phase: "resolve" | "download" | "hash" | "fetch";
  readonly done: number;
  readonly total?: number;
}

/** What every function that may take long accepts. */
export interface TaskOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** Orders strings by their UTF-8 bytes, as Go does; JavaScript's own order differs above U+FFFF. */
export function compareByteOrder(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  let at = 0;
  while (at < length && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  return at < length ? rank(a.charCodeAt(at)) - rank(b.charCodeAt(at)) : a.length - b.length;
}

/** Halves of pairs, which stand for what is above U+FFFF, come last. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

import { type Dirent, lstatSync } from "node:fs";
import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileFailure } from "./file-handle.ts";
import type { SourceLimits } from "./limits.ts";
import type { TaskOptions } from "./module-copy.ts";
import { filePathProblem } from "./module-path.ts";
import { quoted } from "./printable.ts";
import type { SourceDiagnostic } from "./source-diagnostic.ts";
import { SourceError } from "./source-error.ts";

/** A regular file that belongs to the module. */
export interface DirectoryFile {
  /** Slash path inside the module root. */
  readonly name: string;
  readonly path: string;
}

/** Bounds, and where to note what was left out. */
export interface WalkOptions extends TaskOptions {
  readonly limits: SourceLimits;
  readonly diagnostics: SourceDiagnostic[];
}

const VERSION_CONTROL = new Set([".git", ".hg", ".svn", ".bzr"]);
/** As many diagnostics of one code are kept; the rest are counted. */
const MAX_PER_CODE = 50;

interface Folder {
  readonly name: string;
  readonly path: string;
  readonly depth: number;
}

/**
 * The files of the module in `root`, in no particular order. No symbolic link is followed. Throws a
 * `SourceError` beyond the bounds on entries, depth and bytes.
 */
export async function walkDirectory(root: string, options: WalkOptions): Promise<DirectoryFile[]> {
  const files: DirectoryFile[] = [];
  const notes = new Notes(options.diagnostics);
  const folders: Folder[] = [{ name: "", path: root, depth: 0 }];
  const totals = { entries: 0, bytes: 0 };
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    options.signal?.throwIfAborted();
    for (const entry of await listFolder(folder)) {
      totals.entries++;
      const name = folder.name === "" ? entry.text : `${folder.name}/${entry.text}`;
      const path = join(folder.path, entry.text);
      const why = await leftOut(entry, { name, path });
      if (why !== undefined) notes.add(why === "symlink" && isCompiled(name) ? "compiled-link" : why, name);
      else if (entry.dirent.isDirectory()) folders.push({ name, path, depth: folder.depth + 1 });
      else {
        if (filePathProblem(name) !== undefined) notes.add("unpublishable-name", name);
        totals.bytes += sizeOf(path, name);
        files.push({ name, path });
      }
      checkBounds(totals, folder, options.limits);
    }
  }
  notes.finish();
  return files;
}

interface NamedEntry {
  readonly dirent: Dirent<Buffer>;
  readonly text: string;
}

async function listFolder(folder: Folder): Promise<NamedEntry[]> {
  try {
    // Names as bytes, so that those that are not UTF-8 can be told apart.
    const entries = await readdir(folder.path, { withFileTypes: true, encoding: "buffer" });
    return entries.map((dirent) => ({ dirent, text: dirent.name.toString("utf8") }));
  } catch (error) {
    throw fileFailure(folder.name === "" ? folder.path : folder.name, error);
  }
}

/** Why an entry is no part of the module, if so. */
async function leftOut(
  { dirent, text }: NamedEntry,
  { name, path }: DirectoryFile,
): Promise<LeftOut | undefined> {
  if (!Buffer.from(text).equals(dirent.name) || /\p{Cc}/u.test(text)) return "unreadable-name";
  if (dirent.isSymbolicLink()) return "symlink";
  if (dirent.isFile()) return undefined;
  if (!dirent.isDirectory()) return "not-a-file";
  if (VERSION_CONTROL.has(text)) return "version-control";
  // Below go 1.17 Go leaves the go.mod of vendored modules there, and builds them all the same.
  if (name.startsWith("vendor/")) return undefined;
  return (await hasGoMod(path)) ? "nested-module" : undefined;
}

/** Whether Go compiles a file of that name, where it is a link too. */
function isCompiled(name: string): boolean {
  return /\.(?:go|s|S|c|cc|cpp|cxx|m|h|hh|hpp|hxx|f|F|for|f90|syso|swig|swigcxx)$/u.test(name);
}

async function hasGoMod(path: string): Promise<boolean> {
  try {
    return (await lstat(join(path, "go.mod"))).isFile();
  } catch {
    return false;
  }
}

function sizeOf(path: string, name: string): number {
  try {
    return lstatSync(path).size;
  } catch (error) {
    throw fileFailure(name, error);
  }
}

function checkBounds(totals: { entries: number; bytes: number }, folder: Folder, limits: SourceLimits): void {
  const hint = "Name the directory of one module; leave out build output and data.";
  if (totals.entries > limits.entries) {
    throw new SourceError("too-many-files", `the directory has more than ${limits.entries} entries`, {
      hint,
    });
  }
  if (totals.bytes > limits.directoryBytes) {
    throw new SourceError("too-large", `the directory has more than ${limits.directoryBytes} bytes`, {
      hint,
    });
  }
  if (folder.depth > limits.directoryDepth) {
    throw new SourceError("too-many-files", `${quoted(folder.name)} is nested too deeply`, { hint });
  }
}

type LeftOut = "symlink" | "not-a-file" | "version-control" | "nested-module" | "unreadable-name";
type Note = LeftOut | "compiled-link" | "unpublishable-name";

const NOTES: Record<Note, { readonly severity: SourceDiagnostic["severity"]; readonly text: string }> = {
  symlink: { severity: "warning", text: "is a symbolic link and was left out" },
  "compiled-link": { severity: "error", text: "is a symbolic link, which Go compiles, and was left out" },
  "not-a-file": { severity: "warning", text: "is neither a file nor a directory and was left out" },
  "version-control": { severity: "info", text: "belongs to version control and was left out" },
  "nested-module": { severity: "info", text: "is a module of its own and was left out" },
  "unreadable-name": { severity: "error", text: "has a name that is not text and was left out" },
  "unpublishable-name": {
    severity: "warning",
    text: "has a name that Go does not publish; it is read all the same",
  },
};

/** Diagnostics of the walk, bounded in number. */
class Notes {
  readonly #diagnostics: SourceDiagnostic[];
  readonly #counts = new Map<Note, number>();

  constructor(diagnostics: SourceDiagnostic[]) {
    this.#diagnostics = diagnostics;
  }

  add(note: Note, file: string): void {
    const count = (this.#counts.get(note) ?? 0) + 1;
    this.#counts.set(note, count);
    const { severity, text } = NOTES[note];
    if (count <= MAX_PER_CODE)
      this.#diagnostics.push({ code: note, severity, message: `${quoted(file)} ${text}`, file });
  }

  finish(): void {
    for (const [note, count] of this.#counts) {
      const more = count - MAX_PER_CODE;
      if (more > 0)
        this.#diagnostics.push({
          code: note,
          severity: NOTES[note].severity,
          message: `${more} more like this`,
        });
    }
  }
}

/**
 * Writes whole reports: pieces come in, are gathered to larger ones, and each waits
 * until the one before it was taken. A reader that closes its end stops the writing
 * quietly, as the Unix tools do.
 */
import { randomBytes } from "node:crypto";
import { open, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Writable } from "node:stream";
import { UsageError } from "./errors.ts";

const gathered = 1 << 16;

/** Text or bytes, one after the other. */
export type Pieces = Iterable<string | Uint8Array>;

/** Joins pieces of text to at least 64 KiB, so that a report of small pieces needs few writes. */
export function* gather(pieces: Pieces): Generator<string | Uint8Array> {
  let waiting: string[] = [];
  let length = 0;
  for (const piece of pieces) {
    if (typeof piece !== "string") {
      if (length > 0) yield waiting.join("");
      waiting = [];
      length = 0;
      yield piece;
      continue;
    }
    waiting.push(piece);
    length += piece.length;
    if (length < gathered) continue;
    yield waiting.join("");
    waiting = [];
    length = 0;
  }
  if (length > 0) yield waiting.join("");
}

/** Writes all pieces to a stream, in memory no more than one of them. Resolves early when the reader left. */
export async function writeStream(stream: Writable, pieces: Pieces): Promise<void> {
  stream.on("error", ignore);
  try {
    for (const piece of gather(pieces)) await writePiece(stream, piece);
  } catch (error) {
    const code = codeOf(error) ?? "";
    if (fileProblems.test(code)) throw new UsageError(`cannot write the output: ${code}`);
    if (!closedCodes.includes(code)) throw error;
  } finally {
    // A pipe that broke may say so once more after the last callback.
    setImmediate(() => stream.off("error", ignore));
  }
}

/** An error event without a listener would end the process; the callbacks see the same error. */
function ignore(): void {}

function writePiece(stream: Writable, piece: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(piece, (error) => (error ? reject(error) : resolve()));
  });
}

const closedCodes: readonly string[] = [
  "EPIPE",
  "ECONNRESET",
  "ERR_STREAM_DESTROYED",
  "ERR_STREAM_WRITE_AFTER_END",
];

/**
 * Writes a file as a whole: beside its place under another name, then renamed, so that
 * no reader sees a part and a failure leaves the old one. What is not a regular file
 * (a pipe, `/dev/stdout`) is written to directly.
 */
export async function writeFileWhole(path: string, pieces: Pieces): Promise<void> {
  try {
    const place = await placeOf(path);
    if (place.special) await writeTo(place.path, "w", pieces);
    else await replaceFile(place.path, pieces);
  } catch (error) {
    const code = codeOf(error);
    if (code === "EPIPE") return;
    if (code === undefined || !fileProblems.test(code)) throw error;
    throw new UsageError(
      `cannot write ${path}: ${code}`,
      "Choose a file in a directory that exists and that you may write to.",
    );
  }
}

async function placeOf(path: string): Promise<{ readonly path: string; readonly special: boolean }> {
  const status = await stat(path).catch(() => undefined);
  if (status === undefined) return { path, special: false };
  if (status.isDirectory()) throw Object.assign(new Error("is a directory"), { code: "EISDIR" });
  return status.isFile() ? { path: await realpath(path), special: false } : { path, special: true };
}

async function replaceFile(path: string, pieces: Pieces): Promise<void> {
  const beside = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString("hex")}.tmp`);
  try {
    await writeTo(beside, "wx", pieces);
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

async function writeTo(path: string, flags: "w" | "wx", pieces: Pieces): Promise<void> {
  const file = await open(path, flags);
  try {
    for (const piece of gather(pieces)) await file.writeFile(piece);
  } finally {
    await file.close();
  }
}

const fileProblems =
  /^E(?:ACCES|EXIST|INVAL|ISDIR|LOOP|MFILE|NAMETOOLONG|NOENT|NOSPC|NOTDIR|PERM|ROFS|FBIG|DQUOT|IO)$/;

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

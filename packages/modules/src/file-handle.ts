/** Reading of open files piece by piece, and the meaning of what the file system answers. */
import { closeSync, constants, fstatSync, openSync, read as readCallback, readSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { promisify } from "node:util";
import { quoted } from "./printable.ts";
import { SourceError } from "./source-error.ts";

/** Opens a regular file for reading. Never waits on a pipe or device. Errors are `SourceError`s. */
export async function openRegularFile(file: string, shown: string, flags = 0): Promise<FileHandle> {
  let handle: FileHandle;
  try {
    handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK | flags);
  } catch (error) {
    throw fileFailure(shown, error);
  }
  try {
    if (!(await handle.stat()).isFile()) {
      throw new SourceError("unreadable", `${quoted(shown)} is not a regular file`);
    }
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/**
 * All of a regular file, at once: for the many small files of a run, as what Node does to wait for each of them
 * takes ten times as long as reading it. Undefined if it is larger than `limit` bytes. Errors are `SourceError`s.
 */
export function readRegularFile(
  file: string,
  { shown, limit, flags = 0 }: { readonly shown: string; readonly limit: number; readonly flags?: number },
): Buffer | undefined {
  let fd: number | undefined;
  try {
    fd = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK | flags);
    const stats = fstatSync(fd);
    if (!stats.isFile()) throw new SourceError("unreadable", `${quoted(shown)} is not a regular file`);
    return stats.size > limit ? undefined : readUpTo(fd, stats.size);
  } catch (error) {
    throw error instanceof SourceError ? error : fileFailure(shown, error);
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

/** Fewer bytes if the file ends before. */
function readUpTo(fd: number, length: number): Buffer {
  const buffer = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const count = readSync(fd, buffer, filled, length - filled, filled);
    if (count === 0) return buffer.subarray(0, filled);
    filled += count;
  }
  return buffer;
}

/** Exactly `length` bytes from `position`, or undefined if the file ends before. */
export function readExactly(fd: number, position: number, length: number): Buffer | undefined {
  const buffer = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const count = readSync(fd, buffer, filled, length - filled, position + filled);
    if (count === 0) return undefined;
    filled += count;
  }
  return buffer;
}

const CHUNK = 256 * 1024;

/**
 * The bytes from `start` up to `end`, exclusive, or to where the file ends before that. Leaves the file open,
 * also if the caller stops midway (a stream of Node would close it then).
 */
export async function* readRange(
  { fd }: { readonly fd: number },
  start: number,
  end: number,
): AsyncGenerator<Uint8Array> {
  for (let position = start; position < end; ) {
    const wanted = Math.min(CHUNK, end - position);
    const { bytesRead, buffer } = await read(fd, Buffer.allocUnsafe(wanted), 0, wanted, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

/** By number, which threads share. */
const read = promisify(readCallback);

/** What the file system's error means to the user. */
export function fileFailure(shown: string, error: unknown): SourceError {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const name = quoted(shown);
  switch (code) {
    case "ENOENT":
    case "ENOTDIR":
      return new SourceError("no-such-file", `no such file or directory: ${name}`, { cause: error });
    case "ELOOP":
      return new SourceError("unreadable", `${name} is a symbolic link that cannot be followed to its end`, {
        hint: "The links may form a loop: name the directory or file itself.",
        cause: error,
      });
    case "EACCES":
    case "EPERM":
      return new SourceError("unreadable", `no permission to read ${name}`, { cause: error });
    default:
      return new SourceError("unreadable", `cannot read ${name}: ${code || String(error)}`, { cause: error });
  }
}

/** The content of single zip entries, inflated on demand and held against the claimed size and CRC-32. */
import { Readable } from "node:stream";
import { crc32, createInflateRaw, inflateRawSync } from "node:zlib";
import { readExactly, readRange } from "./file-handle.ts";
import type { ZipEntry, ZipInput } from "./zip-container.ts";
import { type ZipViolation, zipViolation } from "./zip-violation.ts";

/** Up to this size, packed and unpacked, an entry is inflated in one go, which is much faster. */
const ONE_GO = 1024 * 1024;

/** A zip whose content is read. */
export type ContentInput = Pick<ZipInput, "shown"> & { readonly file: { readonly fd: number } };

/**
 * The content in pieces. No more than the claimed size is ever yielded; a `SourceError` follows if the content
 * is longer, shorter, cut off, not deflated data, or does not match its CRC-32.
 */
export async function* zipEntryContent(input: ContentInput, entry: ZipEntry): AsyncGenerator<Uint8Array> {
  const whole = smallContent(input, entry);
  if (whole !== undefined) {
    yield whole;
    return;
  }
  const fail = failing(input, entry);
  const { dataStart, compressedSize, deflated } = entry;
  let size = 0;
  let sum = 0;
  try {
    const packed = readRange(input.file, dataStart, dataStart + compressedSize);
    for await (const chunk of deflated ? inflateStream(packed) : packed) {
      size += chunk.length;
      if (size > entry.size) throw fail(tooLong(entry));
      sum = crc32(chunk, sum);
      yield chunk;
    }
  } catch (error) {
    throw inflateFailure(error, entry, fail);
  }
  checkContent({ size, sum }, entry, fail);
}

/** All of the content at once, checked alike; undefined if it is too large for that. */
export function smallContent(input: ContentInput, entry: ZipEntry): Uint8Array | undefined {
  const { dataStart, compressedSize, size, deflated } = entry;
  if (Math.max(compressedSize, size) > ONE_GO) return undefined;
  const fail = failing(input, entry);
  const packed = readExactly(input.file.fd, dataStart, compressedSize);
  if (packed === undefined) throw fail({ rule: "structure", detail: "cut off" });
  let content: Uint8Array;
  try {
    content = deflated ? inflateAtOnce(packed, size) : packed;
  } catch (error) {
    throw inflateFailure(error, entry, fail);
  }
  checkContent({ size: content.length, sum: crc32(content) }, entry, fail);
  return content;
}

/** One byte more than claimed is enough to see that the claim is wrong; one piece holds all, so that none is copied. */
function inflateAtOnce(packed: Uint8Array, size: number): Uint8Array {
  return inflateRawSync(packed, { maxOutputLength: size + 1, chunkSize: Math.max(MIN_CHUNK, size + 1) });
}

/** Node takes no less. */
const MIN_CHUNK = 64;

type Fail = (violation: ZipViolation) => Error;

function failing({ shown }: ContentInput, { name }: ZipEntry): Fail {
  return (violation) => zipViolation(shown, { ...violation, entry: name });
}

function tooLong({ size }: ZipEntry): ZipViolation {
  return { rule: "size-mismatch", detail: `more than the claimed ${size} bytes` };
}

function checkContent(
  found: { readonly size: number; readonly sum: number },
  entry: ZipEntry,
  fail: Fail,
): void {
  if (found.size > entry.size) throw fail(tooLong(entry));
  if (found.size < entry.size)
    throw fail({ rule: "size-mismatch", detail: `${found.size} bytes, ${entry.size} claimed` });
  if (found.sum !== entry.crc32) throw fail({ rule: "checksum" });
}

async function* inflateStream(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const source = Readable.from(packed);
  const inflate = createInflateRaw({ chunkSize: 256 * 1024 });
  source.on("error", (error) => inflate.destroy(error));
  try {
    yield* source.pipe(inflate) as AsyncIterable<Uint8Array>;
  } finally {
    source.destroy();
  }
}

function inflateFailure(error: unknown, entry: ZipEntry, fail: Fail): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ERR_BUFFER_TOO_LARGE") {
    return fail({ ...tooLong(entry), cause: error });
  }
  if (code.startsWith("Z_"))
    return fail({ rule: "structure", detail: `not deflated data: ${code}`, cause: error });
  return error;
}

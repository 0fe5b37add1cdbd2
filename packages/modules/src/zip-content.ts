/** The content of single zip entries, inflated on demand and held against the claimed size and CRC-32. */
import { crc32, createInflateRaw, inflateRawSync } from "node:zlib";
import { readExactly, streamRange } from "./file-handle.ts";
import type { ZipEntry, ZipInput } from "./zip-container.ts";
import { type ZipViolation, zipViolation } from "./zip-violation.ts";

/** Up to this size, packed and unpacked, an entry is inflated in one go, which is much faster. */
const ONE_GO = 1024 * 1024;

/**
 * The content in pieces. No more than the claimed size is ever yielded; a `SourceError` follows if the content
 * is longer, shorter, cut off, not deflated data, or does not match its CRC-32.
 */
export async function* zipEntryContent(input: ZipInput, entry: ZipEntry): AsyncGenerator<Uint8Array> {
  const fail = (violation: ZipViolation): Error =>
    zipViolation(input.shown, { ...violation, entry: entry.name });
  let size = 0;
  let sum = 0;
  const isSmall = Math.max(entry.compressedSize, entry.size) <= ONE_GO;
  const chunks = isSmall ? [wholeContent(input, entry)] : streamedContent(input, entry);
  try {
    for await (const chunk of chunks) {
      size += chunk.length;
      if (size > entry.size)
        throw fail({ rule: "size-mismatch", detail: `more than the claimed ${entry.size} bytes` });
      sum = crc32(chunk, sum);
      yield chunk;
    }
  } catch (error) {
    throw inflateFailure(error, entry, fail);
  }
  if (size < entry.size)
    throw fail({ rule: "size-mismatch", detail: `${size} bytes, ${entry.size} claimed` });
  if (sum !== entry.crc32) throw fail({ rule: "checksum" });
}

function wholeContent({ fd, shown }: ZipInput, entry: ZipEntry): Uint8Array {
  const packed = readExactly(fd, entry.dataStart, entry.compressedSize);
  if (packed === undefined)
    throw zipViolation(shown, { rule: "structure", detail: "cut off", entry: entry.name });
  // One byte more than claimed is enough to see that the claim is wrong.
  return entry.deflated ? inflateRawSync(packed, { maxOutputLength: entry.size + 1 }) : packed;
}

function streamedContent({ fd }: ZipInput, entry: ZipEntry): AsyncIterable<Uint8Array> {
  if (entry.compressedSize === 0) return (async function* () {})();
  const packed = streamRange(fd, entry.dataStart, entry.dataStart + entry.compressedSize);
  if (!entry.deflated) return packed;
  const inflate = createInflateRaw({ chunkSize: 256 * 1024 });
  packed.on("error", (error) => inflate.destroy(error));
  return packed.pipe(inflate);
}

function inflateFailure(error: unknown, entry: ZipEntry, fail: (violation: ZipViolation) => Error): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ERR_BUFFER_TOO_LARGE") {
    return fail({ rule: "size-mismatch", detail: `more than the claimed ${entry.size} bytes`, cause: error });
  }
  if (code.startsWith("Z_"))
    return fail({ rule: "structure", detail: `not deflated data: ${code}`, cause: error });
  return error;
}

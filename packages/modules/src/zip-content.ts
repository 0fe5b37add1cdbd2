/** The content of single zip entries, inflated on demand and held against the claimed size and CRC-32. */
import { Readable } from "node:stream";
import { crc32, createInflateRaw, inflateRawSync } from "node:zlib";
import { readExactly, readRange } from "./file-handle.ts";
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
  try {
    for await (const chunk of inflatedContent(input, entry)) {
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

async function* inflatedContent({ file, shown }: ZipInput, entry: ZipEntry): AsyncGenerator<Uint8Array> {
  const { dataStart, compressedSize, size, deflated, name } = entry;
  if (Math.max(compressedSize, size) > ONE_GO) {
    const packed = readRange(file, dataStart, dataStart + compressedSize);
    yield* deflated ? inflateStream(packed) : packed;
    return;
  }
  const packed = readExactly(file.fd, dataStart, compressedSize);
  if (packed === undefined) throw zipViolation(shown, { rule: "structure", detail: "cut off", entry: name });
  // One byte more than claimed is enough to see that the claim is wrong.
  yield deflated ? inflateRawSync(packed, { maxOutputLength: size + 1 }) : packed;
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

function inflateFailure(error: unknown, entry: ZipEntry, fail: (violation: ZipViolation) => Error): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ERR_BUFFER_TOO_LARGE") {
    return fail({ rule: "size-mismatch", detail: `more than the claimed ${entry.size} bytes`, cause: error });
  }
  if (code.startsWith("Z_"))
    return fail({ rule: "structure", detail: `not deflated data: ${code}`, cause: error });
  return error;
}

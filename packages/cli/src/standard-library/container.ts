/**
 * A file with the facts of a release's packages. Each package is compressed by itself, so
 * that one is read without the others: a line that says what it is, the length of the index
 * as ten digits, the index, then the packages. Integers are bytes, offsets count from the
 * end of the index. Deterministic: the same packages give the same bytes.
 */
import { isAscii } from "node:buffer";
import { createHash } from "node:crypto";
import { closeSync, openSync, readSync } from "node:fs";
import { brotliCompressSync, brotliDecompressSync, constants } from "node:zlib";
import {
  exportFormat,
  type PackageFacts,
  type StandardLibrary,
  type StandardPackage,
  withoutBodies,
} from "@capdiff/analyzer";

const magic = "capdiff standard library 3\n";
const lengthDigits = 10;

/** A file that is none of these, or is damaged. */
export class ContainerError extends Error {}

interface Index {
  readonly release: string;
  readonly exportFormat: number;
  /** SHA-256 of what follows the index, hexadecimal. */
  readonly digest: string;
  readonly packages: readonly IndexEntry[];
}

/** Path, name, offset of the exports, their length, lengths of the facts without bodies and of all facts, which follow. */
type IndexEntry = readonly [string, string, number, number, number, number];

/** The bytes of a file with those packages, which must be sorted by path. */
export function packStandardLibrary(release: string, packages: readonly StandardPackage[]): Uint8Array {
  const entries: IndexEntry[] = [];
  const chunks: Uint8Array[] = [];
  let offset = 0;
  for (const { exports, facts } of packages) {
    const parts = [exports, withoutBodies(facts), facts].map(compressed);
    const [first = 0, second = 0, third = 0] = parts.map((part) => part.length);
    entries.push([exports.path, exports.name, offset, first, second, third]);
    chunks.push(...parts);
    offset += first + second + third;
  }
  const hash = createHash("sha256");
  for (const chunk of chunks) hash.update(chunk);
  const index: Index = { release, exportFormat, digest: hash.digest("hex"), packages: entries };
  const head = compressed(index);
  const start = `${magic}${String(head.length).padStart(lengthDigits, "0")}`;
  return Buffer.concat([Buffer.from(start), head, ...chunks]);
}

function compressed(value: unknown): Uint8Array {
  const text = Buffer.from(JSON.stringify(value));
  return brotliCompressSync(text, {
    params: {
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
    },
  });
}

/** Opens such a file; packages are read when they are asked for. Throws a `ContainerError` if it is none. */
export function openStandardLibrary(file: string): StandardLibrary {
  const headLength = magic.length + lengthDigits;
  const head = readPart(file, 0, headLength).toString("latin1");
  const length = Number(head.slice(magic.length));
  if (!head.startsWith(magic) || !Number.isSafeInteger(length)) {
    throw new ContainerError(`${file} holds no facts of a standard library`);
  }
  const index = decompressed(file, headLength, length) as Index;
  if (index.exportFormat !== exportFormat) {
    throw new ContainerError(
      `${file} was made by another version of capdiff: make it again with \`capdiff stdlib build\``,
    );
  }
  const byPath = new Map(index.packages.map((entry) => [entry[0], entry]));
  const known = new Map<string, ReturnType<StandardLibrary["exportsOf"]>>();
  const start = headLength + length;
  return {
    release: index.release,
    digest: index.digest,
    nameOf: (path) => byPath.get(path)?.[1],
    exportsOf: (path) => {
      const entry = byPath.get(path);
      if (entry === undefined) return undefined;
      let exports = known.get(path);
      if (exports === undefined) {
        const [, , offset, size] = entry;
        // Written by `packStandardLibrary`; reading export data checks its form.
        exports = decompressed(file, start + offset, size) as NonNullable<typeof exports>;
        known.set(path, exports);
      }
      return exports;
    },
    // Both written by `packStandardLibrary`.
    declarationsOf: (path) => {
      const entry = byPath.get(path);
      if (entry === undefined) return undefined;
      const [, , offset, exports, size] = entry;
      return decompressed(file, start + offset + exports, size) as PackageFacts;
    },
    factsOf: (path) => {
      const entry = byPath.get(path);
      if (entry === undefined) return undefined;
      const [, , offset, exports, declarations, size] = entry;
      return decompressed(file, start + offset + exports + declarations, size) as PackageFacts;
    },
  };
}

function decompressed(file: string, at: number, length: number): unknown {
  try {
    const text = brotliDecompressSync(readPart(file, at, length));
    return JSON.parse(text.toString(isAscii(text) ? "latin1" : "utf8"));
  } catch (error) {
    if (error instanceof ContainerError) throw error;
    throw new ContainerError(`${file} is damaged`, { cause: error });
  }
}

function readPart(file: string, at: number, length: number): Buffer {
  const handle = openSync(file, "r");
  try {
    const bytes = Buffer.alloc(length);
    if (readSync(handle, bytes, 0, length, at) < length) throw new ContainerError(`${file} is cut short`);
    return bytes;
  } finally {
    closeSync(handle);
  }
}

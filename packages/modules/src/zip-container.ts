/**
 * The zip as a container: what the central directory lists, held against the headers before the entries and
 * the bytes of the file, so that no two programs can see two different archives. Reads no content.
 */
import type { FileHandle } from "node:fs/promises";
import { type Entry, fromRandomAccessReaderPromise, RandomAccessReader, type ZipFile } from "yauzl";
import { readExactly } from "./file-handle.ts";
import type { SourceLimits } from "./limits.ts";
import { printable } from "./printable.ts";
import { type ZipRule, zipViolation } from "./zip-violation.ts";

/** One entry: its name as in the central directory, and where and how its content lies in the file. */
export interface ZipEntry {
  readonly name: string;
  readonly dataStart: number;
  readonly compressedSize: number;
  readonly size: number;
  readonly crc32: number;
  readonly deflated: boolean;
  /** Whether it says that it is a regular file: a link or device of Unix does not. */
  readonly isRegular: boolean;
}

/** An open zip file. */
export interface ZipInput {
  readonly file: FileHandle;
  readonly fileSize: number;
  /** How the user knows it. */
  readonly shown: string;
  readonly limits: SourceLimits;
}

const END_RECORD = 22;
const ZIP64_END_RECORDS = 56 + 20;
/** The longest data descriptor that may follow an entry's content. */
const MAX_DESCRIPTOR = 24;
const FLAG_ENCRYPTED = 0x1;
const FLAG_DESCRIPTOR = 0x8;
const FLAG_UTF8 = 0x800;
const UNICODE_PATH_FIELD = 0x7075;
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Synchronous positional reads: a zip's headers are many and small. Content is not read through yauzl. */
class FileReader extends RandomAccessReader {
  readonly #fd: number;

  constructor(fd: number) {
    super();
    this.#fd = fd;
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    const bytes = readExactly(this.#fd, position, length);
    bytes?.copy(buffer, offset);
    queueMicrotask(() => callback(bytes === undefined ? new Error("unexpected end of file") : null));
  }
}

/** All entries in the order of the central directory. Throws a `SourceError` for a broken container rule. */
export async function readZipEntries(input: ZipInput): Promise<ZipEntry[]> {
  const { fileSize, limits, shown } = input;
  if (fileSize > limits.zipBytes)
    throw zipViolation(shown, { rule: "zip-size", detail: `this one has ${fileSize}` });
  const entries: ZipEntry[] = [];
  const spans: Span[] = [];
  const zip = await openZip(input);
  const directoryStart = zip.readEntryCursor as unknown as number;
  if (zip.entryCount > limits.entries) {
    throw zipViolation(shown, {
      rule: "entry-count",
      detail: `${zip.entryCount}, at most ${limits.entries}`,
    });
  }
  for await (const entry of eachEntry(zip, shown)) {
    const read = await readEntry(input, zip, entry);
    entries.push(read);
    spans.push({
      name: read.name,
      start: entry.relativeOffsetOfLocalHeader,
      end: read.dataStart + read.compressedSize,
      slack: (entry.generalPurposeBitFlag & FLAG_DESCRIPTOR) === 0 ? 0 : MAX_DESCRIPTOR,
    });
  }
  checkLayout(input, spans, { start: directoryStart, end: zip.readEntryCursor as unknown as number, zip });
  return entries;
}

async function openZip({ file, fileSize, shown }: ZipInput): Promise<ZipFile> {
  try {
    return await fromRandomAccessReaderPromise(new FileReader(file.fd), fileSize, {
      decodeStrings: false,
      autoClose: false,
      validateEntrySizes: false,
    });
  } catch (cause) {
    throw structureViolation(shown, cause);
  }
}

async function* eachEntry(zip: ZipFile, shown: string): AsyncGenerator<Entry> {
  try {
    for await (const entry of zip.eachEntry()) yield entry;
  } catch (cause) {
    throw structureViolation(shown, cause);
  }
}

/** yauzl's own complaint: the zip is cut off or its records make no sense. */
function structureViolation(shown: string, cause: unknown): Error {
  if (!(cause instanceof Error) || cause.name === "SourceError") return cause as Error;
  return zipViolation(shown, { rule: "structure", detail: printable(cause.message), cause });
}

async function readEntry(input: ZipInput, zip: ZipFile, entry: Entry): Promise<ZipEntry> {
  // With decodeStrings: false the names are bytes, whatever yauzl's types say.
  const bytes = entry.fileNameRaw;
  const name = decodeName(bytes);
  const fail = (rule: ZipRule, detail?: string): Error =>
    zipViolation(input.shown, { rule, detail, entry: name ?? bytes.toString("latin1") });
  if (name === undefined) throw fail("utf8-name");
  if ((entry.generalPurposeBitFlag & FLAG_ENCRYPTED) !== 0) throw fail("encrypted");
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8) {
    throw fail("compression", `method ${entry.compressionMethod}`);
  }
  if (entry.compressionMethod === 0 && entry.compressedSize !== entry.uncompressedSize) {
    throw fail("size-mismatch", "stored, but with two different sizes");
  }
  for (const field of entry.extraFields) {
    if (field.id === UNICODE_PATH_FIELD && !field.data.subarray(5).equals(bytes))
      throw fail("unicode-path-field");
  }
  const header = await zip.readLocalFileHeaderPromise(entry).catch((cause: unknown) => {
    throw structureViolation(input.shown, cause);
  });
  const difference = headerDifference(entry, header);
  if (difference !== undefined) throw fail("header-mismatch", difference);
  return {
    name,
    dataStart: header.fileDataStart,
    compressedSize: entry.compressedSize,
    size: entry.uncompressedSize,
    crc32: entry.crc32,
    deflated: entry.compressionMethod === 8,
    isRegular: isRegular(entry),
  };
}

const MADE_ON_UNIX = 3;
const FILE_TYPE = 0o170000;
const REGULAR_FILE = 0o100000;

/** What was not made on Unix, or says nothing of its type, is regular. */
function isRegular({ versionMadeBy, externalFileAttributes }: Entry): boolean {
  const type = (externalFileAttributes >>> 16) & FILE_TYPE;
  return versionMadeBy >>> 8 !== MADE_ON_UNIX || type === 0 || type === REGULAR_FILE;
}

function decodeName(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}

type LocalHeader = Awaited<ReturnType<ZipFile["readLocalFileHeaderPromise"]>>;

/** In what the two headers of an entry disagree. With a data descriptor the local sizes and sum may be zero. */
function headerDifference(entry: Entry, header: LocalHeader): string | undefined {
  const mask = FLAG_ENCRYPTED | FLAG_DESCRIPTOR | FLAG_UTF8;
  if (!header.fileName.equals(entry.fileNameRaw)) return "name";
  if (header.compressionMethod !== entry.compressionMethod) return "compression method";
  if ((header.generalPurposeBitFlag & mask) !== (entry.generalPurposeBitFlag & mask)) return "flags";
  const later = (entry.generalPurposeBitFlag & FLAG_DESCRIPTOR) !== 0;
  const agrees = (local: number, central: number): boolean => local === central || (later && local === 0);
  const agreesInSize = (local: number, central: number): boolean =>
    local === 0xffffffff || agrees(local, central);
  if (!agrees(header.crc32, entry.crc32)) return "CRC-32";
  if (!agreesInSize(header.compressedSize, entry.compressedSize)) return "compressed size";
  if (!agreesInSize(header.uncompressedSize, entry.uncompressedSize)) return "size";
  return undefined;
}

/** The bytes of an entry from its header to the end of its content; `slack` more may follow as descriptor. */
interface Span {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly slack: number;
}

/** Entries, central directory and end records must follow each other from the first byte to the last. */
function checkLayout(
  { file, fileSize, shown }: ZipInput,
  spans: Span[],
  directory: { start: number; end: number; zip: ZipFile },
): void {
  spans.sort((a, b) => a.start - b.start);
  let end = 0;
  let slack = 0;
  for (const span of [...spans, { name: undefined, start: directory.start, end: directory.end, slack: 0 }]) {
    const where = span.name === undefined ? "the central directory" : undefined;
    if (span.start < end) throw zipViolation(shown, { rule: "overlap", entry: span.name, detail: where });
    if (span.start > end + slack) {
      const detail = `${span.start - end} bytes before ${where ?? "this entry"}`;
      throw zipViolation(shown, { rule: "unclaimed-bytes", entry: span.name, detail });
    }
    end = span.end;
    slack = span.slack;
  }
  const endRecord = fileSize - END_RECORD - (directory.zip.comment as unknown as Uint8Array).length;
  const between = endRecord - end;
  const isZip64 =
    between === ZIP64_END_RECORDS &&
    readExactly(file.fd, end, 4)?.equals(Buffer.from([0x50, 0x4b, 0x06, 0x06])) === true;
  if (between !== 0 && !isZip64) {
    throw zipViolation(shown, {
      rule: "unclaimed-bytes",
      detail: `${between} bytes after the central directory`,
    });
  }
}

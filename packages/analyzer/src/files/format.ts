/**
 * What a file's first bytes say it is, whatever its name.
 * Sources: the ELF, PE/COFF and Mach-O specifications, ar(5), the WebAssembly binary format, the manuals of the archives.
 */
export type BinaryFormat =
  | "ELF"
  | "PE"
  | "Mach-O"
  | "ar archive"
  | "COFF object"
  | "WebAssembly"
  | "zip archive"
  | "gzip data"
  | "bzip2 data"
  | "xz data"
  | "zstd data"
  | "7z archive"
  | "RAR archive"
  | "tar archive";

interface Magic {
  readonly format: BinaryFormat;
  readonly bytes: readonly number[];
}

const magics: readonly Magic[] = [
  { format: "ELF", bytes: [0x7f, 0x45, 0x4c, 0x46] },
  { format: "Mach-O", bytes: [0xfe, 0xed, 0xfa, 0xce] },
  { format: "Mach-O", bytes: [0xfe, 0xed, 0xfa, 0xcf] },
  { format: "Mach-O", bytes: [0xce, 0xfa, 0xed, 0xfe] },
  { format: "Mach-O", bytes: [0xcf, 0xfa, 0xed, 0xfe] },
  { format: "ar archive", bytes: [...new Uint8Array([0x21, 0x3c, 0x61, 0x72, 0x63, 0x68, 0x3e, 0x0a])] },
  { format: "WebAssembly", bytes: [0x00, 0x61, 0x73, 0x6d] },
  { format: "zip archive", bytes: [0x50, 0x4b, 0x03, 0x04] },
  { format: "gzip data", bytes: [0x1f, 0x8b, 0x08] },
  { format: "xz data", bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00] },
  { format: "zstd data", bytes: [0x28, 0xb5, 0x2f, 0xfd] },
  { format: "7z archive", bytes: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c] },
  { format: "RAR archive", bytes: [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07] },
];

/** The format of a content; undefined for text and everything else. O(1). */
export function binaryFormat(content: Uint8Array): BinaryFormat | undefined {
  const found = magics.find(({ bytes }) => bytes.every((byte, index) => content[index] === byte));
  if (found !== undefined) return found.format;
  if (isUniversalBinary(content)) return "Mach-O";
  if (isPortableExecutable(content)) return "PE";
  if (isBzip2(content)) return "bzip2 data";
  if (isTar(content)) return "tar archive";
  return isCoffObject(content) ? "COFF object" : undefined;
}

/** Programs for several machines in one file. Java's classes have the same magic, then a version from 45 on. */
function isUniversalBinary(content: Uint8Array): boolean {
  const magic = [0xca, 0xfe, 0xba, 0xbe, 0x00, 0x00, 0x00];
  return magic.every((byte, index) => content[index] === byte) && (content[7] ?? 45) < 45;
}

/** `MZ`, and at the offset that its header names, `PE\0\0`. */
function isPortableExecutable(content: Uint8Array): boolean {
  if (content[0] !== 0x4d || content[1] !== 0x5a || content.length < 0x40) return false;
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const at = view.getUint32(0x3c, true);
  return at + 4 <= content.length && view.getUint32(at, true) === 0x00004550;
}

/** `BZh`, a digit, and the first six decimals of pi, which every block begins with. */
function isBzip2(content: Uint8Array): boolean {
  const block = [0x31, 0x41, 0x59, 0x26, 0x53, 0x59];
  return (
    content[0] === 0x42 &&
    content[1] === 0x5a &&
    content[2] === 0x68 &&
    block.every((byte, index) => content[4 + index] === byte)
  );
}

/** `ustar` behind the first file's name and numbers (POSIX.1-1988; GNU's differs later). */
function isTar(content: Uint8Array): boolean {
  const magic = [0x75, 0x73, 0x74, 0x61, 0x72];
  return content.length >= 512 && magic.every((byte, index) => content[257 + index] === byte);
}

/** COFF has no magic: a known machine, a plausible number of sections, and a symbol table inside the file. */
function isCoffObject(content: Uint8Array): boolean {
  if (content.length < 20) return false;
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const machine = view.getUint16(0, true);
  if (![0x8664, 0x014c, 0xaa64, 0x01c4].includes(machine)) return false;
  const sections = view.getUint16(2, true);
  const symbols = view.getUint32(8, true);
  return sections > 0 && sections < 1000 && symbols < content.length && view.getUint16(16, true) === 0;
}

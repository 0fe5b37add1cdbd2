import { expect, test } from "vitest";
import { binaryFormat } from "../../src/files/format.ts";

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(/\s/g, ""), "hex"));
const executable = (offset: string, rest: string) => `4d5a${"00".repeat(58)}${offset}${rest}`;
const coff = "6486 0100 00000000 00000000 00000000 0000";

test.each<[string, string, string | undefined]>([
  ["ELF", "7f454c46", "ELF"],
  ["part of ELF", "7f454c", undefined],
  ["PE", executable("40000000", "50450000"), "PE"],
  ["DOS without PE", executable("40000000", "4e450000"), undefined],
  ["PE beyond the end", executable("41000000", "50450000"), undefined],
  ["PE far beyond the end", executable("ffffffff", "50450000"), undefined],
  ["MZ alone", "4d5a", undefined],
  ["universal Mach-O", "cafebabe 00000002", "Mach-O"],
  ["most architectures", "cafebabe 0000002c", "Mach-O"],
  ["a class of Java 1.1", "cafebabe 0000002d", undefined],
  ["a class of Java", "cafebabe 00000041", undefined],
  ["magic alone", "cafebabe", undefined],
  ["COFF", `${coff} 0000`, "COFF object"],
  ["COFF for 386", "4c01 0100 00000000 00000000 00000000 0000 0000", "COFF object"],
  ["COFF for arm64", "64aa 0100 00000000 00000000 00000000 0000 0000", "COFF object"],
  ["COFF for arm", "c401 0100 00000000 00000000 00000000 0000 0000", "COFF object"],
  ["COFF of another machine", "0102 0100 00000000 00000000 00000000 0000 0000", undefined],
  ["COFF without sections", "6486 0000 00000000 00000000 00000000 0000 0000", undefined],
  ["COFF with 999 sections", "6486 e703 00000000 00000000 00000000 0000 0000", "COFF object"],
  ["COFF with too many sections", "6486 e803 00000000 00000000 00000000 0000 0000", undefined],
  ["COFF with symbols outside", "6486 0100 00000000 14000000 00000000 0000 0000", undefined],
  ["COFF with an optional header", "6486 0100 00000000 00000000 00000000 0100 0000", undefined],
  ["COFF too short", coff, undefined],
  ["zip", "504b0304", "zip archive"],
  ["gzip", "1f8b08", "gzip data"],
  ["xz", "fd377a585a00", "xz data"],
  ["zstd", "28b52ffd", "zstd data"],
  ["7z", "377abcaf271c", "7z archive"],
  ["RAR", "526172211a07", "RAR archive"],
  ["bzip2", "425a68 39 314159265359", "bzip2 data"],
  ["text that starts like bzip2", "425a68 39 20", undefined],
  ["tar", `${"00".repeat(257)}7573746172${"00".repeat(250)}`, "tar archive"],
  ["tar cut off", `${"00".repeat(257)}7573746172`, undefined],
  ["nothing", "", undefined],
])("%s", (_, hex, format) => expect(binaryFormat(bytes(hex))).toBe(format));

test("bytes that lie inside a larger buffer are read where they are", () => {
  const inside = bytes(`ffffff ${executable("40000000", "50450000")}`).subarray(3);
  expect(binaryFormat(inside)).toBe("PE");
});

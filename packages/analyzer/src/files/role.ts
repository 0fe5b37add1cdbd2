import type { FileRole } from "../model/report.ts";
import type { BinaryFormat } from "./format.ts";

const byExtension: Readonly<Record<string, FileRole>> = {
  s: "assembly",
  S: "assembly",
  sx: "assembly",
  c: "c-source",
  cc: "c-source",
  cpp: "c-source",
  cxx: "c-source",
  m: "c-source",
  h: "c-source",
  hh: "c-source",
  hpp: "c-source",
  hxx: "c-source",
  f: "c-source",
  F: "c-source",
  f90: "c-source",
  for: "c-source",
  swig: "c-source",
  swigcxx: "c-source",
  syso: "object",
  o: "object",
  obj: "object",
  so: "executable",
  dll: "executable",
  dylib: "executable",
  exe: "executable",
  a: "archive",
  lib: "archive",
};

const byFormat: Readonly<Record<BinaryFormat, FileRole | undefined>> = {
  ELF: "executable",
  PE: "executable",
  "Mach-O": "executable",
  "COFF object": "object",
  "ar archive": "archive",
  WebAssembly: "executable",
  "zip archive": undefined,
  "gzip data": undefined,
  "bzip2 data": undefined,
  "xz data": undefined,
  "zstd data": undefined,
  "7z archive": undefined,
  "RAR archive": undefined,
  "tar archive": undefined,
};

/**
 * What a file that is not Go means to a build, by its name as `go build` takes it
 * (go/build: .c .cc .cpp .cxx .m .h .hh .hpp .hxx .f .F .for .f90 .s .S .sx .swig .swigcxx
 * .syso), or by its content. Undefined when it means nothing: text, pictures, data.
 */
export function fileRole(name: string, format: BinaryFormat | undefined): FileRole | undefined {
  const base = name.slice(name.lastIndexOf("/") + 1);
  const extension = /\.so(?:\.[0-9]+)+$/.test(base) ? "so" : base.slice(base.lastIndexOf(".") + 1);
  const named =
    base.includes(".") && Object.hasOwn(byExtension, extension) ? byExtension[extension] : undefined;
  const found = format === undefined ? undefined : byFormat[format];
  // A shared library or syso that is named so keeps its name's role; other names are what they hold.
  return named ?? found;
}

/** The files of a case as the analyzer takes them. */
import { createHash } from "node:crypto";
import type { ModuleSource, SourceFile } from "@capdiff/analyzer";
import { CaseError } from "./case-error.ts";
import { goModLines, modulePathOf } from "./go-mod.ts";
import type { ArchiveFile } from "./txtar.ts";

const hexSuffix = " hex";

/** A module of those files. A name that ends in ` hex` has its bytes written in hexadecimal. */
export function moduleSource(files: readonly ArchiveFile[]): ModuleSource {
  const goMod = goModLines(files.find(({ name }) => name === "go.mod")?.content ?? "");
  return sourceOf({
    modulePath: modulePathOf(goMod),
    goMod,
    files: files.map((file) => ({ name: nameOf(file), content: bytesOf(file) })),
  });
}

/** A module whose files are in memory. */
export interface MemoryModule extends Pick<ModuleSource, "modulePath" | "goMod"> {
  readonly files: readonly { readonly name: string; readonly content: Uint8Array }[];
}

/** A module copy of files in memory, sorted as the analyzer asks for. */
export function sourceOf({ files, ...module }: MemoryModule): ModuleSource {
  const sources = files.map(fileOf);
  return {
    ...module,
    files: sources.sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name))),
  };
}

/** A file of a case. */
export function sourceFile(file: ArchiveFile): SourceFile {
  return fileOf({ name: nameOf(file), content: bytesOf(file) });
}

function fileOf({ name, content }: MemoryModule["files"][number]): SourceFile {
  return {
    name,
    size: content.length,
    sha256: createHash("sha256").update(content).digest("hex"),
    read: () => Promise.resolve(content),
  };
}

function nameOf({ name }: ArchiveFile): string {
  return name.endsWith(hexSuffix) ? name.slice(0, -hexSuffix.length) : name;
}

function bytesOf({ name, content }: ArchiveFile): Uint8Array {
  if (!name.endsWith(hexSuffix)) return new TextEncoder().encode(content);
  const digits = content.replaceAll(/#.*|\s/g, "");
  if (!/^(?:[0-9a-fA-F]{2})*$/.test(digits)) throw new CaseError(`${name}: not hexadecimal`);
  return Uint8Array.from(Buffer.from(digits, "hex"));
}

/** Files that are not Go: assembly, C, objects, programs and libraries by name or content. */
import type { BuildSets } from "../constraints/index.ts";
import { type BinaryFormat, binaryFormat } from "../files/format.ts";
import { inPackageDirectory } from "../files/package-files.ts";
import { fileRole } from "../files/role.ts";
import type { AssemblyFacts } from "../model/facts.ts";
import type { FileRole } from "../model/report.ts";
import { decodeSource } from "../syntax/source.ts";
import type { SourceFile } from "./module-source.ts";

export interface OtherFile {
  readonly name: string;
  readonly role: FileRole;
  readonly format?: BinaryFormat;
  readonly size: number;
  readonly sha256: string;
}

export interface OtherFiles {
  /** In the order of the module's files. */
  readonly files: readonly OtherFile[];
  /** Assembly by directory (slash path inside the module). */
  readonly assembly: ReadonlyMap<string, readonly AssemblyFacts[]>;
}

/** Files above this size are taken by their name alone. */
const readLimit = 64 * 1024 * 1024;

/** Looks at every file that is not Go. Reads each once. */
export async function readOtherFiles(files: readonly SourceFile[], builds: BuildSets): Promise<OtherFiles> {
  const found: OtherFile[] = [];
  const assembly = new Map<string, AssemblyFacts[]>();
  for (const file of files) {
    if (file.name.endsWith(".go") || file.size === 0) continue;
    const content = file.size > readLimit ? new Uint8Array() : await file.read();
    const format = binaryFormat(content);
    const role = fileRole(file.name, format);
    if (role === undefined) continue;
    const { name, size, sha256 } = file;
    found.push({ name, role, ...(format !== undefined && { format }), size, sha256 });
    if (role !== "assembly" || !inPackageDirectory(name)) continue;
    const header = builds.header(decodeSource(name, content).text).value;
    const constraint = builds.narrow(builds.and(header, builds.fileName(name)));
    const directory = name.slice(0, Math.max(0, name.lastIndexOf("/")));
    const facts = { name, builds: builds.expression(constraint) };
    assembly.set(directory, [...(assembly.get(directory) ?? []), facts]);
  }
  return { files: found, assembly };
}

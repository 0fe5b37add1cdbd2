/** Files that are not Go: assembly, C, objects, programs and libraries by name or content. */
import type { BuildSets } from "../constraints/index.ts";
import { type CFormat, cFormat, codeFormat } from "../files/c-format.ts";
import { type BinaryFormat, binaryFormat } from "../files/format.ts";
import { directoryOf, type Imported, isBuiltWithPackage } from "../files/package-files.ts";
import { fileRole } from "../files/role.ts";
import type { AssemblyFacts } from "../model/facts.ts";
import type { FileRole } from "../model/report.ts";
import { decodeSource, decodeText } from "../syntax/source.ts";
import { cached, cacheKey, type FactsCache } from "./facts-cache.ts";
import type { SourceFile } from "./module-source.ts";

export interface OtherFile {
  readonly name: string;
  readonly role: FileRole;
  readonly format?: BinaryFormat | CFormat;
  readonly size: number;
  readonly sha256: string;
}

export interface OtherFiles {
  /** What a build takes, and binaries by content wherever they lie, in the order of the module's files. */
  readonly files: readonly OtherFile[];
  /**
   * What only its name makes something, where no build looks: `testdata/x.c`; and what would be C that does not wait for a call, whatever
   * its name. It counts if a build is pointed to it.
   */
  readonly aside: readonly OtherFile[];
  /** The text of those of both lists that are assembly or C source. */
  readonly text: (file: OtherFile) => Promise<string>;
  /** Assembly by directory (slash path inside the module). */
  readonly assembly: ReadonlyMap<string, readonly AssemblyFacts[]>;
}

/** Files above this size are taken by their name alone. */
const readLimit = 64 * 1024 * 1024;

/** Changes whenever the same files are seen otherwise. */
const format = 3;

export interface OtherFilesOptions {
  readonly builds: BuildSets;
  readonly cache?: FactsCache | undefined;
  /** Sorted. */
  readonly imported?: Imported;
}

/** Looks at every file that is not Go. Reads each once. */
export async function readOtherFiles(
  given: readonly SourceFile[],
  options: OtherFilesOptions,
): Promise<OtherFiles> {
  const { builds, cache, imported = [] } = options;
  const looked = given.filter((file) => !file.name.endsWith(".go") && file.size > 0);
  const byName = new Map(looked.map((file) => [file.name, file]));
  const key = (of: FactsCache) =>
    cacheKey(
      of,
      "files",
      [format, builds.narrowing, ...imported],
      looked.map(({ name, sha256 }) => [name, sha256]),
    );
  const seen = looked.length === 0 ? nothing : await cached(cache, key, () => lookAt(looked, options));
  return {
    files: seen.files,
    aside: seen.aside,
    assembly: new Map(seen.assembly),
    text: async ({ name }: OtherFile) => {
      const file = byName.get(name);
      return file === undefined ? "" : decodeSource(name, await contentOf(file)).text;
    },
  };
}

/** What was seen of some files. Plain. */
interface Seen extends Pick<OtherFiles, "files" | "aside"> {
  readonly assembly: readonly (readonly [directory: string, assembly: readonly AssemblyFacts[]])[];
}

const nothing: Seen = { files: [], aside: [], assembly: [] };

async function lookAt(looked: readonly SourceFile[], { builds, imported }: OtherFilesOptions): Promise<Seen> {
  const files: OtherFile[] = [];
  const aside: OtherFile[] = [];
  const assembly = new Map<string, AssemblyFacts[]>();
  for (const file of looked) {
    const content = await contentOf(file);
    const binary = binaryFormat(content);
    const built = isBuiltWithPackage(file.name, imported);
    const role = built ? fileRole(file.name, binary) : fileRole("", binary);
    const named = built ? undefined : fileRole(file.name, undefined);
    const format = binary ?? textFormat(role ?? named, content);
    if (role !== undefined) files.push(otherFile(file, role, format));
    else if (named !== undefined || (format !== undefined && format !== binary))
      aside.push(otherFile(file, named ?? "c-source", format));
    if (role !== "assembly") continue;
    const directory = directoryOf(file.name);
    const facts = assemblyFacts(file.name, content, builds);
    assembly.set(directory, [...(assembly.get(directory) ?? []), facts]);
  }
  return { files, aside, assembly: [...assembly] };
}

/** Of C and assembly, and of small files of any name, which C may include. */
function textFormat(role: FileRole | undefined, content: Uint8Array): CFormat | undefined {
  const isCode = role === "c-source" || role === "assembly";
  if (!isCode && (role !== undefined || content.length > includedLimit)) return undefined;
  const text = decodeText(content);
  return isCode ? codeFormat(text) : cFormat(text);
}

/** Files without a name of C that are looked at: larger ones hold data. */
const includedLimit = 1024 * 1024;

async function contentOf(file: SourceFile): Promise<Uint8Array> {
  return file.size > readLimit ? new Uint8Array() : file.read();
}

function otherFile(
  { name, size, sha256 }: SourceFile,
  role: FileRole,
  format: OtherFile["format"],
): OtherFile {
  return { name, role, ...(format !== undefined && { format }), size, sha256 };
}

function assemblyFacts(name: string, content: Uint8Array, builds: BuildSets): AssemblyFacts {
  const header = builds.header(decodeSource(name, content).text).value;
  const constraint = builds.narrow(builds.and(header, builds.fileName(name)));
  return { name, builds: builds.expression(constraint) };
}

/** Reads and parses the files of packages. */
import type { PackageInput } from "../compile/package.ts";
import { importsC } from "../declare/imports.ts";
import type { PackageFile } from "../declare/package-scope.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { AssemblyFacts } from "../model/facts.ts";
import type { FileGroup } from "./grouping.ts";
import type { AnalyzerOptions } from "./module-source.ts";

export type ParseOptions = Pick<AnalyzerOptions, "parser" | "builds" | "onProgress">;

export interface ParseInput {
  readonly groups: readonly FileGroup[];
  /** By directory. */
  readonly assembly: ReadonlyMap<string, readonly AssemblyFacts[]>;
}

/** The packages of the groups, in their order, with their trees. */
export async function parsePackages(
  { groups, assembly }: ParseInput,
  options: ParseOptions,
): Promise<PackageInput[]> {
  const progress = progressMeter(groups, options);
  const inputs: PackageInput[] = [];
  for (const group of groups) {
    const { files, diagnostics } = await parseGroup(group, options, progress);
    const directory = group.files[0]?.header.directory ?? "";
    inputs.push({ ...group, files, assembly: assembly.get(directory) ?? [], diagnostics });
  }
  return inputs;
}

type Meter = (bytes: number) => void;

function progressMeter(groups: readonly FileGroup[], { onProgress }: ParseOptions): Meter {
  const total = groups.flatMap((group) => group.files).reduce((sum, { header }) => sum + header.file.size, 0);
  let done = 0;
  return (bytes) => {
    done += bytes;
    onProgress?.(done, total);
  };
}

interface ParsedGroup {
  readonly files: readonly PackageFile[];
  readonly diagnostics: readonly Diagnostic[];
}

async function parseGroup(
  group: FileGroup,
  { parser, builds: sets }: ParseOptions,
  progress: Meter,
): Promise<ParsedGroup> {
  const files: PackageFile[] = [];
  const diagnostics: Diagnostic[] = [];
  const withCgo = sets.narrow(sets.tag("cgo"));
  for (const { header, builds } of group.files) {
    const content = await header.file.read();
    const parsed = parser.parse(header.name, content);
    progress(content.length);
    const set = importsC(parsed.value) ? sets.and(builds, withCgo) : builds;
    // Narrowed to builds without cgo, the file is in none of them.
    if (sets.isEmpty(set)) continue;
    diagnostics.push(...header.diagnostics, ...parsed.diagnostics);
    const { test } = header;
    files.push({ tree: parsed.value, builds: sets.expression(set), bytes: content.length, test });
  }
  return { files, diagnostics };
}

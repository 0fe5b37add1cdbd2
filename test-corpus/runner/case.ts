/** A case: a txtar file with its idea on top, Go sources, and what must be found in them. */
import { CaseError } from "./case-error.ts";
import { parseWant, type Want } from "./finding.ts";
import { type Options, parseOptions } from "./options.ts";
import { type ArchiveFile, parseArchive } from "./txtar.ts";

export type Case = ScanCase | DiffCase;

interface Common {
  /** The paragraph on top, on one line. */
  readonly idea: string;
  readonly options: Options;
  /** Users' capability maps, as OPTIONS lists them. */
  readonly maps: readonly ArchiveFile[];
  readonly wants: readonly Want[];
}

/** One module, looked at as it is. */
export interface ScanCase extends Common {
  readonly kind: "scan";
  readonly files: readonly ArchiveFile[];
}

/** Two versions of a module: the files below `old/` and those below `new/`. */
export interface DiffCase extends Common {
  readonly kind: "diff";
  readonly old: readonly ArchiveFile[];
  readonly new: readonly ArchiveFile[];
}

/** Parses a case. Throws a CaseError for one that is malformed or asserts nothing. */
export function parseCase(text: string): Case {
  const { comment, files } = parseArchive(text);
  const idea = comment.replaceAll(/\s+/g, " ").trim();
  if (idea === "") throw new CaseError("say the one idea of the case in a comment on top");
  const sections = files.filter(({ name }) => name !== "WANT" && name !== "OPTIONS");
  if (files.at(-1)?.name !== "WANT") throw new CaseError("the last section must be -- WANT --");
  const options = parseOptions(section(files, "OPTIONS"));
  const of = sides(sections.filter(({ name }) => !options.maps.includes(name)));
  const maps = options.maps.map((name) => ({ name, content: mapSection(sections, name) }));
  const wants = section(files, "WANT")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => parseWant(line, of.kind));
  if (!wants.some((want) => !want.absent)) {
    throw new CaseError("WANT must say something that is found: an analysis that saw nothing would pass");
  }
  return { ...of, idea, options, maps, wants };
}

function mapSection(files: readonly ArchiveFile[], name: string): string {
  if (!files.some((file) => file.name === name))
    throw new CaseError(`maps=${name}: there is no such section`);
  return section(files, name);
}

function section(files: readonly ArchiveFile[], wanted: string): string {
  const found = files.filter(({ name }) => name === wanted);
  if (found.length > 1) throw new CaseError(`there is more than one section ${wanted}`);
  return found[0]?.content ?? "";
}

function sides(
  files: readonly ArchiveFile[],
): Pick<ScanCase, "kind" | "files"> | Pick<DiffCase, "kind" | "old" | "new"> {
  const names = new Set(files.map(({ name }) => name));
  if (names.size !== files.length) throw new CaseError("two sections have the same name");
  const below = (folder: string) =>
    files
      .filter(({ name }) => name.startsWith(folder))
      .map(({ name, content }) => ({ name: name.slice(folder.length), content }));
  const [before, after] = [below("old/"), below("new/")];
  if (before.length === 0 && after.length === 0) return { kind: "scan", files };
  if (before.length + after.length < files.length) {
    throw new CaseError("in a diff every file is below old/ or new/");
  }
  return { kind: "diff", old: before, new: after };
}

/** A fixture: two copies of a module, in the mode in which they are compared, and how bad the change is. */
import type { CompareMode } from "@capdiff/analyzer";
import { CaseError } from "./case-error.ts";
import { dependencyFolder } from "./dependencies.ts";
import { type ArchiveFile, parseArchive } from "./txtar.ts";
import { parseVerdictWant, type VerdictWant } from "./verdict-want.ts";

export interface Fixture {
  /** The name of its file, without the extension. */
  readonly name: string;
  /** The paragraph on top, on one line. */
  readonly idea: string;
  readonly mode: CompareMode;
  /** Test files are read too. */
  readonly tests: boolean;
  /** Empty in the mode `single`. */
  readonly old: readonly ArchiveFile[];
  readonly new: readonly ArchiveFile[];
  /** Files of other modules, for both sides. */
  readonly dependencies: readonly ArchiveFile[];
  readonly want: VerdictWant;
}

const modes: readonly CompareMode[] = ["versions", "published", "clone", "single"];

/** Parses a fixture. Throws a CaseError for one that is not written as the README says. */
export function parseFixture(name: string, text: string): Fixture {
  const { comment, files } = parseArchive(text);
  const idea = comment.replaceAll(/\s+/g, " ").trim();
  if (idea === "") throw new CaseError("say what the fixture shows in a comment on top");
  const content = (wanted: string) => files.find((file) => file.name === wanted)?.content;
  const want = content("WANT");
  if (files.at(-1)?.name !== "WANT" || want === undefined)
    throw new CaseError("the last section must be -- WANT --");
  const options = (content("OPTIONS") ?? "").split(/\s+/).filter(Boolean);
  const mode = modes.find((one) => options.includes(`mode=${one}`));
  const tests = options.includes("tests=true");
  if (mode === undefined || options.length !== (tests ? 2 : 1))
    throw new CaseError(`OPTIONS must be mode=${modes.join(" or mode=")}, and may be tests=true`);
  const sides = { old: below(files, "old/"), new: below(files, "new/") };
  const dependencies = files.filter((file) => file.name.startsWith(dependencyFolder));
  const known = sides.old.length + sides.new.length + dependencies.length + 2;
  if (known !== files.length) throw new CaseError("every file is below old/, new/ or deps/");
  if (new Set(files.map((file) => file.name)).size !== files.length)
    throw new CaseError("two sections have the same name");
  if (sides.new.length === 0) throw new CaseError("there are no files below new/");
  if ((sides.old.length === 0) !== (mode === "single"))
    throw new CaseError("files below old/ are for all modes but single");
  return { name, idea, mode, tests, ...sides, dependencies, want: parseVerdictWant(want) };
}

function below(files: readonly ArchiveFile[], folder: string): ArchiveFile[] {
  return files
    .filter(({ name }) => name.startsWith(folder))
    .map(({ name, content }) => ({ name: name.slice(folder.length), content }));
}

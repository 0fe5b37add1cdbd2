/**
 * Which files beside the Go code count: those that a build takes, binaries, what
 * `//go:embed` takes, and what lies where no build looks but a build is pointed to.
 */
import { embeddedFiles, embedPatterns } from "../files/embed.ts";
import { fileRole } from "../files/role.ts";
import type { DirectiveFacts, PackageFacts } from "../model/facts.ts";
import { compareText } from "../model/position.ts";
import type { SourceFile } from "./module-source.ts";
import type { OtherFile, OtherFiles } from "./other-files.ts";

/** The files that count, by name. One that has a role already keeps it when it is embedded. */
export async function surroundingFiles(
  files: readonly SourceFile[],
  packages: readonly PackageFacts[],
  others: OtherFiles,
): Promise<OtherFile[]> {
  const counted = [...others.files, ...(await citedFiles(packages, others))];
  const found = new Map(counted.map((file) => [file.name, file]));
  const byName = new Map(files.map((file) => [file.name, file]));
  for (const name of embeddedNames(files, packages)) {
    const file = byName.get(name);
    if (file === undefined || found.has(name)) continue;
    found.set(name, { name, role: "embedded", size: file.size, sha256: file.sha256 });
  }
  return [...found.values()].sort((a, b) => compareText(a.name, b.name));
}

/** Patterns of a directory that are looked at; beyond, all that lies below it counts. */
const patternLimit = 1000;

function embeddedNames(files: readonly SourceFile[], packages: readonly PackageFacts[]): ReadonlySet<string> {
  const names = files.map((file) => file.name);
  const patterns = new Map<string, Set<string>>();
  for (const pkg of packages)
    for (const { kind, file, text } of pkg.directives) {
      if (kind !== "embed") continue;
      const path = pkg.files[file]?.name ?? "";
      const directory = path.slice(0, Math.max(0, path.lastIndexOf("/")));
      const known = patterns.get(directory) ?? new Set();
      patterns.set(directory, known);
      for (const pattern of embedPatterns(text)) known.add(pattern);
    }
  const found = new Set<string>();
  for (const [directory, list] of patterns) {
    const wanted = list.size > patternLimit ? ["all:."] : list;
    for (const pattern of wanted)
      for (const name of embeddedFiles(pattern, directory, names)) found.add(name);
  }
  return found;
}

/**
 * Files set aside whose last name a directive or a C or assembly file mentions, and what those
 * mention in turn: `#include "testdata/x.c"` compiles it. Where the mention leads is not
 * followed (search paths are the compiler's), so too many count rather than too few.
 */
async function citedFiles(packages: readonly PackageFacts[], others: OtherFiles): Promise<OtherFile[]> {
  if (others.aside.length === 0) return [];
  const waiting = byLastName(others.aside.filter(({ name }) => fileRole(name, undefined) !== undefined));
  const included = byLastName(others.aside.filter(({ name }) => fileRole(name, undefined) === undefined));
  const found: OtherFile[] = [];
  const takeFrom = (list: Map<string, OtherFile[]>, text: string) => {
    for (const word of words(text)) {
      for (const file of list.get(word) ?? []) found.push(file);
      list.delete(word);
    }
  };
  const take = (text: string) => {
    takeFrom(waiting, text);
    // What is not named like code is code only where it is included.
    takeFrom(included, (text.match(/^[ \t]*#[ \t]*include\b.*/gmu) ?? []).join("\n"));
  };
  for (const { text } of packages.flatMap((pkg) => pkg.directives.filter(pointsToFiles))) take(text);
  for (const file of others.files) if (isSource(file)) take(await others.text(file));
  // The list grows while it is walked.
  for (const file of found) if (isSource(file)) take(await others.text(file));
  return found;
}

function byLastName(files: readonly OtherFile[]): Map<string, OtherFile[]> {
  const found = new Map<string, OtherFile[]>();
  for (const file of files) {
    const name = lastName(file.name);
    const list = found.get(name);
    if (list === undefined) found.set(name, [file]);
    else list.push(file);
  }
  return found;
}

function pointsToFiles({ kind }: DirectiveFacts): boolean {
  return kind === "cgo-preamble" || kind === "cgo-flags" || kind === "generate";
}

function isSource({ role }: OtherFile): boolean {
  return role === "c-source" || role === "assembly";
}

function lastName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** What may be the last name of a file: parts of paths, once with blanks in them and once without. */
function words(text: string): ReadonlySet<string> {
  return new Set([...text.split(/["'<>/\\\r\n]+/), ...text.split(/[\s"'<>/\\()=:,;|&]+/)]);
}

/** Go's rules for the names and claimed sizes in a module zip. */
import type { SourceLimits } from "./limits.ts";
import { filePathProblem } from "./module-path.ts";
import { quoted } from "./printable.ts";
import type { ZipEntry } from "./zip-container.ts";
import { type ZipRule, type ZipViolation, zipViolation } from "./zip-violation.ts";

/** Longer names cannot be extracted on the systems that Go runs on. */
const MAX_NAME = 4096;

/** A regular file of a module zip: its path inside the module, and its entry. */
export interface ZipMember {
  readonly name: string;
  readonly entry: ZipEntry;
}

/** What {@link checkZipNames} holds the entries against. */
export interface ZipNameRules {
  readonly shown: string;
  /** `path@version/` */
  readonly prefix: string;
  readonly limits: SourceLimits;
}

/** The regular files among the entries; directory entries are checked and left out. Throws for a broken rule. */
export function checkZipNames(entries: readonly ZipEntry[], rules: ZipNameRules): ZipMember[] {
  const { shown, prefix, limits } = rules;
  const taken: TakenNames = new Map();
  const members: ZipMember[] = [];
  let total = 0;
  for (const entry of entries) {
    const fail = (violation: ZipViolation): Error => zipViolation(shown, { ...violation, entry: entry.name });
    if (!entry.name.startsWith(prefix)) throw fail({ rule: "prefix", detail: `expected ${quoted(prefix)}` });
    const path = entry.name.slice(prefix.length);
    if (path === "") continue;
    const isDirectory = path.endsWith("/");
    const name = isDirectory ? path.slice(0, -1) : path;
    const broken = nameViolation(name, limits) ?? takeName(taken, name, isDirectory);
    if (broken !== undefined) throw fail(broken);
    if (taken.size > 2 * limits.entries) throw fail({ rule: "entry-count", detail: "files and directories" });
    if (isDirectory) continue;
    total += entry.size;
    const misplaced = goModViolation(name) ?? sizeViolation(name, entry.size, { total, limits });
    if (misplaced !== undefined) throw fail({ rule: misplaced });
    members.push({ name, entry });
  }
  return members;
}

/** What is wrong with a name by itself. */
export function nameViolation(name: string, limits: SourceLimits): ZipViolation | undefined {
  if (name.length > MAX_NAME) return { rule: "path-length" };
  const elements = name.split("/");
  if (elements.length > limits.directoryDepth) return { rule: "path-length", detail: "too many directories" };
  if (elements.some((element) => element === "" || element === "." || element === ".."))
    return { rule: "clean-path" };
  const problem = filePathProblem(name);
  return problem === undefined ? undefined : { rule: "valid-path", detail: problem };
}

function goModViolation(name: string): ZipRule | undefined {
  const base = name.slice(name.lastIndexOf("/") + 1);
  if (foldCase(base) !== "go.mod") return undefined;
  if (base !== name) return "go-mod-root";
  return name === "go.mod" ? undefined : "go-mod-case";
}

/** Whether a file, or all up to it, are too large. */
export function sizeViolation(
  name: string,
  size: number,
  { total, limits }: { readonly total: number; readonly limits: SourceLimits },
): ZipRule | undefined {
  if (total > limits.contentBytes) return "content-size";
  if (name === "go.mod" && size > limits.goModBytes) return "go-mod-size";
  if (name === "LICENSE" && size > limits.licenseBytes) return "license-size";
  return undefined;
}

/** Folded path to the path as first seen. */
export type TakenNames = Map<string, { readonly path: string; readonly isDirectory: boolean }>;

/** Enters a path and the directories above it; returns what it collides with. */
export function takeName(taken: TakenNames, path: string, isDirectory: boolean): ZipViolation | undefined {
  const key = foldCase(path);
  const other = taken.get(key);
  if (other !== undefined) {
    if (other.path !== path) return { rule: "case-collision", detail: `with ${quoted(other.path)}` };
    if (other.isDirectory !== isDirectory) return { rule: "file-and-directory", detail: quoted(path) };
    return isDirectory ? undefined : { rule: "duplicate" };
  }
  taken.set(key, { path, isDirectory });
  const slash = path.lastIndexOf("/");
  return slash < 0 ? undefined : takeName(taken, path.slice(0, slash), true);
}

/**
 * The same text for names that differ in case alone, by Unicode's simple case folding: character by character,
 * never changing how many there are.
 */
export function foldCase(text: string): string {
  if (/^[\u0020-\u007e]*$/u.test(text)) return text.toLowerCase();
  let folded = "";
  for (const char of text) folded += foldCharacter(char);
  return folded;
}

function foldCharacter(char: string): string {
  // The dotless i has no simple folding, though its upper case is I.
  if (char === "\u0131") return char;
  const upper = char.toUpperCase();
  const one = isOneCharacter(upper) ? upper : char;
  const lower = one.toLowerCase();
  return isOneCharacter(lower) ? lower : one;
}

function isOneCharacter(text: string): boolean {
  return text.length === String.fromCodePoint(text.codePointAt(0) ?? 0).length;
}

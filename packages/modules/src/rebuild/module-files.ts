/** Which files of a repository's directory Go puts into a module zip. */
import type { SourceLimits } from "../limits.ts";
import { foldCase, nameViolation, sizeViolation, type TakenNames, takeName } from "../zip-names.ts";
import { ZIP_RULES } from "../zip-violation.ts";

/** A file as the repository has it: name inside the module's directory. */
export interface CandidateFile {
  readonly name: string;
  readonly size: number;
  readonly isRegular: boolean;
}

/** The files that are in the zip, and for what reason Go would make none. */
export interface ChosenFiles<File extends CandidateFile> {
  readonly files: readonly File[];
  /** Names that Go refuses, with the rule that each breaks: with one of them there is no zip. */
  readonly refused: readonly { readonly name: string; readonly why: string }[];
}

/**
 * Leaves out what Go leaves out: nested modules, vendored packages (by rules that changed with go 1.24), links,
 * `.hg_archival.txt`. `goVersion` is that of the go.mod at the module's root, empty if it says none.
 */
export function chooseFiles<File extends CandidateFile>(
  candidates: readonly File[],
  { goVersion, limits }: { readonly goVersion: string; readonly limits: SourceLimits },
): ChosenFiles<File> {
  const nested = nestedModules(candidates);
  const isVendored = vendorRule(goVersion);
  const taken: TakenNames = new Map();
  const files: File[] = [];
  const refused: { name: string; why: string }[] = [];
  let total = 0;
  for (const file of candidates) {
    const { name, size, isRegular } = file;
    if (isVendored(name) || isBelow(name, nested) || name === ".hg_archival.txt") continue;
    const broken = nameViolation(name, limits) ?? caseViolation(name) ?? takeName(taken, name, false);
    if (broken !== undefined) {
      refused.push({ name, why: ZIP_RULES[broken.rule] });
      continue;
    }
    if (!isRegular) continue;
    total += size;
    const large = sizeViolation(name, size, { total, limits });
    if (large !== undefined) refused.push({ name, why: ZIP_RULES[large] });
    files.push(file);
  }
  return { files, refused };
}

function caseViolation(name: string): { readonly rule: "go-mod-case" } | undefined {
  return name !== "go.mod" && name.toLowerCase() === "go.mod" ? { rule: "go-mod-case" } : undefined;
}

/** Directories with a go.mod of their own, whatever the case of its letters. */
function nestedModules(candidates: readonly CandidateFile[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { name, isRegular } of candidates) {
    const slash = name.lastIndexOf("/");
    if (slash > 0 && isRegular && foldCase(name.slice(slash + 1)) === "go.mod")
      found.add(name.slice(0, slash));
  }
  return found;
}

function isBelow(name: string, directories: ReadonlySet<string>): boolean {
  if (directories.size === 0) return false;
  for (let slash = name.lastIndexOf("/"); slash > 0; slash = name.lastIndexOf("/", slash - 1))
    if (directories.has(name.slice(0, slash))) return true;
  return false;
}

/** Go 1.24 mended which files below a `vendor` directory further down belong to vendored packages. */
function vendorRule(goVersion: string): (name: string) => boolean {
  const [, major = "0", minor = "0"] = /^([0-9]{1,4})\.([0-9]{1,4})/u.exec(goVersion) ?? [];
  const isMended = Number(major) > 1 || (Number(major) === 1 && Number(minor) >= 24);
  const vendor = "vendor/";
  return (name) => {
    if (isMended && name === "vendor/modules.txt") return true;
    const at = name.startsWith(vendor) ? 0 : name.indexOf(`/${vendor}`) + 1;
    if (at === 0 && !name.startsWith(vendor)) return false;
    // The old rule cut the name after as many bytes, wherever the directory was.
    const start = at === 0 ? vendor.length : isMended ? at + vendor.length : vendor.length + 1;
    return bytesFrom(name, start, isMended).includes("/");
  };
}

/** Go counts bytes: only the old rule may cut within a character. */
function bytesFrom(name: string, start: number, isMended: boolean): string {
  return isMended ? name.slice(start) : Buffer.from(name).subarray(start).toString("latin1");
}

import type { ModuleCopy, ModuleFile } from "../module-copy.ts";
import { compareByteOrder } from "../module-copy.ts";
import type { RebuiltCopy } from "../rebuild/rebuilt-copy.ts";
import { explainingConversion } from "./conversions.ts";
import type { FileDifference, FileDifferenceKind } from "./model.ts";

/** The differences between two copies, sorted by the bytes of the names, and how many files are the same. */
export interface ComparedFiles {
  readonly files: readonly FileDifference[];
  readonly identical: number;
}

/** Compares by hashes, and reads what differs in both. */
export async function compareFiles(published: ModuleCopy, rebuilt: RebuiltCopy): Promise<ComparedFiles> {
  const inGit = new Map(rebuilt.files.map((file) => [file.name, file]));
  const inPublished = new Set(published.files.map(({ name }) => name));
  const files: FileDifference[] = [];
  let identical = 0;
  for (const file of published.files) {
    const other = inGit.get(file.name);
    if (other?.sha256 === file.sha256) identical++;
    else
      files.push({ name: file.name, kind: await kindOf(file, other, rebuilt.commit), ...sums(file, other) });
  }
  for (const file of rebuilt.files) {
    if (inPublished.has(file.name)) continue;
    const isCopy = file.name === "LICENSE" && rebuilt.hasRootLicense;
    files.push({ name: file.name, kind: isCopy ? "licence-copy" : "only-git", ...sums(undefined, file) });
  }
  return { files: files.sort((a, b) => compareByteOrder(a.name, b.name)), identical };
}

async function kindOf(
  file: ModuleFile,
  other: ModuleFile | undefined,
  commit: string,
): Promise<FileDifferenceKind> {
  if (other === undefined) return "only-published";
  const [published, git] = await Promise.all([file.read(), other.read()]);
  return explainingConversion({ published, git, commit }) ?? "different";
}

function sums(
  published: ModuleFile | undefined,
  git: ModuleFile | undefined,
): Pick<FileDifference, "publishedSha256" | "gitSha256"> {
  return {
    ...(published !== undefined && { publishedSha256: published.sha256 }),
    ...(git !== undefined && { gitSha256: git.sha256 }),
  };
}

const UNEXPLAINED: ReadonlySet<FileDifferenceKind> = new Set<FileDifferenceKind>([
  "only-published",
  "only-git",
  "only-vendor",
  "different",
]);

/** Whether a known conversion undoes the difference. */
export function isExplained({ kind }: FileDifference): boolean {
  return !UNEXPLAINED.has(kind);
}

/** A module as Go would make its zip from a commit, with the hash that this zip would have. */
import { createHash } from "node:crypto";
import { openRegularFile } from "../file-handle.ts";
import type { Repository } from "../git/repository.ts";
import { parseGoMod } from "../go-mod.ts";
import { goModDiagnostics } from "../go-mod-check.ts";
import { h1Hash } from "../h1.ts";
import { hashMembers } from "../hashing/members.ts";
import type { SourceLimits } from "../limits.ts";
import { compareByteOrder, type ModuleCopy, type ModuleFile, type TaskOptions } from "../module-copy.ts";
import { printable, quoted } from "../printable.ts";
import { SourceError } from "../source-error.ts";
import { memberFile } from "../zip.ts";
import { readZipEntries, type ZipEntry, type ZipInput } from "../zip-container.ts";
import { zipEntryContent } from "../zip-content.ts";
import { ZIP_RULES } from "../zip-violation.ts";
import { type CandidateFile, chooseFiles } from "./module-files.ts";

/** What is rebuilt. */
export interface RebuildRequest {
  /** Without a version, names are hashed with the path alone, as those of a directory. */
  readonly module: { readonly path: string; readonly version?: string };
  readonly commit: string;
  /** Of the module in the repository. */
  readonly directory: string;
  readonly limits: SourceLimits;
  readonly task: TaskOptions;
  /** What the user wrote. */
  readonly query: string;
}

/** A rebuilt module. */
export interface RebuiltCopy extends ModuleCopy {
  readonly commit: string;
  readonly directory: string;
  /** Names for which Go makes no zip at all: then the hash is of what is left, and equals nothing published. */
  readonly refused: readonly { readonly name: string; readonly why: string }[];
  /** LICENSE is that of the repository's root, put in by Go. */
  readonly hasRootLicense: boolean;
}

interface ArchivedFile extends CandidateFile {
  readonly entry: ZipEntry;
}

const PREFIX = "prefix/";

/** Rebuilds the module from a fetched commit. Close the copy when done. Rejects with a `SourceError`. */
export async function rebuildModule(repository: Repository, request: RebuildRequest): Promise<RebuiltCopy> {
  const { commit, directory, module, limits, task } = request;
  const shown = `${module.path} at commit ${commit.slice(0, 12)}`;
  const file = await repository.archive(commit, directory);
  const handle = await openRegularFile(file, shown);
  try {
    const input: ZipInput = { file: handle, fileSize: (await handle.stat()).size, shown, limits };
    const archived = archivedFiles(await readZipEntries(input), directory);
    const goVersion = await goDirective(archived, input);
    const chosen = chooseFiles(archived, { goVersion, limits });
    const members = chosen.files.map(({ name, entry }) => ({ name, entry }));
    const sums = await hashMembers(input, members, task);
    const state = { isOpen: true };
    const files = members.map((member, at) =>
      memberFile(input, { ...member, sha256: sums[at] ?? "", state }),
    );
    // Go adds it before links are left out, and holds its name against the others.
    const hasLicense = archived.some(({ name }) => name === "LICENSE");
    const license = hasLicense ? undefined : await rootLicense(repository, request);
    const rival = license && archived.find(({ name }) => name.toLowerCase() === "license");
    const refused = [
      ...chosen.refused,
      ...(rival === undefined ? [] : [{ name: rival.name, why: ZIP_RULES["case-collision"] }]),
    ];
    const all = [...files, ...(license === undefined ? [] : [license])].sort((a, b) =>
      compareByteOrder(a.name, b.name),
    );
    if (all.length === 0)
      throw new SourceError("empty", `${printable(shown)}: Go would put no file into its zip`);
    const prefix = module.version === undefined ? module.path : `${module.path}@${module.version}`;
    return {
      source: "git",
      modulePath: module.path,
      ...(module.version !== undefined && { version: module.version }),
      query: request.query,
      h1: h1Hash(all.map(({ name, sha256 }) => ({ name: `${prefix}/${name}`, sha256 }))),
      files: all,
      diagnostics: await goModDiagnostics({ path: module.path, files: all }),
      commit,
      directory,
      refused,
      hasRootLicense: license !== undefined,
      close: async () => {
        if (state.isOpen) await handle.close();
        state.isOpen = false;
      },
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

function archivedFiles(entries: readonly ZipEntry[], directory: string): readonly ArchivedFile[] {
  const below = `${PREFIX}${directory === "" ? "" : `${directory}/`}`;
  return entries
    .filter(({ name }) => name.startsWith(below) && !name.endsWith("/"))
    .map((entry) => ({
      name: entry.name.slice(below.length),
      size: entry.size,
      isRegular: entry.isRegular,
      entry,
    }));
}

async function goDirective(archived: readonly ArchivedFile[], input: ZipInput): Promise<string> {
  const goMod = archived.find(({ name, isRegular }) => name === "go.mod" && isRegular);
  if (goMod === undefined || goMod.size > input.limits.goModBytes) return "";
  const chunks: Uint8Array[] = [];
  for await (const chunk of zipEntryContent(input, goMod.entry)) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString("utf8");
  return parseGoMod(text, "go.mod", "dependency").value.go?.version ?? "";
}

/** A module below the root that has no LICENSE gets that of the root, as git has it. */
async function rootLicense(
  repository: Repository,
  { commit, directory, limits }: RebuildRequest,
): Promise<ModuleFile | undefined> {
  if (directory === "") return undefined;
  const content = await repository.readFile(commit, "LICENSE", limits.licenseBytes);
  if (content === undefined) return undefined;
  const sha256 = createHash("sha256").update(content).digest("hex");
  return { name: "LICENSE", size: content.length, sha256, read: async () => content };
}

/** Why a rebuilt module has no hash that Go would print, in words; undefined if it has. */
export function refusalOf({ refused }: RebuiltCopy): string | undefined {
  const [first] = refused;
  if (first === undefined) return undefined;
  const more = refused.length === 1 ? "" : ` (and ${refused.length - 1} more)`;
  return `Go makes no module zip of this commit: ${quoted(first.name)}${more}: ${first.why}`;
}

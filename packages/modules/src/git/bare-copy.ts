/** Bare copies on disk: made whole, added to by fetches that may be ended or meet other processes. */
import { randomBytes } from "node:crypto";
import { mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { quoted } from "../printable.ts";
import { SourceError } from "../source-error.ts";
import { type GitResult, type GitRun, OLDEST_GIT } from "./git-command.ts";
import { isObjectName, type RepositoryRefs } from "./refs.ts";

/** Runs git on a copy; with `asks` it may reach the repository that the copy is of. */
export type Git = (
  run: Pick<GitRun, "args" | "directory"> & Partial<GitRun> & { readonly asks?: boolean },
) => Promise<GitResult>;

/** The error for a repository that git cannot read, with what git says of it. */
export function unavailable(complaint: string): SourceError {
  return new SourceError(
    "repository-unavailable",
    `the repository cannot be read${complaint === "" ? `, and git does not say why: it may be older than ${OLDEST_GIT}` : `; git says:\n${complaint}`}`,
    {
      hint: "Check that it exists and that it needs no login; --repo names another copy of it.",
    },
  );
}

/** A bare repository whose one remote is the address; made whole or not at all. */
export async function initialise(
  git: Git,
  directory: string,
  digits: RepositoryRefs["digits"],
): Promise<void> {
  if (await exists(join(directory, "HEAD"))) return;
  const beside = `${directory}.${randomBytes(6).toString("hex")}.tmp`;
  const format = digits === 64 ? "sha256" : "sha1";
  const made = await git({
    directory: beside,
    args: ["init", "--quiet", "--bare", "--template=", `--object-format=${format}`],
  });
  if (!made.ok) throw unavailable(made.complaint);
  await mkdir(join(beside, "info"), { recursive: true });
  // As Go does it: what an archive holds must not depend on how git would name or leave out things.
  await writeFile(join(beside, "info", "attributes"), "* -export-subst -export-ignore\n");
  await rename(beside, directory).catch(async (error: unknown) => {
    await rm(beside, { recursive: true, force: true });
    if (!(await exists(join(directory, "HEAD")))) throw error;
  });
}

/** Whether there is such a file or folder. */
export async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

/** A commit, and the copy that it is to be in. */
export interface CommitPlace {
  readonly directory: string;
  readonly commit: string;
  readonly digits: RepositoryRefs["digits"];
}

/** Fetches one commit with its files and without its history; false if the repository does not hand it out. */
export async function fetchCommit(git: Git, { directory, commit, digits }: CommitPlace): Promise<boolean> {
  await initialise(git, directory, digits);
  if (await hasCommit(git, directory, commit)) return true;
  const fetched = await fetchInto(git, {
    directory,
    args: [
      "fetch",
      "--quiet",
      "--no-tags",
      "--no-write-fetch-head",
      "--depth=1",
      "--end-of-options",
      "origin",
      `+${commit}:refs/commits/${commit}`,
    ],
    asks: true,
  });
  return fetched.ok && hasCommit(git, directory, commit);
}

/** How often a copy that another process writes to is tried, and milliseconds between. */
const LOCKED = { tries: 40, wait: 250 } as const;

/** Fetches; waits for other processes, and leaves nothing of a fetch that was ended. */
export async function fetchInto(git: Git, run: Parameters<Git>[0]): Promise<GitResult> {
  for (let attempt = 1; ; attempt++) {
    try {
      const result = await git(run);
      if (
        result.ok ||
        attempt >= LOCKED.tries ||
        !/\.lock'?:? |shallow file has changed/u.test(result.complaint)
      )
        return result;
      await sleep(LOCKED.wait);
    } catch (error) {
      await removeLeftovers(run.directory);
      throw error;
    }
  }
}

/** Packs that were not complete: they would count for the bound on the next fetch. */
async function removeLeftovers(directory: string): Promise<void> {
  for (const folder of [join(directory, "objects"), join(directory, "objects", "pack")]) {
    const names = await readdir(folder).catch((): string[] => []);
    const left = names.filter((name) => /^(?:tmp_|incoming-)/u.test(name));
    await Promise.all(left.map((name) => rm(join(folder, name), { recursive: true, force: true })));
  }
}

async function hasCommit(git: Git, directory: string, commit: string): Promise<boolean> {
  const { ok, stdout } = await git({
    directory,
    args: ["rev-parse", "--quiet", "--verify", "--end-of-options", `refs/commits/${commit}^{commit}`],
  });
  return ok && stdout.toString("latin1").trim() === commit;
}

/** The committer's time of a commit in the copy, in seconds since 1970. */
export async function commitTime(git: Git, directory: string, commit: string): Promise<number | undefined> {
  const args = ["show", "--no-patch", "--format=%ct", "--end-of-options", objectName(commit)];
  const { ok, stdout } = await git({ directory, args });
  const time = stdout.toString("latin1").trim();
  return ok && /^[0-9]{1,12}$/u.test(time) ? Number(time) : undefined;
}

/** The text if it can only be the full name of an object; throws a `SourceError` for any other. */
export function objectName(text: string): string {
  if (isObjectName(text)) return text;
  throw new SourceError("bad-version", `${quoted(text)} is no full name of a commit`);
}

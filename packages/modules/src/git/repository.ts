/**
 * Bare copies of repositories below capdiff's cache: of single commits, one fetch each, and of the history alone.
 * What git is told comes from us or was matched by an allow-list; what it says is escaped. A copy is only ever
 * added to.
 */
import { createHash, randomBytes } from "node:crypto";
import { mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { TaskOptions } from "../module-copy.ts";
import { quoted } from "../printable.ts";
import { SourceError } from "../source-error.ts";
import { textStore } from "../text-store.ts";
import { type GitLimits, type GitResult, type GitRun, runGit } from "./git-command.ts";
import { localRefsKey } from "./local-refs.ts";
import { publicAddress } from "./public-address.ts";
import { isObjectName, isRefName, parseRefs, type RepositoryRefs } from "./refs.ts";
import type { RepositoryAddress } from "./repository-url.ts";

/** Where copies are kept, and what bounds the work on them. */
export interface RepositoryOptions {
  /** Of copies of all repositories. */
  readonly folder: string;
  readonly limits: GitLimits;
  readonly task: TaskOptions;
}

/** A repository and our copy of it. All functions reject with a `SourceError`. */
export interface Repository {
  readonly address: RepositoryAddress;
  /** What it shows now; asked once. */
  refs(): Promise<RepositoryRefs>;
  /** Makes the commit's files available; false if the repository does not hand it out. */
  fetchCommit(commit: string): Promise<boolean>;
  /** Makes commits of all branches and tags available, without files where the server can leave them out. */
  history(): Promise<History>;
  /** A file of a fetched commit, as git has it; undefined if there is none. */
  readFile(commit: string, path: string, limit: number): Promise<Buffer | undefined>;
  /** The committer's time of a fetched commit, in seconds since 1970. */
  commitTime(commit: string): Promise<number | undefined>;
  /** Writes a fetched commit, or a directory of it, to a zip as `git archive` does; returns the file. */
  archive(commit: string, directory: string): Promise<string>;
}

/** Questions about commits. */
export interface History {
  /** The full name of the one commit that an abbreviation stands for. */
  resolve(abbreviation: string): Promise<string | undefined>;
  /** Whether a branch or tag leads to the commit. */
  isReachable(commit: string): Promise<boolean>;
  isAncestor(ancestor: string, commit: string): Promise<boolean>;
  /** The committer's time in seconds since 1970. */
  commitTime(commit: string): Promise<number | undefined>;
  /** The tags whose commits are the commit or ancestors of it, by their names. */
  tagsBelow(commit: string): Promise<readonly string[]>;
}

const LINES = 64 * 1024 * 1024;
const ONE_LINE = 64 * 1024;

/** Opens our copy of a repository. Nothing is asked before the first call; calls wait for each other. */
export function openRepository(address: RepositoryAddress, options: RepositoryOptions): Repository {
  const name = createHash("sha256").update(address.url).digest("hex").slice(0, 32);
  const place = join(options.folder, name);
  const turn = inTurn();
  const git = gitIn(address, options);
  let refs: Promise<RepositoryRefs> | undefined;
  let history: Promise<History> | undefined;
  const commits = (): string => join(place, "commits");
  const known = new Map<string, Promise<boolean>>();
  const listRefs = (): Promise<RepositoryRefs> => {
    refs ??= turn(() => knownRefs(git, place, address));
    return refs;
  };
  return {
    address,
    refs: listRefs,
    fetchCommit: async (commit) => {
      if (!isObjectName(commit)) return false;
      const { digits } = await listRefs();
      if (commit.length !== digits) return false;
      const fetched =
        known.get(commit) ?? turn(() => fetchCommit(git, { directory: commits(), commit, digits }));
      known.set(commit, fetched);
      return fetched;
    },
    history: async () => {
      const { digits } = await listRefs();
      history ??= turn(() => fetchHistory(git, { directory: join(place, "history"), digits }));
      return history;
    },
    readFile: (commit, path, limit) => readFile(git, { directory: commits(), commit, path, limit }),
    commitTime: (commit) => commitTime(git, commits(), commit),
    archive: (commit, directory) => turn(() => archive(git, { place, commit, path: directory })),
  };
}

/** Runs steps one after the other. */
function inTurn(): <T>(step: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (step) => {
    const result = last.then(step);
    last = result.catch(() => undefined);
    return result;
  };
}

type Git = (
  run: Pick<GitRun, "args" | "directory"> & Partial<GitRun> & { readonly asks?: boolean },
) => Promise<GitResult>;

/** Runs git with the bounds, and if it asks the repository, with the one transport and address that are allowed. */
function gitIn(address: RepositoryAddress, { limits, task }: RepositoryOptions): Git {
  return async ({ asks = false, ...run }) => {
    const settings = asks ? await pinned(address, limits) : [];
    return runGit({
      outputBytes: ONE_LINE,
      ...(asks && { transport: address.transport, diskBytes: limits.diskBytes }),
      ...run,
      settings,
      limits,
      signal: task.signal,
    });
  };
}

/**
 * The address of a host is looked up here, and git connects to just that one. An HTTP proxy looks names up itself.
 */
async function pinned(
  { url, publicOnly }: RepositoryAddress,
  { variables }: GitLimits,
): Promise<readonly string[]> {
  const remote = `remote.origin.url=${url}`;
  if (!publicOnly || variables["https_proxy"] || variables["HTTPS_PROXY"]) return [remote];
  const { hostname, port } = new URL(url);
  return [remote, `http.curloptResolve=${hostname}:${port || "443"}:${await publicAddress(hostname)}`];
}

/** Of a local repository whose refs are as they were, git need not be asked again. */
async function knownRefs(
  git: Git,
  place: string,
  { transport, url }: RepositoryAddress,
): Promise<RepositoryRefs> {
  const key = transport === "file" ? await localRefsKey(fileURLToPath(url)) : undefined;
  if (key === undefined) return parseRefs(await askRefs(git, place));
  const store = textStore(join(place, "refs"));
  const known = await store.get(key);
  const listed = known ?? (await askRefs(git, place));
  if (known === undefined) await store.put(key, listed);
  return parseRefs(listed);
}

async function askRefs(git: Git, place: string): Promise<string> {
  await mkdir(place, { recursive: true, mode: 0o700 });
  const directory = join(place, "asking");
  await initialise(git, directory, 40);
  const { ok, stdout, complaint } = await git({
    directory,
    args: ["ls-remote", "--end-of-options", "origin", "HEAD", "refs/heads/*", "refs/tags/*"],
    outputBytes: LINES,
    asks: true,
  });
  if (!ok) throw unavailable(complaint);
  return stdout.toString("utf8");
}

function unavailable(complaint: string): SourceError {
  return new SourceError(
    "repository-unavailable",
    `the repository cannot be read${complaint === "" ? "" : `; git says:\n${complaint}`}`,
    {
      hint: "Check that it exists and that it needs no login; --repo names another copy of it.",
    },
  );
}

/** A bare repository whose one remote is the address; made whole or not at all. */
async function initialise(git: Git, directory: string, digits: RepositoryRefs["digits"]): Promise<void> {
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

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

interface CommitPlace {
  readonly directory: string;
  readonly commit: string;
  readonly digits: RepositoryRefs["digits"];
}

async function fetchCommit(git: Git, { directory, commit, digits }: CommitPlace): Promise<boolean> {
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
async function fetchInto(git: Git, run: Parameters<Git>[0]): Promise<GitResult> {
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

async function fetchHistory(git: Git, { directory, digits }: Omit<CommitPlace, "commit">): Promise<History> {
  await initialise(git, directory, digits);
  const { ok, complaint } = await fetchInto(git, {
    directory,
    args: [
      "fetch",
      "--quiet",
      "--prune",
      "--no-tags",
      "--no-write-fetch-head",
      "--filter=tree:0",
      "--end-of-options",
      "origin",
      "+refs/heads/*:refs/heads/*",
      "+refs/tags/*:refs/tags/*",
    ],
    asks: true,
  });
  if (!ok) throw unavailable(complaint);
  const answer = async (...args: readonly string[]): Promise<string | undefined> => {
    const result = await git({ directory, args });
    return result.ok ? result.stdout.toString("utf8").trim() : undefined;
  };
  return {
    resolve: async (abbreviation) => {
      if (!/^[0-9a-f]{7,64}$/u.test(abbreviation)) return undefined;
      return answer("rev-parse", "--quiet", "--verify", "--end-of-options", `${abbreviation}^{commit}`);
    },
    isReachable: async (commit) => {
      if (!isObjectName(commit)) return false;
      return (
        ((await answer("for-each-ref", "--count=1", "--format=%(refname)", `--contains=${commit}`)) ?? "") !==
        ""
      );
    },
    isAncestor: async (ancestor, commit) => {
      if (!isObjectName(ancestor) || !isObjectName(commit)) return false;
      return (await answer("merge-base", "--is-ancestor", ancestor, commit)) !== undefined;
    },
    commitTime: (commit) => commitTime(git, directory, commit),
    tagsBelow: async (commit) => {
      const args = ["for-each-ref", `--merged=${objectName(commit)}`, "--format=%(refname)", "refs/tags"];
      const result = await git({ directory, args, outputBytes: LINES });
      const names = result.ok ? result.stdout.toString("utf8").split("\n") : [];
      return names.filter((name) => name !== "").map((name) => name.slice("refs/tags/".length));
    },
  };
}

interface PathPlace {
  readonly commit: string;
  readonly path: string;
}

async function readFile(
  git: Git,
  { directory, commit, path, limit }: PathPlace & { readonly directory: string; readonly limit: number },
): Promise<Buffer | undefined> {
  const { ok, stdout } = await git({
    directory,
    args: ["cat-file", "blob", `${objectName(commit)}:${path}`],
    outputBytes: limit,
  });
  return ok ? stdout : undefined;
}

async function commitTime(git: Git, directory: string, commit: string): Promise<number | undefined> {
  const args = ["show", "--no-patch", "--format=%ct", "--end-of-options", objectName(commit)];
  const { ok, stdout } = await git({ directory, args });
  const time = stdout.toString("latin1").trim();
  return ok && /^[0-9]{1,12}$/u.test(time) ? Number(time) : undefined;
}

async function archive(
  git: Git,
  { place, commit, path }: PathPlace & { readonly place: string },
): Promise<string> {
  const folder = join(place, "archives");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const name = createHash("sha256").update(path).digest("hex").slice(0, 8);
  const file = join(folder, `${objectName(commit)}-${name}.zip`);
  if (await exists(file)) return file;
  const temporary = `${file}.${randomBytes(6).toString("hex")}.tmp`;
  try {
    const { ok, complaint } = await git({
      directory: join(place, "commits"),
      args: [
        "archive",
        "--format=zip",
        "--prefix=prefix/",
        "--end-of-options",
        commit,
        ...(path === "" ? [] : [path]),
      ],
      outputFile: temporary,
      outputBytes: ARCHIVE_BYTES,
    });
    if (!ok) throw noArchive(commit, complaint);
    await rename(temporary, file);
    return file;
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

function noArchive(commit: string, complaint: string): SourceError {
  const said = complaint === "" ? "" : `; git says:\n${complaint}`;
  return new SourceError(
    "bad-zip",
    `Go makes no module zip of commit ${commit.slice(0, 12)}: git makes no archive${said}`,
  );
}

/** Go's own limit for what it makes a module zip of. */
const ARCHIVE_BYTES = 500 * 1024 * 1024;

function objectName(text: string): string {
  if (isObjectName(text)) return text;
  throw new SourceError("bad-version", `${quoted(text)} is no full name of a commit`);
}

/** The commit of a branch or tag that the repository shows; undefined if there is none of that name. */
export function commitOf(refs: RepositoryRefs, kind: "heads" | "tags", name: string): string | undefined {
  return isRefName(name) ? refs.commits.get(`refs/${kind}/${name}`) : undefined;
}

/**
 * Bare copies of repositories below capdiff's cache: of single commits, one fetch each, and of the history alone.
 * What git is told comes from us or was matched by an allow-list; what it says is escaped. A copy is only ever
 * added to.
 */
import { createHash, randomBytes } from "node:crypto";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TaskOptions } from "../module-copy.ts";
import { SourceError } from "../source-error.ts";
import { textStore } from "../text-store.ts";
import {
  commitTime,
  exists,
  fetchCommit,
  type Git,
  initialise,
  objectName,
  unavailable,
} from "./bare-copy.ts";
import { type GitLimits, runGit } from "./git-command.ts";
import { fetchHistory, type History } from "./history.ts";
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
  const commits = (commit: string): string => commitsFolder(place, commit.length);
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
        known.get(commit) ?? turn(() => fetchCommit(git, { directory: commits(commit), commit, digits }));
      known.set(commit, fetched);
      return fetched;
    },
    history: async () => {
      const { digits } = await listRefs();
      history ??= turn(() =>
        fetchHistory(git, { directory: join(place, digits === 64 ? "history-sha256" : "history"), digits }),
      );
      return history;
    },
    readFile: (commit, path, limit) => readFile(git, { directory: commits(commit), commit, path, limit }),
    commitTime: (commit) => commitTime(git, commits(commit), commit),
    archive: (commit, directory) => turn(() => archive(git, { place, commit, path: directory })),
  };
}

/** Copies have one form of names each: another repository at the same place may have the other. */
function commitsFolder(place: string, digits: number): string {
  return join(place, digits === 64 ? "commits-sha256" : "commits");
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
  const key = transport === "file" ? localRefsKey(fileURLToPath(url)) : undefined;
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
      directory: commitsFolder(place, commit.length),
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

/** The commit of a branch or tag that the repository shows; undefined if there is none of that name. */
export function commitOf(refs: RepositoryRefs, kind: "heads" | "tags", name: string): string | undefined {
  return isRefName(name) ? refs.commits.get(`refs/${kind}/${name}`) : undefined;
}

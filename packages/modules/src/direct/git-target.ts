/** Targets that name a revision: `git:REV` of the repository that one stands in, `git+URL@REF` of another. */
import { realpath } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";
import type { Configuration } from "../configuration.ts";
import { openPlace } from "../discovery/locate.ts";
import { dataFolder } from "../git/data-folder.ts";
import { runGit } from "../git/git-command.ts";
import { isObjectName } from "../git/refs.ts";
import { commitOf, type Repository } from "../git/repository.ts";
import { parseGoMod } from "../go-mod.ts";
import type { ModuleCopy } from "../module-copy.ts";
import { printable, quoted } from "../printable.ts";
import type { OpenOptions } from "../published.ts";
import { rebuildModule } from "../rebuild/rebuilt-copy.ts";
import { SourceError } from "../source-error.ts";

/** Opens `git+https://host/repository@ref` or `git+file:///directory@ref`; the module is that of the root. */
export async function openGitUrl(target: string, options: OpenOptions): Promise<ModuleCopy> {
  const [, url = "", ref = ""] = /^git\+([a-z]+:\/\/.+)@([^@]+)$/su.exec(target) ?? [];
  if (url === "")
    throw badTarget(target, "Write git+https://host/repository@ref or git+file:///directory@ref.");
  const repository = await openPlace(url, "user", options.configuration);
  const refs = await repository.refs();
  const named = isObjectName(ref)
    ? ref
    : ref === "HEAD"
      ? refs.commits.get("HEAD")
      : (commitOf(refs, "heads", ref) ?? commitOf(refs, "tags", ref));
  const commit = named ?? (await (await repository.history()).resolve(ref));
  if (commit === undefined) throw noRevision(ref);
  return openCommit({ repository, commit, directory: "", target }, options);
}

/** Opens `git:REV`: the module in the directory where one stands, as it was at the revision. */
export async function openGitRevision(target: string, options: OpenOptions): Promise<ModuleCopy> {
  const revision = target.slice("git:".length);
  const here = await realpath(process.cwd());
  const top = findTop(here);
  if (top === undefined)
    throw badTarget(
      target,
      "This directory is in no git repository: write git:MODULE@VERSION or git+URL@REF.",
    );
  // What is wrong with the repository is told before git looks at it.
  const repository = await openPlace(pathToFileURL(top.folder).href, "user", options.configuration);
  const commit = await resolveLocal(revision, top, options.configuration);
  const directory = relative(top.folder, here).split(sep).join("/");
  return openCommit({ repository, commit, directory, target }, options);
}

interface Revision {
  readonly repository: Repository;
  readonly commit: string;
  readonly directory: string;
  readonly target: string;
}

async function openCommit(
  { repository, commit, directory, target }: Revision,
  options: OpenOptions,
): Promise<ModuleCopy> {
  const { configuration, signal, onProgress } = options;
  const { limits } = configuration;
  if (!(await repository.fetchCommit(commit))) throw noRevision(commit);
  const name = directory === "" ? "go.mod" : `${directory}/go.mod`;
  const goMod = await repository.readFile(commit, name, limits.goModBytes);
  const declared = goMod && parseGoMod(goMod.toString("utf8"), "go.mod", "dependency").value.module?.path;
  const task = { signal, onProgress };
  const path = declared ?? printable(directory.split("/").at(-1) || "root");
  const copy = await rebuildModule(repository, {
    module: { path },
    commit,
    directory,
    limits,
    task,
    query: target,
  });
  return { ...copy, diagnostics: [...configuration.diagnostics, ...copy.diagnostics] };
}

interface Top {
  /** Of the files. */
  readonly folder: string;
  /** Of git's own data. */
  readonly data: string;
}

/** The repository that a directory is in. */
function findTop(start: string): Top | undefined {
  for (let folder = start; ; folder = dirname(folder)) {
    const data = dataFolder(join(folder, ".git"));
    if (data !== undefined) return { folder, data };
    if (dirname(folder) === folder) return undefined;
  }
}

/** What git may read as a revision: a name or a commit, and steps back from it. */
const REVISION = /^[A-Za-z0-9_][A-Za-z0-9_.+/-]{0,250}(?:[~^][0-9]{0,6}){0,20}$/u;

async function resolveLocal(
  revision: string,
  { data }: Top,
  { git, cacheDir }: Configuration,
): Promise<string> {
  if (!REVISION.test(revision) || revision.includes("..")) throw noRevision(revision);
  const { ok, stdout, complaint } = await runGit({
    directory: data,
    home: cacheDir === undefined ? undefined : join(cacheDir, "git", "home"),
    args: ["rev-parse", "--quiet", "--verify", "--end-of-options", `${revision}^{commit}`],
    outputBytes: 1024,
    limits: git,
  });
  const commit = stdout.toString("latin1").trim();
  if (ok && isObjectName(commit)) return commit;
  throw noRevision(revision, complaint);
}

function noRevision(revision: string, complaint = ""): SourceError {
  const said = complaint === "" ? "" : `; git says:\n${complaint}`;
  return new SourceError("not-found", `the repository has no revision ${quoted(revision)}${said}`, {
    hint: "Name a branch, a tag or a commit, such as main, v1.2.3 or HEAD~1.",
  });
}

function badTarget(target: string, hint: string): SourceError {
  return new SourceError("bad-target", `${quoted(target)} names no revision of a module`, { hint });
}

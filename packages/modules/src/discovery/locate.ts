/** The repository of a module path, opened: the one that the user names, else the one that the path leads to. */
import { join } from "node:path";
import type { Configuration } from "../configuration.ts";
import type { GitLimits } from "../git/git-command.ts";
import { openRepository, type Repository } from "../git/repository.ts";
import { type NamedBy, repositoryAddress } from "../git/repository-url.ts";
import { matchesPatternList } from "../patterns.ts";
import { printable } from "../printable.ts";
import { SourceError } from "../source-error.ts";
import { discoverRepository, type GetPage, pageGetter } from "./discover.ts";

/** A repository that was found; nothing has been asked of it. */
export interface LocatedRepository {
  readonly repository: Repository;
  /** Its address as it was found. */
  readonly place: string;
  /** The import path of its root. */
  readonly root: string;
  readonly subdirectory: string;
  readonly by: "flag" | "static-host" | "go-import";
}

/**
 * Finds and opens the repository of a module path. Modules that GONOPROXY or GOPRIVATE lists may lie on private
 * networks; the others' repositories are asked on the public network alone, and by https.
 */
export async function locateRepository(
  path: string,
  configuration: Configuration,
  getPage: GetPage = pageGetter(configuration, {}),
): Promise<LocatedRepository> {
  const named = configuration.repositories.find(({ root }) => path === root || path.startsWith(`${root}/`));
  if (named !== undefined) {
    const repository = await openPlace(named.place, "user", configuration);
    return { repository, place: named.place, root: named.root, subdirectory: "", by: "flag" };
  }
  checkOnline(path, configuration);
  const { gonoproxy, govcs } = configuration;
  const isPrivate = gonoproxy !== undefined && matchesPatternList(gonoproxy.value, path);
  if (govcs !== undefined && !mayUseGit(path, govcs.value, isPrivate)) {
    throw new SourceError("bad-configuration", `${govcs.from} does not allow git for ${path}`, {
      hint: "Name the repository yourself with --repo, or change GOVCS.",
    });
  }
  const { url, root, subdirectory, by } = await discoverRepository(path, getPage);
  const repository = await openPlace(url, isPrivate ? "private" : "server", configuration);
  return { repository, place: url, root, subdirectory, by };
}

/** With GOPROXY=off nothing is asked: neither proxies nor repositories. */
function checkOnline(what: string, { goproxy }: Configuration): void {
  if (goproxy?.value.trim() !== "off") return;
  throw new SourceError(
    "proxy-off",
    `no repository is asked for ${printable(what)} with GOPROXY=off (${goproxy.from})`,
    {
      hint: "Name a local clone with --repo.",
    },
  );
}

/** GOVCS: the first entry `pattern:systems` that matches decides; `public` and `private` are patterns too. */
function mayUseGit(path: string, govcs: string, isPrivate: boolean): boolean {
  for (const entry of govcs.split(",")) {
    const [pattern = "", systems = ""] = entry.trim().split(":", 2);
    const matches =
      pattern === "public"
        ? !isPrivate
        : pattern === "private"
          ? isPrivate
          : matchesPatternList(pattern, path);
    if (matches) return systems.split("|").some((system) => system === "git" || system === "all");
  }
  return true;
}

/** By what all variants of one configuration share, so that two runs of git never meet in one copy. */
const opened = new WeakMap<GitLimits, Map<string, Repository>>();

/** Opens a repository at an address; within one configuration each is asked once. Rejects with a `SourceError`. */
export async function openPlace(
  text: string,
  namedBy: NamedBy,
  configuration: Configuration,
): Promise<Repository> {
  const address = repositoryAddress(text, namedBy);
  if (address.transport !== "file") checkOnline(address.shown, configuration);
  const known = opened.get(configuration.git) ?? new Map<string, Repository>();
  opened.set(configuration.git, known);
  const repository =
    known.get(address.url) ??
    openRepository(address, { folder: repositoryFolder(configuration), limits: configuration.git, task: {} });
  known.set(address.url, repository);
  return repository;
}

/** Where copies of repositories are kept. Throws a `SourceError` if there is no folder for them. */
function repositoryFolder({ cacheDir }: Configuration): string {
  if (cacheDir !== undefined) return join(cacheDir, "git");
  throw new SourceError(
    "cache-unwritable",
    "there is no folder for repositories: the home folder is not known",
    {
      hint: "Set --cache-dir.",
    },
  );
}

/** Which repository a module's published copy is held against. */
import { join } from "node:path";
import type { Configuration } from "../configuration.ts";
import { type DiscoveredRepository, discoverRepository, type GetPage } from "../discovery/discover.ts";
import { openRepository, type Repository } from "../git/repository.ts";
import { repositoryAddress } from "../git/repository-url.ts";
import type { TaskOptions } from "../module-copy.ts";
import type { ModuleOrigin } from "../module-info.ts";
import { printable, quoted } from "../printable.ts";
import { SourceError } from "../source-error.ts";
import type { ProvenanceFinding, RepositoryReport } from "./model.ts";

/** Where repositories may be looked for. */
export interface RepositorySearch {
  readonly configuration: Configuration;
  readonly task: TaskOptions;
  /** What the user named. */
  readonly repo: string | undefined;
  readonly getPage: GetPage;
  /** Copies of this run, by address, so that modules of one repository share it. */
  readonly opened: Map<string, Repository>;
}

/** A repository that was found; nothing has been asked of it. */
export interface FoundRepository {
  readonly repository: Repository;
  readonly report: RepositoryReport;
  /** The import path of its root, if that is known. */
  readonly root: string | undefined;
  readonly subdirectory: string;
}

/** The repository, or why there is none; findings say what is odd about it. */
export interface RepositoryOf {
  readonly found: FoundRepository | undefined;
  readonly findings: readonly ProvenanceFinding[];
}

/**
 * The repository that the user named, else the one that the module path leads to, else the one that the proxy
 * names: the last is a hint of somebody who is not trusted.
 */
export async function repositoryOf(
  path: string,
  origin: ModuleOrigin | undefined,
  search: RepositorySearch,
): Promise<RepositoryOf> {
  if (search.repo !== undefined) {
    const repository = await open(search.repo, "user", search);
    return {
      found: { repository, report: reported(repository, "flag"), root: undefined, subdirectory: "" },
      findings: [],
    };
  }
  const discovered = await orWhy(() => discoverRepository(path, search.getPage));
  if (typeof discovered !== "string") return fromPath(path, discovered, { origin, search });
  const unknown: ProvenanceFinding = { id: "repository-unknown", message: discovered };
  const url = origin?.vcs === "git" ? origin.url : undefined;
  const hinted = url === undefined ? undefined : await orWhy(() => open(url, "server", search));
  if (hinted === undefined || typeof hinted === "string") return { found: undefined, findings: [unknown] };
  const found = { repository: hinted, report: reported(hinted, "origin"), root: undefined, subdirectory: "" };
  return { found, findings: [unknown] };
}

async function fromPath(
  path: string,
  { url, root, subdirectory, by }: DiscoveredRepository,
  { origin, search }: { readonly origin: ModuleOrigin | undefined; readonly search: RepositorySearch },
): Promise<RepositoryOf> {
  const repository = await orWhy(() => open(url, "server", search));
  if (typeof repository === "string")
    return { found: undefined, findings: [{ id: "repository-unknown", message: repository }] };
  const contradicts = origin?.url !== undefined && !isSameAddress(origin.url, url);
  const findings: ProvenanceFinding[] = contradicts
    ? [
        {
          id: "origin-contradicts",
          message: `the proxy names ${quoted(origin.url ?? "")}, ${printable(path)} leads to ${printable(repository.address.shown)}`,
        },
      ]
    : [];
  return { found: { repository, report: reported(repository, by), root, subdirectory }, findings };
}

function reported({ address }: Repository, foundBy: RepositoryReport["foundBy"]): RepositoryReport {
  return { url: address.shown, foundBy };
}

/** Hosts answer to addresses with and without `.git` alike. */
function isSameAddress(a: string, b: string): boolean {
  const plain = (url: string): string => url.replace(/(?:\.git)?\/?$/u, "").toLowerCase();
  return plain(a) === plain(b);
}

async function orWhy<T>(step: () => Promise<T>): Promise<T | string> {
  try {
    return await step();
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return error.message;
  }
}

async function open(text: string, namedBy: "user" | "server", search: RepositorySearch): Promise<Repository> {
  const { configuration, task, opened } = search;
  const address = await repositoryAddress(text, namedBy);
  const known = opened.get(address.url);
  if (known !== undefined) return known;
  const repository = openRepository(address, {
    folder: repositoryFolder(configuration),
    limits: configuration.git,
    task,
  });
  opened.set(address.url, repository);
  return repository;
}

/** Where copies of repositories are kept. Throws a `SourceError` if there is no folder for them. */
export function repositoryFolder({ cacheDir }: Configuration): string {
  if (cacheDir !== undefined) return join(cacheDir, "git");
  throw new SourceError(
    "cache-unwritable",
    "there is no folder for repositories: the home folder is not known",
    {
      hint: "Set --cache-dir.",
    },
  );
}

/** Which repository a module's published copy is held against. */
import type { Configuration } from "../configuration.ts";
import { type GetPage, rootByPath } from "../discovery/discover.ts";
import { type LocatedRepository, locateRepository, openPlace } from "../discovery/locate.ts";
import type { Repository } from "../git/repository.ts";
import type { ModuleOrigin } from "../module-info.ts";
import { printable, quoted } from "../printable.ts";
import { SourceError } from "../source-error.ts";
import type { ProvenanceFinding, RepositoryReport } from "./model.ts";

/** Where repositories may be looked for. */
export interface RepositorySearch {
  readonly configuration: Configuration;
  /** What the user named for this one module. */
  readonly repo: string | undefined;
  readonly getPage: GetPage;
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
  { repo, configuration, getPage }: RepositorySearch,
): Promise<RepositoryOf> {
  if (repo !== undefined) {
    const repository = await openPlace(repo, "user", configuration);
    return {
      found: { repository, report: reported(repository, "flag"), root: rootByPath(path), subdirectory: "" },
      findings: [],
    };
  }
  const located = await orWhy(() => locateRepository(path, configuration, getPage));
  if (typeof located !== "string") return fromPath(path, located, origin);
  const isOff = configuration.goproxy?.value.trim() === "off";
  const unknown: ProvenanceFinding = {
    id: isOff ? "repository-unavailable" : "repository-unknown",
    message: located,
  };
  const url = origin?.vcs === "git" ? origin.url : undefined;
  const hinted = url === undefined ? undefined : await orWhy(() => openPlace(url, "server", configuration));
  if (hinted === undefined || typeof hinted === "string") return { found: undefined, findings: [unknown] };
  const found = { repository: hinted, report: reported(hinted, "origin"), root: undefined, subdirectory: "" };
  return { found, findings: [unknown] };
}

function fromPath(path: string, located: LocatedRepository, origin: ModuleOrigin | undefined): RepositoryOf {
  const { repository, place, root, subdirectory, by } = located;
  const contradicts = by !== "flag" && origin?.url !== undefined && !isSameAddress(origin.url, place);
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

/** What is wrong, and in a line of its own what to do. */
export function withHint({ message, hint }: SourceError): string {
  return hint === undefined ? message : `${message}\n${hint}`;
}

async function orWhy<T>(step: () => Promise<T>): Promise<T | string> {
  try {
    return await step();
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return withHint(error);
  }
}

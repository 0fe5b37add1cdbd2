/** From a module path to its repository, as the Go command finds it. */
import type { Configuration } from "../configuration.ts";
import { httpGet } from "../http.ts";
import type { TaskOptions } from "../module-copy.ts";
import { modulePathProblem } from "../module-path.ts";
import { printable, quoted } from "../printable.ts";
import { collectBody } from "../served-files.ts";
import { SourceError } from "../source-error.ts";
import { type GoImport, parseGoImports } from "./go-import.ts";
import staticHosts from "./static-hosts.json" with { type: "json" };

/** Where a module's repository is. */
export interface DiscoveredRepository {
  readonly url: string;
  /** The import path of its root. */
  readonly root: string;
  readonly subdirectory: string;
  readonly by: "static-host" | "go-import";
}

/** Gets a page by its https URL, from the public network alone. */
export type GetPage = (url: URL) => Promise<string>;

const PAGE_BYTES = 1024 * 1024;

/** Pages as a run gets them. */
export function pageGetter(configuration: Configuration, { signal }: TaskOptions): GetPage {
  return async (url) => {
    const request = { url, configuration, limit: PAGE_BYTES, signal, publicOnly: true };
    return Buffer.from(await httpGet(request, collectBody)).toString("utf8");
  };
}

/**
 * Finds the repository of a module path: by the path alone for hosts that are known and for paths with `.git` in
 * them, else by the page at the path. Rejects with a `SourceError` if there is none, or none that git reads.
 */
export async function discoverRepository(path: string, getPage: GetPage): Promise<DiscoveredRepository> {
  const problem = modulePathProblem(path);
  if (problem !== undefined)
    throw new SourceError("bad-module-path", `malformed module path ${quoted(path)}: ${problem}`);
  return byPath(path) ?? byPage(path, getPage);
}

/** The import path of the repository's root, where the module path alone says it. */
export function rootByPath(path: string): string | undefined {
  try {
    return byPath(path)?.root;
  } catch (error) {
    if (error instanceof SourceError) return undefined;
    throw error;
  }
}

function byPath(path: string): DiscoveredRepository | undefined {
  const elements = path.split("/");
  const known = staticHosts.find(({ host }) => host === elements[0]);
  if (known !== undefined) {
    if (elements.length <= known.elements)
      throw unknown(path, `a path at ${known.host} names an owner and a repository`);
    const root = elements.slice(0, known.elements + 1).join("/");
    return { url: `https://${root}`, root, subdirectory: "", by: "static-host" };
  }
  const named = /^([^/]+\/(?:[^/]+\/)*?[^/]+)\.(git|hg|svn|fossil|bzr)(?:\/|$)/u.exec(path);
  if (named === null) return undefined;
  const [, repository = "", vcs = ""] = named;
  if (vcs !== "git") throw unknown(path, `its repository is one of ${vcs}, and only git's are read`);
  return { url: `https://${repository}`, root: `${repository}.git`, subdirectory: "", by: "static-host" };
}

async function byPage(path: string, getPage: GetPage): Promise<DiscoveredRepository> {
  const found = await importAt(path, path, getPage);
  // Whoever serves a page below must not speak for the whole.
  const confirmed = found.prefix === path ? found : await importAt(found.prefix, path, getPage);
  if (confirmed.prefix !== found.prefix || confirmed.url !== found.url || confirmed.vcs !== found.vcs) {
    throw unknown(
      path,
      `the pages at ${printable(path)} and ${printable(found.prefix)} name different repositories`,
    );
  }
  if (found.vcs !== "git")
    throw unknown(path, `its repository is one of ${quoted(found.vcs)}, and only git's are read`);
  if (
    found.subdirectory.split("/").some((element) => element === ".." || element === ".") ||
    found.subdirectory.startsWith("/")
  )
    throw unknown(path, `its page names the directory ${quoted(found.subdirectory)}`);
  return { url: found.url, root: found.prefix, subdirectory: found.subdirectory, by: "go-import" };
}

/** The one tag of the page at `at` whose prefix covers the module path. */
async function importAt(at: string, path: string, getPage: GetPage): Promise<GoImport> {
  const imports = parseGoImports(await getPage(new URL(`https://${at}?go-get=1`)));
  const fitting = imports.filter(
    ({ prefix, vcs }) => vcs !== "mod" && (path === prefix || path.startsWith(`${prefix}/`)),
  );
  const [only, ...more] = fitting;
  if (only !== undefined && more.length === 0) return only;
  throw unknown(
    path,
    `the page at ${printable(at)} has ${fitting.length === 0 ? "no" : "more than one"} go-import tag for it`,
  );
}

function unknown(path: string, why: string): SourceError {
  return new SourceError("bad-repository", `the repository of ${printable(path)} cannot be told: ${why}`, {
    hint: "Name it with --repo.",
  });
}

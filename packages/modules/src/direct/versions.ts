/** Versions of a module as its repository shows them: tags, and pseudo-versions of commits without one. */

import { isObjectName, type RepositoryRefs } from "../git/refs.ts";
import { commitOf, type Repository } from "../git/repository.ts";
import { splitPathVersion } from "../module-path.ts";
import { isPseudoVersion, parsePseudoVersion } from "../pseudo-version.ts";
import { type ModuleLayout, versionTag } from "../rebuild/module-directory.ts";
import { canonicalVersion, compareVersions, parseSemver } from "../semver.ts";

/** A commit, and the version that Go gives it. */
export interface ResolvedVersion {
  readonly version: string;
  readonly commit: string;
  /** The branch or tag that was asked for or found, by its full name. */
  readonly ref?: string;
}

/** The module's versions among the tags, in no particular order. */
export function taggedVersions(refs: RepositoryRefs, layout: ModuleLayout): readonly string[] {
  const prefix = versionTag(layout, "");
  const start = `refs/tags/${prefix === "" ? "" : `${prefix}/`}`;
  const names = [...refs.commits.keys()]
    .filter((name) => name.startsWith(start))
    .map((name) => name.slice(start.length));
  return names.filter((name) => isOwnVersion(name, layout));
}

function isOwnVersion(version: string, { path }: ModuleLayout): boolean {
  if (canonicalVersion(version) !== version || isPseudoVersion(version)) return false;
  const major = parseSemver(version)?.major;
  const { pathMajor = "" } = splitPathVersion(path) ?? {};
  if (pathMajor === "") return major === "0" || major === "1";
  return pathMajor.replace(/-unstable$/u, "").slice(2) === major;
}

/**
 * What a version, branch, tag or commit stands for in the repository; undefined if it is none. A commit has the
 * highest version among its tags, else a pseudo-version after the highest release below it.
 */
export async function resolveRevision(
  query: string,
  layout: ModuleLayout,
  repository: Repository,
): Promise<ResolvedVersion | undefined> {
  const refs = await repository.refs();
  const asTag =
    canonicalVersion(query) === query ? commitOf(refs, "tags", versionTag(layout, query)) : undefined;
  if (asTag !== undefined)
    return { version: query, commit: asTag, ref: `refs/tags/${versionTag(layout, query)}` };
  const pseudo = parsePseudoVersion(query);
  if (pseudo !== undefined) {
    const commit = await (await repository.history()).resolve(pseudo.revision);
    const own = commit === undefined ? undefined : await versionOf(commit, layout, repository);
    return own?.version === query || (commit !== undefined && (await isPseudoOf(query, commit, repository)))
      ? { version: query, commit: commit ?? "" }
      : undefined;
  }
  const named = namedCommit(query, refs);
  if (named !== undefined) return { ...(await versionOf(named.commit, layout, repository)), ref: named.ref };
  const commit = await (await repository.history()).resolve(query);
  return commit === undefined ? undefined : versionOf(commit, layout, repository);
}

function namedCommit(
  query: string,
  refs: RepositoryRefs,
): { readonly commit: string; readonly ref: string } | undefined {
  if (isObjectName(query)) return undefined;
  for (const kind of ["heads", "tags"] as const) {
    const commit = commitOf(refs, kind, query);
    if (commit !== undefined) return { commit, ref: `refs/${kind}/${query}` };
  }
  return undefined;
}

/** Another pseudo-version than Go would make today may have been made before a tag was added: the time must fit. */
async function isPseudoOf(version: string, commit: string, repository: Repository): Promise<boolean> {
  const { timestamp = "", revision = "" } = parsePseudoVersion(version) ?? {};
  const time = await (await repository.history()).commitTime(commit);
  return time !== undefined && goTimestamp(time) === timestamp && revision === commit.slice(0, 12);
}

/** The version that Go gives a commit of the module. */
export async function versionOf(
  commit: string,
  layout: ModuleLayout,
  repository: Repository,
): Promise<ResolvedVersion> {
  const refs = await repository.refs();
  const history = await repository.history();
  const below = new Set(await history.tagsBelow(commit));
  const versions = taggedVersions(refs, layout).filter((version) => below.has(versionTag(layout, version)));
  const highest = [...versions].sort(compareVersions).reverse();
  const own = highest.find((version) => commitOf(refs, "tags", versionTag(layout, version)) === commit);
  if (own !== undefined) return { version: own, commit };
  const stamp = `${goTimestamp((await history.commitTime(commit)) ?? 0)}-${commit.slice(0, 12)}`;
  return { version: pseudoVersion(highest[0], stamp, layout), commit };
}

/** The pseudo-version after a release, or before all. */
function pseudoVersion(base: string | undefined, stamp: string, { path }: ModuleLayout): string {
  const { pathMajor = "" } = splitPathVersion(path) ?? {};
  const parts = base === undefined ? undefined : parseSemver(base);
  if (base === undefined || parts === undefined)
    return `${pathMajor.replace(/-unstable$/u, "").slice(1) || "v0"}.0.0-${stamp}`;
  if (parts.prerelease !== "") return `${base}.0.${stamp}`;
  return `v${parts.major}.${parts.minor}.${BigInt(parts.patch) + 1n}-0.${stamp}`;
}

/** UTC, `yyyymmddhhmmss`. */
export function goTimestamp(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(/[-:T]|\.[0-9]+Z$/gu, "");
}

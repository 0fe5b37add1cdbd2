/** Which version a query means, as the Go command answers it: of one proxy, without retractions. */
import type { TaskOptions } from "./module-copy.ts";
import type { ModuleInfo } from "./module-info.ts";
import { moduleVersionProblem, pathMajorProblem } from "./module-path.ts";
import { quoted } from "./printable.ts";
import type { ListedVersion, ProxyClient } from "./proxy.ts";
import { isPseudoVersion, parsePseudoVersion } from "./pseudo-version.ts";
import {
  canonicalVersion,
  compareSemver,
  compareVersions,
  isIncompatible,
  isPrerelease,
  parseSemver,
} from "./semver.ts";
import { isNotFound, SourceError } from "./source-error.ts";

/** What is asked of a module. */
export interface VersionQuery {
  readonly path: string;
  /** `latest`, `v1`, `v1.2`, a version, or any other name that the proxy may know (a branch, a commit). */
  readonly query: string;
}

/** Whether the query is a whole canonical version that fits the path, so that it can only mean itself. */
export function isExactVersion({ path, query }: VersionQuery): boolean {
  return canonicalVersion(query) === query && moduleVersionProblem(path, query) === undefined;
}

/**
 * The version that the query means at this proxy. `latest` and prefixes take the highest release, else the
 * highest pre-release, else (`latest` only) what the proxy calls the latest. Rejects with `not-found` if
 * nothing matches.
 */
export async function resolveQuery(
  asked: VersionQuery,
  proxy: ProxyClient,
  task: TaskOptions = {},
): Promise<ModuleInfo> {
  const info = await resolveUnchecked(asked, proxy, task);
  const problem =
    moduleVersionProblem(asked.path, info.version) ??
    (canonicalVersion(info.version) === info.version ? undefined : "not a canonical version");
  if (problem === undefined) return info;
  throw new SourceError(
    "bad-version",
    `${asked.path}@${asked.query} resolves to ${quoted(info.version)}, which cannot be used: ${problem}`,
    { hint: "A module of major version 2 or higher has the version at the end of its path, such as /v2." },
  );
}

/**
 * The version that `latest` means at this proxy, found with as few questions as that takes: what the proxy knows about the
 * version is not asked. Rejects with `not-found` if there is none.
 */
export async function latestVersion(
  path: string,
  proxy: ProxyClient,
  task: TaskOptions = {},
): Promise<string> {
  const listed = await proxy.list(path, task);
  const best = await bestVersion({ path, query: "latest" }, { listed, proxy, task });
  return best ?? (await latestWithoutTags(path, { listed, proxy, task })).version;
}

async function resolveUnchecked(
  asked: VersionQuery,
  proxy: ProxyClient,
  task: TaskOptions,
): Promise<ModuleInfo> {
  const { path, query } = asked;
  const parts = parseSemver(query);
  if (query !== "latest" && parts?.numbers !== 1 && parts?.numbers !== 2)
    return statVersion(asked, proxy, task);
  const listed = await proxy.list(path, task);
  const best = await bestVersion(asked, { listed, proxy, task });
  if (best !== undefined) return proxy.info(path, best, task);
  if (query !== "latest") throw noMatch(asked, listed);
  return latestWithoutTags(path, { listed, proxy, task });
}

/** A version or a name. One with build metadata means the same as without, if only that exists. */
async function statVersion(
  { path, query }: VersionQuery,
  proxy: ProxyClient,
  task: TaskOptions,
): Promise<ModuleInfo> {
  try {
    return await proxy.info(path, query, task);
  } catch (error) {
    const canonical = canonicalVersion(query);
    if (canonical === undefined || canonical === query || !isNotFound(error)) throw error;
    return proxy.info(path, canonical, task);
  }
}

interface Choice {
  readonly listed: readonly ListedVersion[];
  readonly proxy: ProxyClient;
  readonly task: TaskOptions;
}

async function bestVersion({ path, query }: VersionQuery, choice: Choice): Promise<string | undefined> {
  const isPrefix = query !== "latest";
  const candidates = choice.listed
    .map(({ version }) => version)
    .filter((version) => canonicalVersion(version) === version && !isPseudoVersion(version))
    .filter((version) => !isPrefix || (version.startsWith(`${query}.`) && compareSemver(version, query) >= 0))
    .sort(compareVersions);
  const wantsIncompatible = isPrefix && pathMajorProblem(path, query) !== undefined;
  const usable = wantsIncompatible ? candidates : await withoutSuperseded(path, candidates, choice);
  return usable.findLast((version) => !isPrerelease(version)) ?? usable.at(-1);
}

/**
 * Leaves `+incompatible` versions out if the highest compatible one has a go.mod file: then its author knows
 * modules, and the tags above are from before or belong to another path.
 */
async function withoutSuperseded(
  path: string,
  sorted: readonly string[],
  choice: Choice,
): Promise<readonly string[]> {
  const firstIncompatible = sorted.findIndex(isIncompatible);
  const lastCompatible = sorted[firstIncompatible - 1];
  if (lastCompatible === undefined) return sorted;
  const goMod = await choice.proxy.mod(path, lastCompatible, choice.task);
  const isMadeUp = Buffer.from(goMod).equals(Buffer.from(`module ${path}\n`));
  return isMadeUp ? sorted : sorted.slice(0, firstIncompatible);
}

/** `@latest`; where a proxy lacks it, the newest pseudo-version in its list. */
async function latestWithoutTags(path: string, { listed, proxy, task }: Choice): Promise<ModuleInfo> {
  try {
    const latest = await proxy.latest(path, task);
    return await proxy.info(path, latest.version, task);
  } catch (error) {
    if (!isNotFound(error)) throw error;
    const newest = newestListed(listed);
    if (newest === undefined) throw error;
    return proxy.info(path, newest, task);
  }
}

function newestListed(listed: readonly ListedVersion[]): string | undefined {
  const dated = listed
    .map(({ version, time }) => ({
      version,
      at: time === undefined ? pseudoTime(version) : Date.parse(time),
    }))
    .filter(({ at }) => at > 0);
  return dated.sort((a, b) => a.at - b.at || compareVersions(a.version, b.version)).at(-1)?.version;
}

function pseudoTime(version: string): number {
  const stamp = parsePseudoVersion(version)?.timestamp;
  if (stamp === undefined) return Number.NaN;
  return Date.parse(stamp.replace(/^(....)(..)(..)(..)(..)(..)$/u, "$1-$2-$3T$4:$5:$6Z"));
}

function noMatch({ path, query }: VersionQuery, listed: readonly ListedVersion[]): SourceError {
  const known = listed.map(({ version }) => version).filter((version) => !isPseudoVersion(version));
  const highest = known.sort(compareVersions).slice(-5).reverse();
  return new SourceError("not-found", `no version of ${path} matches ${quoted(query)}`, {
    hint:
      highest.length === 0
        ? "The proxy lists no versions of it."
        : `The highest listed are ${highest.map((version) => quoted(version)).join(", ")}.`,
  });
}

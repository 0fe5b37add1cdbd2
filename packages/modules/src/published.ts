/** Copies of published modules: `path@query` from Go's module cache, capdiff's own cache, or a module proxy. */
import { join } from "node:path";
import { type CachePlace, openCachedZip, readCachedInfo, storeZip } from "./cache.ts";
import { checkDownload, recheckDownload } from "./checksum-database/check.ts";
import type { Configuration } from "./configuration.ts";
import { goModDiagnostics } from "./go-mod-check.ts";
import type { ModuleCopy, TaskOptions } from "./module-copy.ts";
import type { ModuleInfo } from "./module-info.ts";
import { modulePathProblem } from "./module-path.ts";
import { quoted } from "./printable.ts";
import { type ProxyWalk, tryProxies } from "./proxy-walk.ts";
import { isExactVersion, resolveQuery, type VersionQuery } from "./query.ts";
import type { SourceDiagnostic } from "./source-diagnostic.ts";
import { SourceError } from "./source-error.ts";
import { closingOnFailure, type ModuleVersion, type ModuleZip } from "./zip.ts";
import { zipListings } from "./zip-listings.ts";

/** What opening any target needs. */
export interface OpenOptions extends TaskOptions {
  readonly configuration: Configuration;
}

/**
 * Opens `path@query`. An exact version is looked for in the module cache, then in capdiff's cache; only then,
 * and for any other query, are proxies asked. Errors are `SourceError`s with what was noticed before.
 */
export async function openPublished(asked: VersionQuery, options: OpenOptions): Promise<ModuleCopy> {
  const walk: ProxyWalk = {
    path: asked.path,
    configuration: options.configuration,
    diagnostics: [...options.configuration.diagnostics],
  };
  checkAsked(asked);
  try {
    const found = await findZip(asked, walk, options);
    return await publishedCopy({ asked, walk, found });
  } catch (error) {
    throw error instanceof SourceError ? inContext(asked, error).withDiagnostics(walk.diagnostics) : error;
  }
}

function checkAsked({ path, query }: VersionQuery): void {
  const problem = modulePathProblem(path);
  if (problem !== undefined) {
    throw new SourceError("bad-module-path", `malformed module path ${quoted(path)}: ${problem}`, {
      hint: "Write path@version, such as example.com/module@v1.2.3 or example.com/module@latest.",
    });
  }
  if (query === "" || /[\s@<>=,]/u.test(query)) {
    throw new SourceError("bad-version", `malformed version query ${quoted(query)} for ${path}`, {
      hint: 'After the @ comes a version such as v1.2.3, a prefix such as v1 or v1.2, or "latest".',
    });
  }
}

/** Says which module an error is about, unless it does already. */
function inContext({ path, query }: VersionQuery, error: SourceError): SourceError {
  const target = `${path}@${query}`;
  if (error.message.startsWith(target)) return error;
  const { hint, diagnostics } = error;
  return new SourceError(error.code, `${target}: ${error.message}`, { hint, diagnostics, cause: error });
}

interface FoundZip {
  readonly source: "module-cache" | "cache" | "proxy";
  readonly zip: ModuleZip;
  readonly info: ModuleInfo | undefined;
}

async function findZip(asked: VersionQuery, walk: ProxyWalk, options: OpenOptions): Promise<FoundZip> {
  if (isExactVersion(asked)) {
    const cached = await findCached({ path: asked.path, version: asked.query }, walk, options);
    return cached ?? download({ path: asked.path, version: asked.query }, walk, options);
  }
  options.onProgress?.({ phase: "resolve", done: 0 });
  const info = await tryProxies(walk, (proxy) => resolveQuery(asked, proxy, options));
  const module = { path: asked.path, version: info.version };
  return (await findCached(module, walk, options)) ?? download(module, walk, options);
}

async function findCached(
  module: ModuleVersion,
  { configuration, diagnostics }: ProxyWalk,
  task: TaskOptions,
): Promise<FoundZip | undefined> {
  for (const place of cachePlaces(module, configuration)) {
    const zip = await openCachedZip(place, diagnostics, task);
    if (zip === undefined) continue;
    // Go has looked up what is in its own cache, as far as its configuration says.
    if (place.kind === "module-cache" || (await isStillTrue(zip, { configuration, diagnostics }, task)))
      return { source: place.kind, zip, info: readCachedInfo(place) };
  }
  return undefined;
}

/** Whether the checksum database has the hash of a zip that was downloaded earlier; closes it if not. */
async function isStillTrue(
  zip: ModuleZip,
  walk: Pick<ProxyWalk, "configuration" | "diagnostics">,
  task: TaskOptions,
): Promise<boolean> {
  const { path, version, h1 } = zip;
  const isTrue = await closingOnFailure(zip, () =>
    recheckDownload({ path, version, of: "module", h1 }, walk, task),
  );
  if (isTrue) return true;
  await zip.close();
  walk.diagnostics.push({
    code: "cache-mismatch",
    severity: "warning",
    message: `${path}@${version} in the capdiff cache is not used: the checksum database has another hash than ${h1}`,
  });
  return false;
}

/** Where a module version may lie on this machine, in the order in which it is looked for. */
export function cachePlaces(module: ModuleVersion, configuration: Configuration): CachePlace[] {
  const { moduleCache, cacheDir, limits } = configuration;
  const own = ownPlace(module, configuration);
  const goRoot = moduleCache && join(moduleCache, "cache", "download");
  return [
    ...(goRoot
      ? [{ kind: "module-cache" as const, root: goRoot, module, limits, listings: zipListings(cacheDir) }]
      : []),
    ...(own ? [own] : []),
  ];
}

/** Its place among capdiff's own downloads; undefined if there is no folder for them. */
export function ownPlace(module: ModuleVersion, { cacheDir, limits }: Configuration): CachePlace | undefined {
  return cacheDir === undefined
    ? undefined
    : { kind: "cache", root: join(cacheDir, "download"), module, limits, listings: zipListings(cacheDir) };
}

async function download(module: ModuleVersion, walk: ProxyWalk, task: TaskOptions): Promise<FoundZip> {
  const place = ownPlace(module, walk.configuration);
  if (place === undefined) {
    throw new SourceError(
      "cache-unwritable",
      "there is no folder to download to: the home folder is not known",
      {
        hint: "Set --cache-dir.",
      },
    );
  }
  return tryProxies(walk, async (proxy) => {
    const info = await proxy.info(module.path, module.version, task);
    const fetch: Parameters<typeof storeZip>[1]["fetch"] = (file) =>
      proxy.zip(module.path, module.version, file, task);
    const accept = ({ h1 }: ModuleZip): Promise<void> =>
      checkDownload({ ...module, of: "module", h1 }, walk, task);
    return { source: "proxy", zip: await storeZip(place, { info, fetch, accept }, task), info };
  });
}

async function publishedCopy(context: {
  asked: VersionQuery;
  walk: ProxyWalk;
  found: FoundZip;
}): Promise<ModuleCopy> {
  const { asked, walk, found } = context;
  const { zip, info, source } = found;
  const noted: SourceDiagnostic[] = await closingOnFailure(zip, () => goModDiagnostics(zip));
  return {
    source,
    modulePath: zip.path,
    version: zip.version,
    query: `${asked.path}@${asked.query}`,
    h1: zip.h1,
    files: zip.files,
    diagnostics: [...walk.diagnostics, ...noted],
    ...(info !== undefined && { info }),
    close: () => zip.close(),
  };
}

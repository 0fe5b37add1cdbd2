/** The go.mod of one published version, from the module cache, capdiff's own cache, or a module proxy. */
import { dirname } from "node:path";
import { type CachePlace, inCache, placeOf, readSmallFile, writeWhole } from "../cache.ts";
import { checkDownload, type PublishedHash, recheckDownload } from "../checksum-database/check.ts";
import type { Configuration } from "../configuration.ts";
import { type GoSum, goSumProblem } from "../go-sum.ts";
import { h1OfGoMod } from "../h1.ts";
import { makeFolder } from "../make-folder.ts";
import type { TaskOptions } from "../module-copy.ts";
import { moduleVersionProblem } from "../module-path.ts";
import { quoted } from "../printable.ts";
import { tryProxies } from "../proxy-walk.ts";
import { cachePlaces, ownPlace } from "../published.ts";
import { canonicalVersion } from "../semver.ts";
import type { SourceDiagnostic } from "../source-diagnostic.ts";
import { SourceError } from "../source-error.ts";
import type { ModuleVersion } from "../zip.ts";

/** What fetching depends on, and where to note what was passed over. */
export interface GoModRequest {
  readonly configuration: Configuration;
  readonly diagnostics: SourceDiagnostic[];
  readonly task: TaskOptions;
  /** A go.mod that it has another hash of is not used. */
  readonly goSum: GoSum;
}

/**
 * The text of the version's go.mod. Only an exact version has one. What a proxy answers is kept in capdiff's cache;
 * go.sum or the checksum database tells whether it is the right one. Rejects with a `SourceError`.
 */
export async function fetchGoMod(module: ModuleVersion, request: GoModRequest): Promise<string> {
  checkExact(module);
  const { configuration, diagnostics, task } = request;
  const wrongHash = (bytes: Uint8Array): string | undefined =>
    goSumProblem(request.goSum, module, { of: "go.mod", h1: h1OfGoMod(bytes) });
  for (const place of cachePlaces(module, configuration)) {
    const bytes = readSmallFile(modFile(place), configuration.limits.goModBytes);
    if (bytes === undefined || wrongHash(bytes) !== undefined || !isGoMod(bytes)) continue;
    // Go has looked up what is in its own cache, as far as its configuration says.
    if (place.kind === "module-cache" || isInGoSum(module, request.goSum)) return bytes.toString("utf8");
    if (await recheckDownload(hashOf(module, bytes), request, task)) return bytes.toString("utf8");
  }
  const walk = { path: module.path, configuration, diagnostics };
  const { onProgress: _, ...quiet } = task;
  const bytes = await tryProxies(walk, (proxy) => proxy.mod(module.path, module.version, quiet));
  const problem = wrongHash(bytes);
  if (problem !== undefined) throw new SourceError("hash-mismatch", problem);
  if (!isInGoSum(module, request.goSum)) await checkDownload(hashOf(module, bytes), request, task);
  const own = ownPlace(module, configuration);
  if (own !== undefined) await keep(own, bytes);
  return Buffer.from(bytes).toString("utf8");
}

function hashOf(module: ModuleVersion, bytes: Uint8Array): PublishedHash {
  return { ...module, of: "go.mod", h1: h1OfGoMod(bytes) };
}

/** As in Go, what go.sum has is not looked up. */
function isInGoSum({ path, version }: ModuleVersion, goSum: GoSum): boolean {
  return goSum.has(`${path} ${version}/go.mod`);
}

/** A damaged entry of a cache, such as an empty one after a crash, is no answer. */
function isGoMod(bytes: Buffer): boolean {
  return /^\s*module\b/mu.test(bytes.toString("utf8"));
}

function checkExact({ path, version }: ModuleVersion): void {
  const problem =
    moduleVersionProblem(path, version) ??
    (canonicalVersion(version) === version ? undefined : `${quoted(version)} is not a canonical version`);
  if (problem !== undefined)
    throw new SourceError("bad-version", `${quoted(`${path}@${version}`)} cannot be fetched: ${problem}`);
}

function modFile(place: CachePlace): string {
  return `${placeOf(place)}.mod`;
}

async function keep(place: CachePlace, bytes: Uint8Array): Promise<void> {
  const file = modFile(place);
  await inCache(file, async () => {
    await makeFolder(dirname(file));
    await writeWhole(file, bytes);
  });
}

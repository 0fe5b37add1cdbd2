/** What the author says of a version in the go.mod of the module's latest one. */
import { fetchGoMod } from "../build-list/go-mod-file.ts";
import { isAboutDatabase } from "../checksum-database/check.ts";
import { parseGoMod } from "../go-mod.ts";
import type { ModuleCopy, TaskOptions } from "../module-copy.ts";
import { printable } from "../printable.ts";
import { type ProxyWalk, tryProxies } from "../proxy-walk.ts";
import { latestVersion } from "../query.ts";
import { compareSemver } from "../semver.ts";
import { SourceError } from "../source-error.ts";
import type { ModuleVersion } from "../zip.ts";
import type { ProvenanceFinding } from "./model.ts";

/**
 * Findings `retracted` and `deprecated`. Which version is the latest is asked each time; its go.mod may be one that was
 * downloaded before. That it cannot be had is noted.
 */
export async function authorsNotices(
  published: ModuleCopy,
  walk: ProxyWalk,
  { signal }: TaskOptions,
): Promise<readonly ProvenanceFinding[]> {
  const { modulePath: path, version = "" } = published;
  const task = { signal };
  try {
    const latest = await tryProxies(walk, (proxy) => latestVersion(path, proxy, task));
    const goMod =
      latest === version ? await ownGoMod(published) : await goModOf({ path, version: latest }, walk, task);
    return notices(goMod, version);
  } catch (error) {
    if (!(error instanceof SourceError) || isAboutDatabase(error)) throw error;
    const message = `whether ${path} is deprecated or the version retracted is not known: ${error.message}`;
    walk.diagnostics.push({ code: "notices-unavailable", severity: "info", message });
    return [];
  }
}

/** A go.mod that nobody vouches for may still say that a version is not to be used, but is not kept. */
async function goModOf(module: ModuleVersion, walk: ProxyWalk, task: TaskOptions): Promise<string> {
  try {
    return await fetchGoMod(module, { ...walk, task, goSum: new Map() });
  } catch (error) {
    if (!(error instanceof SourceError) || error.code !== "checksum-unavailable") throw error;
    const bytes = await tryProxies(walk, (proxy) => proxy.mod(module.path, module.version, task));
    return Buffer.from(bytes).toString("utf8");
  }
}

async function ownGoMod({ files }: ModuleCopy): Promise<string> {
  const file = files.find(({ name }) => name === "go.mod");
  return file === undefined ? "" : Buffer.from(await file.read()).toString("utf8");
}

function notices(goMod: string, version: string): readonly ProvenanceFinding[] {
  const { module, retract } = parseGoMod(goMod, "go.mod", "dependency").value;
  const retracted = retract.filter(
    ({ low, high }) => compareSemver(low, version) <= 0 && compareSemver(version, high) <= 0,
  );
  const deprecated = module?.deprecated;
  return [
    ...retracted.slice(0, 1).map(({ rationale }) => ({
      id: "retracted" as const,
      message: printable(rationale) || "no reason is given",
    })),
    ...(deprecated === undefined ? [] : [{ id: "deprecated" as const, message: printable(deprecated) }]),
  ];
}

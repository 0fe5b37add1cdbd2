/** What the author says of a version in the go.mod of the module's latest one. */
import { parseGoMod } from "../go-mod.ts";
import type { TaskOptions } from "../module-copy.ts";
import { printable } from "../printable.ts";
import { type ProxyWalk, tryProxies } from "../proxy-walk.ts";
import { resolveQuery } from "../query.ts";
import { compareSemver } from "../semver.ts";
import { SourceError } from "../source-error.ts";
import type { ModuleVersion } from "../zip.ts";
import type { ProvenanceFinding } from "./model.ts";

/** Findings `retracted` and `deprecated`. That the latest version cannot be had is noted. */
export async function authorsNotices(
  { path, version }: ModuleVersion,
  walk: ProxyWalk,
  { signal }: TaskOptions,
): Promise<readonly ProvenanceFinding[]> {
  try {
    const goMod = await tryProxies(walk, async (proxy) => {
      const latest = await resolveQuery({ path, query: "latest" }, proxy, { signal });
      return proxy.mod(path, latest.version, { signal });
    });
    return notices(Buffer.from(goMod).toString("utf8"), version);
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    const message = `whether ${path} is deprecated or the version retracted is not known: ${error.message}`;
    walk.diagnostics.push({ code: "notices-unavailable", severity: "info", message });
    return [];
  }
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

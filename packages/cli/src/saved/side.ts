import type { Builds, CapabilityRow, Report, ReportConfiguration } from "@capdiff/analyzer";
import type { AnalysedModule } from "../engine.ts";

/** One side of a comparison of reports: a module, with what a report says of it. */
export interface ReportSide {
  readonly module: AnalysedModule;
  readonly rows: readonly CapabilityRow[];
  readonly asked: Builds;
  /** How the answer was made; undefined if the report does not tell. */
  readonly making?: Making;
}

/** What may make the answers of two reports differ though the modules are the same. */
export interface Making
  extends Pick<ReportConfiguration, "builds" | "tests" | "capabilityMaps" | "builtInMap">,
    Pick<Report["tool"], "version" | "capabilityMap" | "goRelease"> {}

export function makingOf({ configuration, tool }: Pick<Report, "configuration" | "tool">): Making {
  const { builds, tests, capabilityMaps, builtInMap } = configuration;
  return {
    builds,
    tests,
    ...(capabilityMaps !== undefined && { capabilityMaps }),
    ...(builtInMap !== undefined && { builtInMap }),
    version: tool.version,
    capabilityMap: tool.capabilityMap,
    goRelease: tool.goRelease,
  };
}

/** In which of these two answers were made otherwise, in words; `was X, is Y` each. */
export function differences(old: Making, fresh: Making): readonly string[] {
  const words = (making: Making): Readonly<Record<string, string>> => ({
    builds: making.builds.words,
    "test files": making.tests ? "read" : "not read",
    "capability maps": mapWords(making),
    "capdiff's version": making.version,
    "Go release": making.goRelease,
  });
  const [before, after] = [words(old), words(fresh)];
  return Object.entries(after).flatMap(([what, now]) =>
    before[what] === now ? [] : [`${what}: was ${before[what]}, is ${now}`],
  );
}

function mapWords({ capabilityMaps = [], builtInMap, capabilityMap }: Making): string {
  const users = capabilityMaps.map(({ name, sha256 }) => `${name} ${sha256.slice(0, 12)}`);
  return (
    [...users, ...(builtInMap === undefined ? [`built-in ${capabilityMap}`] : [])].join(" and ") || "none"
  );
}

/** Compares what reports say of two modules, where at least one is known from a saved report alone. */
import {
  compareReported,
  createBuilds,
  type Diagnostic,
  type ReportConfiguration,
  type ReportedSide,
} from "@capdiff/analyzer";
import { type Catalogue, infoOf } from "../catalogue.ts";
import type { Made, Work } from "../delivery.ts";
import { UsageError } from "../errors.ts";
import { buildReport } from "../report/build.ts";
import { coarseRows } from "../report/coarse.ts";
import { differences, makingOf, type ReportSide } from "./side.ts";

/** The two sides: a report that was read, or a module to analyse. */
export interface SavedSides {
  readonly before: ReportSide | string;
  readonly after: ReportSide | string;
}

export async function compareSaved({ before, after }: SavedSides, work: Work): Promise<Made> {
  if (typeof before !== "string" && typeof after !== "string") checkUnasked(work);
  const old = typeof before === "string" ? await liveSide(before, work) : before;
  const fresh = typeof after === "string" ? await liveSide(after, work) : after;
  const modules = [old.module, fresh.module];
  const said = makingDiagnostics(old, fresh);
  const compared = old.making === undefined || fresh.making === undefined ? "capslock" : "reports";
  const { catalogue, engine, request } = work;
  const report = buildReport({
    command: "diff",
    modules: modules.map((module) => ({ ...module, diagnostics: [...module.diagnostics, ...said] })),
    tool: engine.tool,
    request,
  });
  const builds = createBuilds();
  const sides = [old, fresh].map((side) =>
    reportedSide(side, compared === "capslock" ? catalogue : undefined),
  );
  const [one, other] = sides as [ReportedSide, ReportedSide];
  checkBuilds(old, fresh, builds);
  const weight = (capability: string) => infoOf(catalogue, capability)?.weight ?? 0;
  return {
    report: {
      ...report,
      configuration: { ...configurationOf(old, fresh, report.configuration), compared },
      changes: compareReported(one, other, { builds, weight }),
    },
    packages: modules.flatMap(({ packages }) => packages),
  };
}

/** A module that is at hand, with the rows that its report would have. */
async function liveSide(query: string, { engine, request }: Work): Promise<ReportSide> {
  const module = await engine.analyze(query, request);
  const rows = await engine.capabilities(module, { input: 0 });
  const { configuration, tool } = buildReport({
    command: "scan",
    modules: [module],
    tool: engine.tool,
    request,
  });
  return { module, rows, asked: configuration.builds, making: makingOf({ configuration, tool }) };
}

/** With Capslock's names, where one side has no others; these have no builds and no entry points. */
function reportedSide({ module, rows, asked }: ReportSide, coarse: Catalogue | undefined): ReportedSide {
  const modulePath = module.input.module;
  if (coarse === undefined) return { modulePath, rows, asked: asked.expression };
  const everywhere = { expression: "", words: "all builds" };
  const bare = coarseRows(rows, coarse).map((row) => ({ ...row, builds: everywhere, entryPoints: [] }));
  // Capslock does not say which module it looked at: paths are compared as they are.
  return { modulePath: "", rows: bare, asked: "" };
}

function makingDiagnostics(old: ReportSide, fresh: ReportSide): readonly Diagnostic[] {
  if (old.making === undefined || fresh.making === undefined) return [];
  return differences(old.making, fresh.making).map((message) => ({
    code: "reports-differ",
    severity: "warning",
    message: `the two answers were made otherwise: ${message}`,
    incomplete: false,
  }));
}

function checkBuilds(old: ReportSide, fresh: ReportSide, builds: ReturnType<typeof createBuilds>): void {
  if (builds.meets(builds.parse(old.asked.expression), builds.parse(fresh.asked.expression))) return;
  throw new UsageError(
    `the two sides have no build in common: ${old.asked.words}, and ${fresh.asked.words}`,
    "Narrow both in the same way (--goos, --goarch, --tags, --cgo).",
  );
}

/** Flags that ask for an analysis would be passed over in silence. */
function checkUnasked({ request: { narrowing, tests, maps } }: Work): void {
  if (Object.keys(narrowing).length + Object.keys(maps).length === 0 && !tests) return;
  throw new UsageError(
    "both sides are saved reports: there is nothing to analyse, with test files, other builds or other maps",
    "Leave --tests, --goos, --goarch, --tags, --cgo, --capability-map and --no-builtin-map out.",
  );
}

/** As the answers were made, not as would have been asked for now. */
function configurationOf(
  old: ReportSide,
  fresh: ReportSide,
  asked: ReportConfiguration,
): ReportConfiguration {
  const { tests, capabilityMaps, builtInMap } = fresh.making ?? old.making ?? asked;
  return {
    builds: bothBuilds(old, fresh),
    tests,
    ...(capabilityMaps !== undefined && { capabilityMaps }),
    ...(builtInMap !== undefined && { builtInMap }),
  };
}

/** What both were asked about. */
function bothBuilds({ asked: old }: ReportSide, { asked: fresh }: ReportSide): ReportSide["asked"] {
  if (old.expression === fresh.expression || fresh.expression === "") return old;
  if (old.expression === "") return fresh;
  return {
    expression: `(${old.expression}) && (${fresh.expression})`,
    words: `${old.words} and ${fresh.words}`,
  };
}

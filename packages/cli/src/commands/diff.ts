import { type CompareMode, compareFindings, type Report, verdictOf } from "@capdiff/analyzer";
import { analyseAndDeliver, type Made, type Work } from "../delivery.ts";
import type { AnalysedModule } from "../engine.ts";
import type { Environment } from "../environment.ts";
import { type ExitCode, UsageError } from "../errors.ts";
import type { AnalysisFlags } from "../flags.ts";
import { buildReport } from "../report/build.ts";
import type { BumpedSides } from "./bumps.ts";
import { compareMode } from "./compare-mode.ts";

/**
 * Reports what `after` can do that `before` could not. Each may be a module, or a saved report of one; without `before`
 * it is the well-known module that `after` imitates.
 */
export async function diff(
  before: string | undefined,
  after: string,
  flags: AnalysisFlags,
  environment: Environment,
): Promise<ExitCode> {
  return analyseAndDeliver(flags, environment, (work) => diffReport(before, after, work));
}

async function diffReport(before: string | undefined, after: string, work: Work): Promise<Made> {
  if (before === undefined) return diffWithOriginal(after, work);
  const { readSaved } = await import("../saved/read.ts");
  const [old, fresh] = [await readSaved(before), await readSaved(after)];
  if (old === undefined && fresh === undefined) return diffModules(before, after, work);
  if (work.flags.bumps === true)
    throw new UsageError(
      "--bumps on needs the modules: a report does not have what they are built with",
      "Leave it out.",
    );
  const { compareSaved } = await import("../saved/compare.ts");
  return compareSaved({ before: old ?? before, after: fresh ?? after }, work);
}

async function diffModules(before: string, after: string, work: Work): Promise<Made> {
  const { engine, request } = work;
  const oldSide = await engine.analyze(before, request);
  // One program at a time, and what is known of its values may hold in the next one.
  await engine.setAside(oldSide);
  const newSide = await engine.analyze(after, request);
  return diffSides(oldSide, newSide, work);
}

/** Says which original was taken, and why, in a diagnostic. */
async function diffWithOriginal(suspect: string, work: Work): Promise<Made> {
  const { findOriginal, percent } = await import("../original.ts");
  const fresh = await work.engine.analyze(suspect, work.request);
  const { module, path, why, shared } = await findOriginal(fresh, work);
  const message = `${path} was taken for the original of ${fresh.input.module}: ${why}, and ${percent(shared)} of its functions are the same`;
  const made = await diffSides(module, fresh, work);
  const told = { input: 0, code: "original-found", severity: "info", message, incomplete: false } as const;
  return { ...made, report: { ...made.report, diagnostics: [told, ...made.report.diagnostics] } };
}

async function diffSides(oldSide: AnalysedModule, newSide: AnalysedModule, work: Work): Promise<Made> {
  const modules = [oldSide, newSide];
  const mode = work.flags.mode ?? compareMode(oldSide.input, newSide.input);
  const report = await differenceReport([oldSide, newSide], mode, work);
  const sides = { old: oldSide, new: newSide };
  return {
    report: await withBumps(report, sides, work),
    packages: modules.flatMap(({ packages }) => packages),
  };
}

async function withBumps(report: Report, sides: BumpedSides, work: Work): Promise<Report> {
  const { wantsBumps, judgeBumps } = await import("./bumps.ts");
  if (!wantsBumps(sides, work.flags.bumps)) return report;
  const judged = await judgeBumps(sides, work);
  const findings = [...(report.findings ?? []), ...judged.findings].sort(compareFindings);
  const diagnostics = [...report.diagnostics, ...judged.diagnostics];
  return { ...report, findings, bumps: judged.bumps, verdict: verdictOf(findings, diagnostics), diagnostics };
}

/** What the second module can do that the first could not, judged. */
export async function differenceReport(
  modules: readonly [AnalysedModule, AnalysedModule],
  mode: Exclude<CompareMode, "single">,
  { engine, request }: Pick<Work, "engine" | "request">,
): Promise<Report> {
  const judged = await engine.judge(...modules, { mode, input: 1 });
  const { changes, findings } = judged;
  const built = buildReport({ command: "diff", modules, tool: engine.tool, request });
  const configuration = { ...built.configuration, mode };
  const diagnostics = [...built.diagnostics, ...judged.diagnostics.map((one) => ({ input: 1, ...one }))];
  const verdict = verdictOf(findings, diagnostics);
  return { ...built, configuration, changes, findings, verdict, diagnostics };
}

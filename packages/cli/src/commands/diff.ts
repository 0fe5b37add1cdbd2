import type { Report } from "@capdiff/analyzer";
import { analyseAndDeliver, type Work } from "../delivery.ts";
import type { Environment } from "../environment.ts";
import type { ExitCode } from "../errors.ts";
import type { AnalysisFlags } from "../flags.ts";
import { buildReport } from "../report/build.ts";

/** Reports what `after` can do that `before` could not. */
export async function diff(
  before: string,
  after: string,
  flags: AnalysisFlags,
  environment: Environment,
): Promise<ExitCode> {
  return analyseAndDeliver(flags, environment, (work) => diffReport(before, after, work));
}

async function diffReport(before: string, after: string, { engine, request }: Work): Promise<Report> {
  const oldSide = await engine.analyze(before, request);
  const newSide = await engine.analyze(after, request);
  return {
    ...buildReport({ command: "diff", modules: [oldSide, newSide], tool: engine.tool, request }),
    changes: await engine.compare(oldSide, newSide),
  };
}

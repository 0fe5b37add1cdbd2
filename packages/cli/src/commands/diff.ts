import { analyseAndDeliver, type Made, type Work } from "../delivery.ts";
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

async function diffReport(before: string, after: string, { engine, request }: Work): Promise<Made> {
  const oldSide = await engine.analyze(before, request);
  const newSide = await engine.analyze(after, request);
  const modules = [oldSide, newSide];
  const report = {
    ...buildReport({ command: "diff", modules, tool: engine.tool, request }),
    changes: await engine.compare(oldSide, newSide),
  };
  return { report, packages: modules.flatMap(({ packages }) => packages) };
}

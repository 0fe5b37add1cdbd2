import { compareFindings, verdictOf } from "@capdiff/analyzer";
import { analyseAndDeliver, type Made, type Work } from "../delivery.ts";
import type { AnalysedModule, Engine } from "../engine.ts";
import type { Environment } from "../environment.ts";
import type { ExitCode } from "../errors.ts";
import type { AnalysisFlags } from "../flags.ts";
import { buildReport } from "../report/build.ts";

/** Reports what the targets can do. */
export async function scan(
  targets: readonly string[],
  flags: AnalysisFlags,
  environment: Environment,
): Promise<ExitCode> {
  return analyseAndDeliver(flags, environment, (work) => scanReport(targets, flags, work));
}

type RowFlags = Pick<AnalysisFlags, "granularity" | "witnesses">;

async function scanReport(
  targets: readonly string[],
  { granularity, witnesses }: RowFlags,
  { engine, request }: Work,
): Promise<Made> {
  const modules: AnalysedModule[] = [];
  for (const target of targets) modules.push(await engine.analyze(target, request));
  const built = buildReport({ command: "scan", modules, tool: engine.tool, request });
  const judged = await judgement(modules, engine);
  const diagnostics = [...built.diagnostics, ...judged.diagnostics];
  const report = {
    ...built,
    configuration: { ...built.configuration, ...(granularity !== "package" && { granularity }) },
    capabilities: await allCapabilities(modules, { granularity, witnesses }, engine),
    findings: judged.findings,
    verdict: verdictOf(judged.findings, diagnostics),
    diagnostics,
  };
  return { report, packages: modules.flatMap(({ packages }) => packages) };
}

/** What rules say of each module alone, the worst first. */
async function judgement(modules: readonly AnalysedModule[], engine: Engine) {
  const findings = [];
  const diagnostics = [];
  for (const [input, module] of modules.entries()) {
    const judged = await engine.judge(undefined, module, { mode: "single", input });
    findings.push(...judged.findings);
    diagnostics.push(...judged.diagnostics.map((one) => ({ input, ...one })));
  }
  findings.sort(compareFindings);
  return { findings, diagnostics };
}

async function allCapabilities(modules: readonly AnalysedModule[], flags: RowFlags, engine: Engine) {
  const rows = [];
  for (const [input, module] of modules.entries())
    rows.push(await engine.capabilities(module, { input, ...flags }));
  return rows.flat();
}

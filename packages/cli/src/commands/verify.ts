/** Whether published versions are what their repositories, or sums, or a vendor folder show. */
import { join } from "node:path";
import type { Diagnostic } from "@capdiff/analyzer";
import { capabilityNames } from "../catalogue.ts";
import { beginWork, type Work } from "../delivery.ts";
import type { VerifiedTarget } from "../engine.ts";
import { type Environment, wantsColour } from "../environment.ts";
import { type ExitCode, exitCodes } from "../errors.ts";
import { noGoSum, readGoSum } from "../go-sum-file.ts";
import { writeFileWhole, writeStream } from "../output.ts";
import { buildVerifyReport, moduleProvenance } from "../report/verify/build.ts";
import type { ModuleProvenance, VerifyReport } from "../report/verify/model.ts";
import { checkVerifyFailOn, firedVerifyWords } from "../verify-fail-on.ts";
import type { VerifyFlags } from "../verify-flags.ts";
import { differenceReport } from "./diff.ts";

/** As many modules of a build list are verified at once. */
const atOnce = 4;

export async function verify(flags: VerifyFlags, environment: Environment): Promise<ExitCode> {
  const { failOn } = flags.analysis;
  checkVerifyFailOn(failOn, capabilityNames(await environment.loadCatalogue()));
  const work = await beginWork({ ...flags.analysis, failOn: [] }, environment);
  try {
    const report = await verifyReport(flags, work);
    work.request.deadline.check();
    work.progress.stop();
    await deliver(report, work);
    const fired = firedVerifyWords(report, failOn);
    if (fired.length === 0) return exitCodes.done;
    if (!flags.analysis.quiet) environment.stderr.write(`capdiff: found ${fired.join(", ")}\n`);
    return exitCodes.found;
  } finally {
    work.progress.stop();
    await work.engine.close();
  }
}

async function deliver(report: VerifyReport, { flags, environment, catalogue }: Work): Promise<void> {
  const { output, quiet, verbose, format } = flags;
  const colour = output === undefined && wantsColour(environment.stdout, environment.variables);
  const pieces =
    format === "json"
      ? (await import("../report/verify/json.ts")).renderVerifyJson(report)
      : (await import("../report/verify/text.ts")).renderVerifyText(report, {
          catalogue,
          colour,
          quiet,
          verbose,
        });
  if (output === undefined) await writeStream(environment.stdout, pieces);
  else await writeFileWhole(output, pieces);
}

async function verifyReport(flags: VerifyFlags, work: Work): Promise<VerifyReport> {
  const { engine, request } = work;
  const [directory = "."] = flags.targets;
  if (flags.mode === "vendor") {
    const { modules, diagnostics } = await engine.verifyVendor(directory, request);
    return buildVerifyReport({
      tool: engine.tool,
      against: "published",
      modules: modules.map(moduleProvenance),
      diagnostics,
    });
  }
  const isList = flags.mode === "all";
  const targets = isList ? await engine.buildListOf(directory, request) : flags.targets;
  const goSum = isList
    ? readGoSum(flags.goSum ?? join(directory, "go.sum"), { mayLack: flags.goSum === undefined })
    : flags.goSum === undefined
      ? noGoSum
      : readGoSum(flags.goSum, { mayLack: false });
  const question = {
    ...(flags.repo !== undefined && { repo: flags.repo }),
    ...(goSum.text !== undefined && { goSum: goSum.text }),
    sumsOnly: flags.sumsOnly,
  };
  const found = await severalAtOnce(targets, isList ? atOnce : 1, async (target, done) => {
    request.deadline.check();
    if (isList) work.progress.show({ query: target, phase: "verify", done, total: targets.length });
    const verified = isList
      ? await orFailure(target, () => engine.verify(target, question, request))
      : await engine.verify(target, question, request);
    return { module: await withDifference(verified, work), diagnostics: verified.diagnostics };
  });
  return buildVerifyReport({
    tool: engine.tool,
    against: flags.sumsOnly ? "sums" : "repository",
    modules: found.map(({ module }) => module),
    diagnostics: told([...goSum.diagnostics, ...found.flatMap(({ diagnostics }) => diagnostics)]),
  });
}

/** Each once. */
function told(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...new Map(diagnostics.map((one) => [`${one.code} ${one.message}`, one])).values()];
}

/** A module of a build list that cannot be had does not keep the others from being verified. */
async function orFailure(target: string, step: () => Promise<VerifiedTarget>): Promise<VerifiedTarget> {
  try {
    return await step();
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "SourceError" || isAboutAll(error)) throw error;
    const at = target.indexOf("@");
    const provenance = {
      module: target.slice(0, at),
      version: target.slice(at + 1),
      verdict: "unverifiable",
      why: error.message,
      files: [],
      identical: 0,
      findings: [],
    } as const;
    return { provenance, diagnostics: [] };
  }
}

/** A database that lies, a cache that cannot be written: going on would only hide it. */
function isAboutAll(error: Error): boolean {
  const code = "code" in error ? String(error.code) : "";
  return [
    "checksum-fork",
    "checksum-bad-answer",
    "cache-unwritable",
    "bad-configuration",
    "git-unavailable",
  ].includes(code);
}

async function withDifference({ provenance, sides }: VerifiedTarget, work: Work): Promise<ModuleProvenance> {
  const module = moduleProvenance(provenance);
  if (sides === undefined) return module;
  return { ...module, difference: await differenceReport(sides, "published", work) };
}

/** Does the work for each, a few at a time; results in the order of the list. */
async function severalAtOnce<In, Out>(
  list: readonly In[],
  number: number,
  work: (one: In, done: number) => Promise<Out>,
): Promise<readonly Out[]> {
  const results = new Map<number, Out>();
  const waiting = [...list.entries()].reverse();
  const worker = async (): Promise<void> => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const [index, one] = next;
      results.set(index, await work(one, results.size));
    }
  };
  await Promise.all(Array.from({ length: number }, worker));
  return list.flatMap((_, index) => {
    const result = results.get(index);
    return result === undefined ? [] : [result];
  });
}

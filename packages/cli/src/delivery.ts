/** What scan and diff share: from flags to an engine at work, from a report to an exit code. */
import { resolve, sep } from "node:path";
import type { Report } from "@capdiff/analyzer";
import { type Catalogue, capabilityNames } from "./catalogue.ts";
import { deadlineAfter, unlimited } from "./deadline.ts";
import type { AnalysisRequest, Engine } from "./engine.ts";
import { type Environment, wantsColour } from "./environment.ts";
import { type ExitCode, exitCodes, UsageError } from "./errors.ts";
import { checkFailOn, checkWords, firedWords } from "./fail-on.ts";
import type { AnalysisFlags } from "./flags.ts";
import { type Ledger, ledgerName, readLedger, withAccepted } from "./ledger.ts";
import { loadMaps } from "./maps.ts";
import { didYouMean } from "./nearest.ts";
import { writeFileWhole, writeStream } from "./output.ts";
import { type ProgressLine, progressLine } from "./progress.ts";
import { escapeText } from "./report/escape.ts";
import { filterReport, unmatchedPatterns } from "./report/filter.ts";
import { formats, scanFormats } from "./report/format.ts";

/** A command's analysis, set up. */
export interface Work {
  readonly flags: AnalysisFlags;
  readonly environment: Environment;
  readonly catalogue: Catalogue;
  readonly engine: Engine;
  readonly request: AnalysisRequest;
  readonly progress: ProgressLine;
}

/** A command's answer, unfiltered, and the packages that there are. */
export interface Made {
  readonly report: Report;
  readonly packages: readonly string[];
}

/** Runs a command's work: sets it up, delivers the report that `make` gives, and cleans up whatever happens. */
export async function analyseAndDeliver(
  flags: AnalysisFlags,
  environment: Environment,
  make: (work: Work) => Promise<Made>,
): Promise<ExitCode> {
  const work = await beginWork(flags, environment);
  try {
    return await deliver(await make(work), work);
  } finally {
    work.progress.stop();
    await work.engine.close();
  }
}

/** Checks the words of the flags, then loads what the work needs. */
export async function beginWork(flags: AnalysisFlags, environment: Environment): Promise<Work> {
  const catalogue = await environment.loadCatalogue();
  const maps = await loadMaps(flags.maps);
  const names = [...new Set([...capabilityNames(catalogue), ...maps.capabilities])].sort();
  const rules = (await environment.loadRules()).map(({ id }) => id);
  checkFailOn(flags.failOn, { capabilities: names, rules });
  checkWords(flags.capabilities, names, "--capability");
  const progress = progressLine(environment.stderr, flags.quiet);
  const { narrowing, tests, dependencies, asMain, allowOutside, source, stdlib, cache, jobs, timeout } =
    flags;
  const deadline = timeout === undefined ? unlimited : deadlineAfter(timeout);
  const request: AnalysisRequest = {
    narrowing,
    tests,
    dependencies,
    asMain,
    allowOutside,
    source,
    ...(stdlib !== undefined && { stdlib }),
    maps: maps.inUse,
    cache,
    ...(jobs !== undefined && { jobs }),
    deadline,
    onProgress: (step) => progress.show(step),
  };
  const engine = await environment.loadEngine(maps.capabilityMap);
  return { flags, environment, catalogue, engine, request, progress };
}

/** Writes the report as asked. 1 when `--fail-on` fires, else 0. */
async function deliver(made: Made, work: Work): Promise<ExitCode> {
  const { flags, environment, catalogue, request, progress } = work;
  request.deadline.check();
  progress.stop();
  for (const line of packageMistakes(made, flags)) environment.stderr.write(`${escapeText(line)}\n`);
  const report = filterReport(withAccepted(made.report, await ledgerFor(made.report, work)), flags);
  const render = await formats[flags.format]();
  const { output, quiet, verbose } = flags;
  const colour = output === undefined && wantsColour(environment.stdout, environment.variables);
  const pieces = render(report, { catalogue, colour, quiet, verbose });
  if (output === undefined) await writeStream(environment.stdout, pieces);
  else await writeFileWhole(output, pieces);
  if (scanFormats.includes(flags.format) && report.diagnostics.some(({ incomplete }) => incomplete)) {
    environment.stderr.write("capdiff: the analysis is incomplete; the other formats say why\n");
  }
  const fired = firedWords(report, flags.failOn);
  if (fired.length > 0 && !quiet) environment.stderr.write(`capdiff: --fail-on found ${fired.join(", ")}\n`);
  return fired.length > 0 ? exitCodes.found : exitCodes.done;
}

/**
 * The ledger that counts. One that is only found where the program runs does not, if that is what is analysed: nothing
 * in a module accepts anything.
 */
async function ledgerFor(report: Report, { flags, environment }: Work): Promise<Ledger | undefined> {
  if (flags.ledger !== undefined) return readLedger(flags.ledger, true);
  const ledger = await readLedger(ledgerName, false);
  if (ledger === undefined) return undefined;
  const here = resolve(".");
  const within = report.inputs.find(
    ({ source, query }) => source === "directory" && isBelow(here, resolve(query)),
  );
  if (within === undefined) return ledger;
  environment.stderr.write(
    `capdiff: ${ledgerName} lies in what is analysed and does not count; name it with --ledger if it is yours\n`,
  );
  return undefined;
}

function isBelow(path: string, directory: string): boolean {
  return path === directory || path.startsWith(`${directory}${sep}`);
}

/** Patterns that match nothing: worth a word, and under a gate an error, since it would stay open. */
function packageMistakes({ report, packages }: Made, flags: AnalysisFlags): readonly string[] {
  return unmatchedPatterns(report, flags, packages).map((pattern) => {
    const modules = report.inputs.map(({ module }) => module);
    const near = didYouMean(pattern, [...new Set(packages.map((path) => spelled(path, pattern, modules)))]);
    const message = `--package ${pattern} matches no package`;
    if (flags.failOn.length > 0) throw new UsageError(message, near ?? "With --fail-on that is an error.");
    return near === undefined ? `capdiff: ${message}` : `capdiff: ${message}. ${near}`;
  });
}

/** A package's path in the way of the pattern: as a whole, or from its module on. */
function spelled(path: string, pattern: string, modules: readonly string[]): string {
  const plain = path.replace(/ \[[^\]]*\]$/, "");
  const home = modules.find((module) => plain === module || plain.startsWith(`${module}/`));
  return home === undefined || !pattern.startsWith(".") ? plain : `.${plain.slice(home.length)}`;
}

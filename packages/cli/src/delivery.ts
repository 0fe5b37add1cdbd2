/** What scan and diff share: from flags to an engine at work, from a report to an exit code. */
import { realpath, stat } from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";
import type { Input, Report } from "@capdiff/analyzer";
import { type Catalogue, capabilityNames } from "./catalogue.ts";
import { deadlineAfter, unlimited } from "./deadline.ts";
import type { AnalysisRequest, Engine } from "./engine.ts";
import { type Environment, wantsColour } from "./environment.ts";
import { type ExitCode, exitCodes, UsageError } from "./errors.ts";
import { checkFailOn, checkWords, firedWords, isOfFindings } from "./fail-on.ts";
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
  /** Ids of all rules. */
  readonly rules: readonly string[];
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
  return { flags, environment, catalogue, rules, engine, request, progress };
}

/** Writes the report as asked. 1 when `--fail-on` fires, else 0. */
async function deliver(made: Made, work: Work): Promise<ExitCode> {
  const { flags, environment, catalogue, request, progress } = work;
  request.deadline.check();
  progress.stop();
  checkJudged(made.report, work);
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

/** A gate that could never close is a mistake: comparing saved reports gives no findings. */
function checkJudged({ findings }: Report, { flags, rules }: Work): void {
  const unjudged = findings === undefined ? flags.failOn.filter((word) => isOfFindings(word, rules)) : [];
  if (unjudged.length === 0) return;
  throw new UsageError(
    `--fail-on ${unjudged.join()} needs findings, and comparing reports gives none`,
    "Compare the modules themselves, or gate on capabilities.",
  );
}

/**
 * The ledger that counts. One that is only found where the program runs does not, if that is what is analysed: nothing
 * in a module accepts anything.
 */
async function ledgerFor(report: Report, { flags, environment }: Work): Promise<Ledger | undefined> {
  if (flags.ledger !== undefined) return readLedger(flags.ledger, true);
  const ledger = await readLedger(ledgerName, false);
  if (ledger === undefined) return undefined;
  const here = await realpath(".");
  const analysed = await Promise.all(report.inputs.map(folderOf));
  if (!analysed.some((folder) => folder !== undefined && isBelow(here, folder))) return ledger;
  environment.stderr.write(
    `capdiff: ${ledgerName} lies in what is analysed and does not count; name it with --ledger if it is yours\n`,
  );
  return undefined;
}

/** The folder whose files an input is made of, by its real path: a directory, or a repository on this machine. */
async function folderOf({ source, query }: Input): Promise<string | undefined> {
  const place =
    source === "directory"
      ? query
      : /^git:[^@]*$/u.test(query)
        ? await repositoryAround(".")
        : /^git\+(?:file:\/\/)?(\/[^@]*)/u.exec(query)?.[1];
  return place === undefined ? undefined : realpath(place).catch(() => resolve(place));
}

/** The nearest folder upwards with a `.git` in it; the folder itself if there is none. */
async function repositoryAround(folder: string): Promise<string> {
  for (let at = resolve(folder); ; at = dirname(at)) {
    const found = await stat(join(at, ".git")).catch(() => undefined);
    if (found !== undefined) return at;
    if (at === dirname(at)) return folder;
  }
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

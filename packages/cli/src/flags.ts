/** Flags as yargs hands them over, read into plain data. Every mistake is a UsageError. */
import { type CompareMode, type Granularity, granularities } from "@capdiff/analyzer";
import type { Options } from "yargs";
import { type DependencyChoice, dependencyChoices, type Narrowing, type SourceFlags } from "./engine.ts";
import { UsageError } from "./errors.ts";
import { checkWords } from "./fail-on.ts";
import { readNarrowing } from "./narrowing.ts";
import { type FormatName, formatNames } from "./report/format.ts";

/** What scan and diff can be told. Capability names are not yet checked. */
export interface AnalysisFlags {
  readonly format: FormatName;
  readonly output?: string;
  readonly failOn: readonly string[];
  readonly capabilities: readonly string[];
  readonly packages: readonly string[];
  readonly granularity: Granularity;
  readonly witnesses: number;
  readonly narrowing: Narrowing;
  readonly tests: boolean;
  readonly dependencies: DependencyChoice;
  /** Whether modules that only the new side is built with are judged; absent: if the new side is nothing that was published. */
  readonly bumps?: boolean;
  readonly asMain: boolean;
  readonly allowOutside: boolean;
  readonly source: SourceFlags;
  /** A file of facts, in place of those that come with the program. */
  readonly stdlib?: string;
  readonly maps: MapFlags;
  /** As what two copies are compared; told from them, unless given. */
  readonly mode?: Exclude<CompareMode, "single">;
  /** The ledger of accepted findings; the one where the program runs, unless given. */
  readonly ledger?: string;
  readonly cache: boolean;
  /** Packages to compile at once; absent: as many as there are processors. */
  readonly jobs?: number;
  /** Seconds; absent: no limit. */
  readonly timeout?: number;
  readonly quiet: boolean;
  readonly verbose: boolean;
}

/** Which capability maps count. */
export interface MapFlags {
  /** Files of the user's, in the order given. */
  readonly files: readonly string[];
  readonly builtIn: boolean;
}

/** Parsed but untyped, as yargs hands it over. */
export type RawFlags = Readonly<Record<string, unknown>>;

const reporting = "What is reported:";
const maps = "What brings which capability:";
const builds = "Which builds (all, unless narrowed):";
const sources = "Where modules come from:";
const running = "How it runs:";

function value(group: string, describe: string): Options {
  return { group, describe, type: "string", requiresArg: true };
}

export const sourceFlags = {
  goproxy: value(sources, "Go module proxies, as in GOPROXY"),
  gosumdb: value(sources, "The checksum database, as in GOSUMDB"),
  repo: value(
    sources,
    "A module's repository: IMPORT/PATH=URL or IMPORT/PATH=DIRECTORY, in place of the one found (repeatable)",
  ),
  "cache-dir": value(sources, "Where downloads and compiled packages are kept"),
  offline: { group: sources, describe: "Ask no proxy", type: "boolean", default: false },
  "insecure-skip-sumdb": {
    group: sources,
    describe: "Use downloads that were not checked against the checksum database",
    type: "boolean",
    default: false,
  },
} as const satisfies Readonly<Record<string, Options>>;

export const analysisFlags = {
  capability: value(
    reporting,
    "Only these: EXEC, or NETWORK for all of NETWORK/... (comma separated, repeatable)",
  ),
  package: value(
    reporting,
    "Only these import paths; ... matches anything, ./x is inside the module (repeatable)",
  ),
  format: {
    ...value(reporting, "text, json, ndjson; of scan also capslock (its JSON), dot or mermaid (a graph)"),
    default: "text",
  },
  output: { ...value(reporting, "Write the report to this file, whole or not at all"), alias: "o" },
  "fail-on": value(
    reporting,
    "Exit with 1 if found: block, review, inform, any, incomplete, a rule or a capability (comma separated, repeatable)",
  ),
  ledger: value(reporting, "The file of accepted findings (capdiff-accepted.json where it runs)"),
  "capability-map": value(
    maps,
    "A map of your own, which counts before the built-in one, in Capslock's format (repeatable)",
  ),
  "no-builtin-map": { group: maps, describe: "Leave the built-in map out", type: "boolean", default: false },
  goos: value(builds, "An operating system: linux, windows, ..."),
  goarch: value(builds, "A processor architecture: amd64, arm64, ..."),
  tags: value(builds, "Build tags that are set (comma separated, repeatable)"),
  cgo: value(builds, "on or off"),
  deps: {
    ...value(
      sources,
      "all: follow calls into the modules that it is built with; vendor: as vendor/ holds them; none: do not",
    ),
    default: "all",
  },
  "as-main": {
    group: sources,
    describe: "Heed replace and exclude in a published module's go.mod (a directory's are heeded always)",
    type: "boolean",
    default: false,
  },
  "allow-outside": {
    group: sources,
    describe: "Read what replace and go.work name outside of a directory, and a go.work further up",
    type: "boolean",
    default: false,
  },
  tests: { group: builds, describe: "Read _test.go files too", type: "boolean", default: false },
  ...sourceFlags,
  stdlib: value(sources, "Facts of another Go release, made by `capdiff stdlib build`"),
  "no-cache": {
    group: running,
    describe: "Compile every package, and keep nothing of it (downloads are kept)",
    type: "boolean",
    default: false,
  },
  jobs: { ...value(running, "Packages to compile at once (as many as there are processors)"), alias: "j" },
  timeout: value(running, "Give up after so many seconds, with no report"),
} as const satisfies Readonly<Record<string, Options>>;

/** What scan can be told besides. */
export const scanFlags = {
  ...analysisFlags,
  granularity: {
    ...value(reporting, "What capabilities are told of: package, function or entry-point"),
    default: "package",
  },
  witnesses: {
    ...value(reporting, "So many paths to each capability, through different uses first"),
    default: "1",
  },
} as const satisfies Readonly<Record<string, Options>>;

/** What diff can be told besides. */
export const diffFlags = {
  ...analysisFlags,
  mode: value(
    reporting,
    "versions, published or clone: as what the two are compared (told from the targets, unless given)",
  ),
  bumps: value(
    sources,
    "on or off: also judge each module that NEW is built with in another version than OLD (on if NEW is a directory or a revision)",
  ),
  original: value(
    sources,
    "auto: compare with the well-known module whose path and code are like the target's",
  ),
} as const satisfies Readonly<Record<string, Options>>;

/** What graph can be told. */
export const graphFlags = {
  ...scanFlags,
  format: { ...value(reporting, "dot, for Graphviz, or mermaid"), default: "dot" },
} as const satisfies Readonly<Record<string, Options>>;

/** What accept can be told. */
export const acceptFlags = {
  reason: value("What is written:", "Why it is harmless, for who reads the ledger"),
  report: value("What is written:", "A saved report (JSON) that has the finding, for what it says"),
  ledger: value("What is written:", "The file (capdiff-accepted.json)"),
} as const satisfies Readonly<Record<string, Options>>;

/** Those that say what is looked at, and not what it brings or what is reported. */
export const inspectionFlags = withoutReporting(analysisFlags);

/** Of a question about paths: those, and what says where paths end. */
export const pathFlags = {
  ...inspectionFlags,
  "capability-map": analysisFlags["capability-map"],
  "no-builtin-map": analysisFlags["no-builtin-map"],
  witnesses: { ...value(reporting, "So many paths, through different uses first"), default: "1" },
} as const satisfies Readonly<Record<string, Options>>;

function withoutReporting(flags: Readonly<Record<string, Options>>): Record<string, Options> {
  return Object.fromEntries(
    Object.entries(flags).filter(
      ([name, { group }]) => (group !== reporting && group !== maps) || name === "output",
    ),
  );
}

export function readAnalysisFlags(raw: RawFlags): AnalysisFlags {
  const output = single(raw, "output");
  const timeout = readTimeout(single(raw, "timeout"));
  const stdlib = single(raw, "stdlib");
  const jobs = readJobs(single(raw, "jobs"));
  const ledger = single(raw, "ledger");
  const mode = oneOf(raw, "mode", ["versions", "published", "clone"]);
  const dependencies = oneOf(raw, "deps", dependencyChoices) ?? "all";
  const bumps = oneOf(raw, "bumps", ["on", "off"]);
  if (bumps === "on" && dependencies === "none")
    throw new UsageError(
      "--bumps on needs the modules that --deps none leaves out",
      "Leave one of them out.",
    );
  return {
    ...(mode !== undefined && { mode }),
    ...(bumps !== undefined && { bumps: bumps === "on" }),
    format: oneOf(raw, "format", formatNames) ?? "text",
    ...(output !== undefined && output !== "-" && { output }),
    failOn: list(raw, "fail-on"),
    capabilities: list(raw, "capability"),
    packages: list(raw, "package"),
    granularity: oneOf(raw, "granularity", granularities) ?? "package",
    witnesses: readWitnesses(single(raw, "witnesses")),
    narrowing: readNarrowing({
      goos: single(raw, "goos"),
      goarch: single(raw, "goarch"),
      tags: list(raw, "tags"),
      cgo: oneOf(raw, "cgo", ["on", "off"]),
    }),
    tests: raw["tests"] === true,
    dependencies,
    asMain: raw["as-main"] === true,
    allowOutside: raw["allow-outside"] === true,
    source: readSource(raw),
    ...(stdlib !== undefined && { stdlib }),
    maps: { files: repeated(raw, "capability-map"), builtIn: raw["no-builtin-map"] !== true },
    ...(ledger !== undefined && { ledger }),
    cache: raw["no-cache"] !== true,
    ...(jobs !== undefined && { jobs }),
    ...(timeout !== undefined && { timeout }),
    quiet: raw["quiet"] === true,
    verbose: raw["verbose"] === true,
  };
}

export function readSource(raw: RawFlags): SourceFlags {
  const goproxy = single(raw, "goproxy");
  const cacheDir = single(raw, "cache-dir");
  const offline = raw["offline"] === true;
  if (offline && goproxy !== undefined) {
    throw new UsageError("--offline and --goproxy contradict each other", "Leave one of them out.");
  }
  const gosumdb = single(raw, "gosumdb");
  return {
    ...(goproxy !== undefined && { goproxy }),
    ...(gosumdb !== undefined && { gosumdb }),
    repositories: repeated(raw, "repo"),
    ...(cacheDir !== undefined && { cacheDir }),
    offline,
    skipSumdb: raw["insecure-skip-sumdb"] === true,
  };
}

function readTimeout(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const seconds = /^\d+(?:\.\d+)?s?$/.test(text) ? Number.parseFloat(text) : 0;
  if (seconds > 0 && seconds < 1e6) return seconds;
  throw new UsageError(`--timeout needs a number of seconds, not "${text}"`, "For example --timeout 120.");
}

function readJobs(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const jobs = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (jobs > 0) return jobs;
  throw new UsageError(`--jobs needs a number, not "${text}"`, "For example --jobs 2.");
}

function readWitnesses(text = "1"): number {
  const count = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (count > 0) return count;
  throw new UsageError(
    `--witnesses needs a number from 1 to 999, not "${text}"`,
    "For example --witnesses 3.",
  );
}

/** A flag that may be given once. */
export function single(raw: RawFlags, name: string): string | undefined {
  const given = raw[name];
  if (given === undefined) return undefined;
  if (Array.isArray(given)) throw new UsageError(`--${name} is given more than once`, "Give it once.");
  const text = typeof given === "string" ? given : "";
  if (text === "") throw new UsageError(`--${name} needs a value`);
  return text;
}

/** A flag that may be given again, with words separated by commas. */
export function list(raw: RawFlags, name: string): readonly string[] {
  const given: readonly unknown[] = raw[name] === undefined ? [] : [raw[name]].flat();
  return given.flatMap((text) => {
    const words = String(text)
      .split(",")
      .map((word) => word.trim());
    if (words.includes(""))
      throw new UsageError(`--${name} has an empty word`, "Separate words by single commas.");
    return words;
  });
}

/** A flag that may be given again, each time with one value. */
export function repeated(raw: RawFlags, name: string): readonly string[] {
  const given: readonly unknown[] = raw[name] === undefined ? [] : [raw[name]].flat();
  if (given.includes("")) throw new UsageError(`--${name} needs a value`);
  return given.map(String);
}

/** A flag with a few valid words. */
export function oneOf<Word extends string>(
  raw: RawFlags,
  name: string,
  words: readonly Word[],
): Word | undefined {
  const given = single(raw, name);
  if (given !== undefined) checkWords([given], words, `--${name}`);
  return words.find((word) => word === given);
}

/** The flags of verify. */
import type { Options } from "yargs";
import { UsageError } from "./errors.ts";
import {
  type AnalysisFlags,
  analysisFlags,
  type RawFlags,
  readAnalysisFlags,
  repeated,
  single,
} from "./flags.ts";

/** What verify can be told. */
export interface VerifyFlags {
  readonly analysis: AnalysisFlags;
  readonly mode: "targets" | "all" | "vendor";
  /** Modules, or of the other modes the directory. */
  readonly targets: readonly string[];
  readonly repo?: string;
  /** A file. */
  readonly goSum?: string;
  readonly sumsOnly: boolean;
}

const verifying = "What is held against what:";

function value(describe: string): Options {
  return { group: verifying, describe, type: "string", requiresArg: true };
}

function onOff(describe: string): Options {
  return { group: verifying, describe, type: "boolean", default: false };
}

export const verifyFlags = {
  "go-sum": value("A go.sum whose hashes the copies must have"),
  all: onOff("All modules that the module in a directory is built with"),
  vendor: onOff("The vendor folder of the module in a directory, against the published modules"),
  "go-sum-only": onOff("Only go.sum and the checksum database; no repository is asked"),
  ...analysisFlags,
  repo: {
    ...analysisFlags.repo,
    describe:
      "The repository, in place of the one found: URL or DIRECTORY, or IMPORT/PATH= and that (repeatable)",
  },
  format: { ...analysisFlags.format, describe: "text or json" },
  "fail-on": {
    ...analysisFlags["fail-on"],
    describe:
      "Exit with 1 if found: any, incomplete, differs, explained, unverifiable, unverified, a finding, a capability",
  },
} as const satisfies Readonly<Record<string, Options>>;

export function readVerifyFlags(raw: RawFlags, targets: readonly string[]): VerifyFlags {
  const given = repeated(raw, "repo");
  const plain = given.filter((text) => !namesPath(text));
  const analysis = readAnalysisFlags({ ...raw, repo: given.filter(namesPath) });
  if (analysis.format === "ndjson")
    throw new UsageError("verify has no ndjson format", "Use --format text or --format json.");
  const all = raw["all"] === true;
  const vendor = raw["vendor"] === true;
  if (all && vendor) throw new UsageError("--all and --vendor are two questions", "Ask one at a time.");
  const [repo] = plain;
  if (plain.length > 1 || (repo !== undefined && (all || vendor || targets.length > 1)))
    throw new UsageError(
      "--repo alone names the repository of one module",
      "Write --repo IMPORT/PATH=DIRECTORY for each.",
    );
  const goSum = single(raw, "go-sum");
  return {
    analysis,
    mode: all ? "all" : vendor ? "vendor" : "targets",
    targets: checkedTargets(targets, all || vendor),
    ...(repo !== undefined && { repo }),
    ...(goSum !== undefined && { goSum }),
    sumsOnly: raw["go-sum-only"] === true,
  };
}

/** `example.test/m=../m`: an import path begins with a host. */
function namesPath(text: string): boolean {
  return /^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:\/[^=]*)?=/u.test(text);
}

function checkedTargets(targets: readonly string[], ofDirectory: boolean): readonly string[] {
  if (!ofDirectory && targets.length > 0) return targets;
  if (!ofDirectory)
    throw new UsageError("verify needs MODULE@VERSION", "Or --all or --vendor in the directory of a module.");
  if (targets.length > 1)
    throw new UsageError("one directory at a time", "Name the directory of one module.");
  return targets.length === 0 ? ["."] : targets;
}

/**
 * `--fail-on`: one vocabulary for what makes the exit code 1. Words are separated by
 * commas and the flag may be repeated:
 *
 * - `incomplete`: a diagnostic says that the answer may miss something;
 * - `any`: scan found a capability; diff found any change but a move;
 * - a capability (`EXEC`, `NETWORK/DIAL`; the first part stands for all of its kind): scan
 *   found it in a package; diff found it in a new capability, a newly reaching entry
 *   point, or a call site that is new or has other arguments;
 * - a tier (`block`, `review`, `inform`): a finding that is not accepted is of that tier or a worse one;
 * - a rule's id: such a finding is of that rule.
 *
 * Filters narrow which capabilities and changes are reported, and thereby what can fire; findings stay.
 */
import { type Capability, type Change, covers, type Report, type Tier } from "@capdiff/analyzer";
import { UsageError } from "./errors.ts";
import { didYouMean } from "./nearest.ts";

/** The worst first. */
const tiers: readonly Tier[] = ["block", "review", "inform"];
const words: readonly string[] = ["any", "incomplete", ...tiers];

/** The words that `--fail-on` knows, for messages and help. */
export function failOnWords({ capabilities, rules }: FailOnNames): readonly string[] {
  return [...words, ...rules, ...capabilities];
}

/** What a word may name besides the fixed ones. */
export interface FailOnNames {
  readonly capabilities: readonly string[];
  /** Ids of rules. */
  readonly rules: readonly string[];
}

/** Checks the words of `--fail-on`; an unknown one is an error that lists the valid ones. */
export function checkFailOn(given: readonly string[], names: FailOnNames): readonly string[] {
  return checkWords(given, failOnWords(names), "--fail-on");
}

/** Checks words against a vocabulary; the error says what is near and what is valid. */
export function checkWords(
  given: readonly string[],
  valid: readonly string[],
  flag: string,
): readonly string[] {
  for (const word of given) {
    if (valid.includes(word)) continue;
    const near = didYouMean(word, valid);
    const all = `Valid words: ${valid.join(", ")}.`;
    throw new UsageError(`${flag} does not know "${word}"`, near === undefined ? all : `${near} ${all}`);
  }
  return [...new Set(given)];
}

/** Whether a word is about findings, rules being the ids of all rules: where there are none it could never hold. */
export function isOfFindings(word: string, rules: readonly string[]): boolean {
  return tiers.some((tier) => tier === word) || rules.includes(word);
}

/** The words of `failOn` that hold for the report, in the order given. */
export function firedWords(report: Report, failOn: readonly string[]): readonly string[] {
  const found = new Set([...(report.capabilities ?? []).map((row) => row.capability), ...gained(report)]);
  return failOn.filter((word) => fires(word, report, found));
}

function fires(word: string, report: Report, found: ReadonlySet<Capability>): boolean {
  if (word === "incomplete") return report.diagnostics.some((diagnostic) => diagnostic.incomplete);
  if (word === "any")
    return found.size > 0 || (report.changes ?? []).some(({ change }) => change !== "moved");
  const counted = (report.findings ?? []).filter(({ accepted }) => accepted === undefined);
  if (
    counted.some(
      ({ rule, tier }) => rule === word || tiers.slice(0, tiers.indexOf(word as Tier) + 1).includes(tier),
    )
  )
    return true;
  return [...found].some((capability) => covers(word, capability));
}

function gained(report: Report): readonly Capability[] {
  return (report.changes ?? []).flatMap(gainedBy);
}

function gainedBy(change: Change): readonly Capability[] {
  switch (change.kind) {
    case "capability":
    case "entry-point":
      return change.change === "added" ? [change.capability] : [];
    case "call-site":
      return change.change === "added" || change.change === "changed" ? change.capabilities : [];
    case "directive":
    case "file":
    case "go-mod":
    case "function":
    case "flow":
    case "goroutine":
    case "signal":
      return [];
  }
}

/**
 * `--fail-on` of verify: verdicts, `unverified` (the checksum database does not vouch for a copy), findings by
 * their names, `any` of all that, and of what the published copy can do beyond the repository the words of diff.
 * That a copy has another hash than the database or go.sum has always counts as found.
 */
import { PROVENANCE_FINDINGS } from "@capdiff/modules";
import { checkWords, firedWords } from "./fail-on.ts";
import type { ModuleProvenance, VerifyReport } from "./report/verify/model.ts";

const verdicts: readonly string[] = ["differs", "explained", "unverifiable"];

export function checkVerifyFailOn(given: readonly string[], capabilities: readonly string[]): void {
  const findings = Object.keys(PROVENANCE_FINDINGS);
  checkWords(
    given,
    ["any", "incomplete", "unverified", ...verdicts, ...findings, ...capabilities],
    "--fail-on",
  );
}

/** The words that hold for the report, those that always count first. */
export function firedVerifyWords(report: VerifyReport, failOn: readonly string[]): readonly string[] {
  const found = new Set(report.modules.flatMap(({ findings }) => findings.map(({ id }) => id)));
  const always = ["checksum-mismatch", "go-sum-mismatch"].filter((id) => found.has(id));
  const asked = failOn.filter(
    (word) =>
      report.modules.some((module) => fires(word, module)) ||
      (word === "incomplete" && report.diagnostics.some(({ incomplete }) => incomplete)),
  );
  return [...new Set([...always, ...asked])];
}

function fires(word: string, { verdict, checksum, findings, difference }: ModuleProvenance): boolean {
  if (word === verdict) return true;
  if (word === "unverified") return checksum?.status !== "verified";
  if (findings.some(({ id }) => id === word)) return true;
  if (word === "any" && (verdict !== "same" || findings.length > 0)) return true;
  return difference !== undefined && firedWords(difference, [word]).length > 0;
}

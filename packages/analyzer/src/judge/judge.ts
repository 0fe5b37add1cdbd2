/** Judge: changes and rules in, findings out, the worst first. */
import type { Finding, Tier, Verdict } from "../model/finding.ts";
import { comparePositions, compareText } from "../model/position.ts";
import type { Evidence, FindingDraft, Rule } from "../model/rule.ts";

/** What a fingerprint is made with. */
export interface Printing {
  /** A cryptographic hash in lower-case hexadecimal. */
  readonly digest: (text: string) => string;
  /** Hash of a function's code without names of its own, by its id; undefined if there is none. */
  readonly codeOf: (functionId: string) => string | undefined;
  /** A name without the module's path. */
  readonly relative: (name: string) => string;
  /** The number that findings carry. */
  readonly input: number;
}

/** Findings that are kept; the worst are. */
const findingLimit = 1000;

const tiers: readonly Tier[] = ["block", "review", "inform"];

/** What the rules say, each thing once. Costs what the rules cost, and a sort. */
export function judge(evidence: Evidence, rules: readonly Rule[], printing: Printing): Finding[] {
  const found = new Map<string, Finding>();
  for (const rule of rules) {
    for (const draft of rule.find(evidence)) {
      const finding = findingOf(rule, draft, printing);
      const known = found.get(finding.fingerprint);
      if (known === undefined || compareFindings(finding, known) < 0) found.set(finding.fingerprint, finding);
    }
  }
  return [...found.values()].sort(compareFindings).slice(0, findingLimit);
}

/** The worst tier of those that are not accepted. */
export function verdictOf(findings: readonly Finding[]): Verdict {
  const counted = findings.filter(({ accepted }) => accepted === undefined);
  return tiers.find((tier) => counted.some((one) => one.tier === tier)) ?? "clear";
}

/** The worst first, then the surest. */
export function compareFindings(a: Finding, b: Finding): number {
  const [here, there] = [a.locations[0], b.locations[0]];
  return (
    tiers.indexOf(a.tier) - tiers.indexOf(b.tier) ||
    sureness(a) - sureness(b) ||
    compareText(a.rule, b.rule) ||
    (here === undefined || there === undefined ? 0 : comparePositions(here.position, there.position)) ||
    compareText(a.message, b.message) ||
    compareText(a.fingerprint, b.fingerprint)
  );
}

function sureness({ certainty }: Finding): number {
  return certainty === "static" ? 0 : 1;
}

const printLength = 16;

/** Code that no importer builds: tests, their data, examples. What is odd in the bytes of such files its rule weighs. */
const aside = /_test\.go$|(?:^|\/)(?:testdata|_?examples?)\//u;

function isAside({ locations: [first] }: FindingDraft): boolean {
  return first?.function !== undefined && aside.test(first.position.file);
}

function findingOf({ id }: Rule, draft: FindingDraft, printing: Printing): Finding {
  const { about, ...said } = isAside(draft) ? { ...draft, tier: "inform" as const } : draft;
  const functions = [...new Set(draft.locations.flatMap((one) => one.function ?? []))];
  const parts = [
    id,
    about.map(printing.relative),
    functions.map((name) => [printing.relative(name), printing.codeOf(name) ?? null]),
  ];
  return {
    input: printing.input,
    rule: id,
    ...said,
    fingerprint: printing.digest(JSON.stringify(parts)).slice(0, printLength),
  };
}

/** Judge: changes and rules in, findings out, the worst first. */
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Finding, FindingLocation, Tier, Verdict } from "../model/finding.ts";
import { comparePositions, compareText, type Position } from "../model/position.ts";
import type { Evidence, FindingDraft, Rule } from "../model/rule.ts";
import type { Builds } from "../model/stated.ts";
import { type Told, together, withBuildsAndValues } from "./together.ts";

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
  /** The function that a position is in, if that is known. */
  readonly functionAt: (position: Position) => string | undefined;
  /** Whether who imports the module does not build a file. */
  readonly isAside: (file: string) => boolean;
  /** Whether it is of a package that other modules can import all the same. */
  readonly isImportable: (file: string) => boolean;
  /** The builds in which one or the other holds. */
  readonly either: (a: Builds, b: Builds) => Builds;
}

export interface Judgement {
  /** The worst first. */
  readonly findings: readonly Finding[];
  /** That some are not told. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Findings that are kept; the worst are. */
const findingLimit = 1000;

const tiers: readonly Tier[] = ["block", "review", "inform"];

/** What the rules say, each thing once: what is the same in several builds, or with several values, is one. Costs what the rules cost, and a sort. */
export function judge(evidence: Evidence, rules: readonly Rule[], printing: Printing): Judgement {
  const found = new Map<string, Told>();
  for (const rule of rules) {
    for (const draft of rule.find(evidence)) {
      const told = { finding: findingOf(rule, draft, { printing, evidence }), oneOf: draft.oneOf };
      const { fingerprint } = told.finding;
      const known = found.get(fingerprint);
      found.set(fingerprint, known === undefined ? told : joined(known, told, printing));
    }
  }
  const print = (parts: unknown) => printOf(parts, printing);
  const findings = together([...found.values()], { ...printing, print }).sort(compareFindings);
  const message = `there are ${findings.length} findings, of which the worst ${findingLimit} are told`;
  const leftOut = { code: "too-many-findings", severity: "warning", message, incomplete: true } as const;
  return {
    findings: findings.slice(0, findingLimit),
    diagnostics: findings.length > findingLimit ? [leftOut] : [],
  };
}

/** The worse of two; of equal tiers with the builds and values of both. */
function joined(a: Told, b: Told, printing: Printing): Told {
  const [first, second] = compareFindings(a.finding, b.finding) <= 0 ? [a, b] : [b, a];
  if (first.finding.tier !== second.finding.tier) return first;
  return { ...first, finding: withBuildsAndValues(first.finding, second.finding, printing) };
}

/** The worst tier of the findings that are not accepted. What is incomplete is never clear, whatever was accepted. */
export function verdictOf(
  findings: readonly Finding[],
  diagnostics: readonly Pick<Diagnostic, "incomplete">[],
): Verdict {
  const counted = findings.filter(({ accepted }) => accepted === undefined);
  const worst = tiers.find((tier) => counted.some((one) => one.tier === tier));
  return worst ?? (diagnostics.some(({ incomplete }) => incomplete) ? "inform" : "clear");
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

function placed(location: FindingLocation, { functionAt }: Printing): FindingLocation {
  const found = location.function ?? functionAt(location.position);
  return found === undefined ? location : { ...location, function: found };
}

const printLength = 16;

/** It is about code that nobody who imports the module builds, or a flow that begins or ends there. What is odd in bytes of files its rule weighs. */
function isAside({ locations, flow }: FindingDraft, printing: Printing): boolean {
  if (flow !== undefined && [flow.source, flow.sink].some(({ site }) => printing.isAside(site.position.file)))
    return true;
  const places = locations.filter(({ function: name }) => name !== undefined);
  return places.length > 0 && places.every(({ position }) => printing.isAside(position.file));
}

/** Somebody may import it, and then it runs. */
function runsOnImport({ locations }: FindingDraft, { printing, evidence }: Judging): boolean {
  return locations.some(
    ({ position, function: name }) =>
      name !== undefined &&
      printing.isImportable(position.file) &&
      evidence.waysTo(name).atStart.some((way) => printing.isImportable(way.position.file)),
  );
}

interface Judging {
  readonly printing: Printing;
  readonly evidence: Evidence;
}

/** In code that is set aside what blocks is for review if importing that code runs it, and all else informs. */
function tierOf(draft: FindingDraft, judging: Judging): Tier {
  if (!isAside(draft, judging.printing)) return draft.tier;
  return draft.tier === "block" && runsOnImport(draft, judging) ? "review" : "inform";
}

function findingOf({ id }: Rule, draft: FindingDraft, judging: Judging): Finding {
  const { printing } = judging;
  const { about, oneOf: _oneOf, ...rest } = draft;
  const said = { ...rest, tier: tierOf(draft, judging) };
  const locations = draft.locations.map((one) => placed(one, printing));
  const functions = [...new Set(locations.flatMap((one) => one.function ?? []))];
  const parts = [
    id,
    about.map(printing.relative),
    functions.map((name) => [printing.relative(name), printing.codeOf(name) ?? null]),
  ];
  return {
    input: printing.input,
    rule: id,
    ...said,
    locations,
    fingerprint: printOf(parts, printing),
  };
}

function printOf(parts: unknown, { digest }: Printing): string {
  return digest(JSON.stringify(parts)).slice(0, printLength);
}

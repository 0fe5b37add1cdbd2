/** The text of findings: the verdict first, then each finding with what proves it. */
import type { Finding, FindingLocation, Report, Tier, Verdict } from "@capdiff/analyzer";
import type { RenderOptions } from "../render.ts";
import {
  bold,
  dim,
  green,
  indent,
  red,
  type Span,
  type Styled,
  type TextLine,
  table,
  yellow,
} from "./style.ts";
import { count, onlyIn, place } from "./words.ts";

/** Findings of one tier that are shown unless all are asked for. */
const most: Readonly<Record<Tier, number>> = { block: 10, review: 10, inform: 3 };

/** Places of a finding that are shown unless all are asked for. */
const mostPlaces = 5;

const colours: Readonly<Record<Tier, (text: string) => Styled>> = { block: red, review: yellow, inform: dim };

const meanings: Readonly<Record<Verdict, string>> = {
  block: "this looks like a backdoor",
  review: "somebody should read this",
  inform: "nothing speaks against it",
  clear: "nothing to tell",
};

export function* findingLines(report: Report, options: RenderOptions): Generator<TextLine> {
  const { findings, verdict } = report;
  if (findings === undefined || verdict === undefined) return;
  yield [];
  const colour = verdict === "clear" ? green : colours[verdict];
  yield [bold("Verdict: "), colour(verdict), `  ${meaningOf(verdict, findings, report)}`];
  for (const tier of ["block", "review", "inform"] as const) {
    const all = findings.filter((one) => one.tier === tier && one.accepted === undefined);
    const shown = options.verbose ? all : all.slice(0, most[tier]);
    for (const finding of shown)
      yield* indent([...oneFinding(finding, tier === "inform" && !options.verbose, options)]);
    if (shown.length < all.length)
      yield [dim(`  and ${all.length - shown.length} more to ${tier} (--verbose lists them)`)];
  }
  const accepted = findings.filter((one) => one.accepted !== undefined);
  if (accepted.length === 0) return;
  yield [
    dim(
      `  ${count(accepted.length, "finding")} accepted${options.verbose ? ":" : " (--verbose lists them)"}`,
    ),
  ];
  if (options.verbose)
    yield* indent(
      accepted.map((one) => [dim(`${one.rule} ${one.fingerprint}: ${one.message}  (${one.accepted})`)]),
      4,
    );
}

/** Without a finding it informs because of the diagnostics alone. */
function meaningOf(verdict: Verdict, findings: readonly Finding[], { diagnostics }: Report): string {
  const isTold = findings.some(({ accepted }) => accepted === undefined);
  const isOfDiagnostics = verdict === "inform" && !isTold && diagnostics.some(({ incomplete }) => incomplete);
  return isOfDiagnostics ? "not all could be analysed" : meanings[verdict];
}

function* oneFinding(finding: Finding, brief: boolean, { verbose }: RenderOptions): Generator<TextLine> {
  const { tier, rule, message, fingerprint, certainty, builds, locations, dependency } = finding;
  const possible: readonly Span[] = certainty === "dynamic" ? ["  ", yellow("possible")] : [];
  yield [
    colours[tier](tier),
    "  ",
    bold(rule),
    ...possible,
    ...onlyIn(builds),
    ...within(dependency),
    dim(`  ${fingerprint}`),
  ];
  yield* indent([[sentence(message)]], 4);
  if (brief) return;
  const shown = verbose ? locations : locations.slice(0, mostPlaces);
  yield* indent(table(shown.map(locationCells)), 4);
  if (shown.length < locations.length)
    yield [dim(`    and ${count(locations.length - shown.length, "more place")}`)];
}

/** Which module it is about, if that is not the one that is compared. */
function within(dependency: string | undefined): readonly Span[] {
  return dependency === undefined ? [] : [`  in ${dependency}`];
}

/** With a capital letter, unless it begins with a name. */
function sentence(message: string): string {
  return /^[a-z]+ /u.test(message) ? message.charAt(0).toUpperCase() + message.slice(1) : message;
}

function locationCells({ position, what, source }: FindingLocation): TextLine {
  return [dim(place(position)), what, source];
}

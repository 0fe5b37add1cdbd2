/** Findings that say the same of several things are one. */
import type { Finding, FindingLocation } from "../model/finding.ts";
import { groupBy } from "../model/grouping.ts";
import type { OneOf } from "../model/rule.ts";
import type { Builds } from "../model/stated.ts";

/** A finding, and of what it may be one of several. */
export interface Told {
  readonly finding: Finding;
  readonly oneOf: OneOf | undefined;
}

export interface Joining {
  /** The builds in which one or the other holds. */
  readonly either: (a: Builds, b: Builds) => Builds;
  /** The fingerprint of what is made of such parts. */
  readonly print: (parts: unknown) => string;
}

/** Things that a sentence names. */
const mostNamed = 5;

/** Values that one finding shows. */
const valueLimit = 8;

/**
 * Those that are one of several are joined with their like, in the order given, and so are those that say the same of one function:
 * the first is shown with its evidence, behind that come the places of the others. The fingerprint is that of all of them: with one
 * more it is another. Linear.
 */
export function together(all: readonly Told[], joining: Joining): Finding[] {
  return [...groupBy(all, likeness).values()].flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    return [others.length === 0 ? first.finding : severalOf(first, others, joining)];
  });
}

/** What is the same of findings that are one. */
function likeness({ finding, oneOf }: Told): string {
  const { rule, tier, certainty, message, locations } = finding;
  const { position, function: within } = locations[0] ?? {};
  const said = oneOf === undefined ? [position?.file, within, message] : [oneOf.at, oneOf.say("")];
  return JSON.stringify([rule, tier, certainty, said]);
}

function severalOf({ finding, oneOf }: Told, others: readonly Told[], joining: Joining): Finding {
  const whats = [...new Set([oneOf, ...others.map((one) => one.oneOf)].map((one) => one?.what ?? ""))];
  const prints = [finding, ...others.map((one) => one.finding)].map(({ fingerprint }) => fingerprint);
  const places = others.flatMap((one) => one.oneOf?.place ?? one.finding.locations.slice(0, 1));
  const joined = others.reduce((sum, one) => withBuildsAndValues(sum, one.finding, joining), finding);
  return {
    ...joined,
    ...(oneOf !== undefined && whats.length > 1 && { message: oneOf.say(listed(whats)) }),
    locations: withPlaces(finding.locations, places),
    fingerprint: joining.print(prints.toSorted()),
  };
}

/** A finding that holds of another's builds and has its values too. */
export function withBuildsAndValues(
  finding: Finding,
  { builds, values = [] }: Finding,
  { either }: Pick<Joining, "either">,
): Finding {
  const own = finding.values ?? [];
  const all = [...new Set([...own, ...values])].slice(0, Math.max(valueLimit, own.length));
  return {
    ...finding,
    builds: finding.builds.expression === builds.expression ? finding.builds : either(finding.builds, builds),
    ...(all.length > 0 && { values: all }),
  };
}

function withPlaces(
  locations: readonly FindingLocation[],
  places: readonly FindingLocation[],
): readonly FindingLocation[] {
  const byPlace = new Map([...locations, ...places].map((one) => [placeOf(one), one]));
  return [...byPlace.values()];
}

function placeOf({ position: { file, line, column }, what }: FindingLocation): string {
  return JSON.stringify([file, line, column, what]);
}

/** `A, B and C`, or some and how many more. */
function listed(names: readonly string[]): string {
  const shown = names.length > mostNamed ? names.slice(0, mostNamed) : names.slice(0, -1);
  const last = names.length > mostNamed ? `${names.length - mostNamed} more` : (names.at(-1) ?? "");
  return `${shown.join(", ")} and ${last}`;
}

/** The text of what was gained: a heading for each capability, below it the places. */
import type { CallSiteChange, CapabilityChange, EntryPointChange, Report } from "@capdiff/analyzer";
import { infoOf } from "../../../catalogue.ts";
import type { RenderOptions } from "../../render.ts";
import { bold, dim, green, indent, red, type Span, type TextLine, table, yellow } from "../style.ts";
import { witnessLines } from "../witness.ts";
import {
  atStart,
  changedArguments,
  compareEntryPoints,
  count,
  entryPointName,
  few,
  foldedArguments,
  functionName,
  isUnknown,
  onlyIn,
  packageName,
  place as placeText,
  terminalName,
  unknownReason,
} from "../words.ts";
import { type Group, groupGains, isKnownUse, type Place, placeKey } from "./places.ts";

/** Places of one capability that are shown unless all are asked for. */
const most = 4;

/** Names in one list unless all are asked for. */
const mostNames = 3;

export function* gainLines(report: Report, options: RenderOptions): Generator<TextLine> {
  const seen = new Set<string>();
  for (const group of groupGains(report.changes ?? [], options.catalogue)) {
    yield [];
    yield heading(group, report, options);
    if (isUnknown(group.capability) && !options.verbose) yield* indent(unknownLines(group));
    else yield* indent(placesLines(group, seen, report, options));
  }
}

function heading(group: Group, report: Report, { catalogue }: RenderOptions): TextLine {
  const info = infoOf(catalogue, group.capability);
  const title = info === undefined ? [] : ["  ", info.title];
  const sign = group.places.every(isKnownUse) ? yellow("~ ") : red("+ ");
  return [sign, bold(group.capability), ...title, "  ", ...novelty(group, report)];
}

/** Since when: new to the module, new to some packages, or more of what was there. */
function novelty({ gained }: Group, report: Report): readonly Span[] {
  if (gained.length === 0) return [dim("in packages that had it before")];
  const packages = [...new Set(gained.map((change) => change.package))].sort();
  const names = few(
    packages.map((path) => packageName(path, report)),
    mostNames,
  );
  if (gained.some(({ newToModule }) => newToModule)) return [red("new to the module"), `, in ${names}`];
  const fresh = gained.every(({ wholePackage }) => wholePackage);
  const among = fresh ? `with ${packages.length === 1 ? "package" : "packages"}` : "in";
  const known = dim("  (the module had it before)");
  return [yellow(`new ${among} `), names, known];
}

function* placesLines(
  group: Group,
  seen: Set<string>,
  report: Report,
  options: RenderOptions,
): Generator<TextLine> {
  const told = group.places.filter((place) => seen.has(placeKey(place)));
  const fresh = group.places.filter((place) => !seen.has(placeKey(place)));
  const shown = options.verbose ? fresh : fresh.slice(0, most);
  for (const place of shown) {
    seen.add(placeKey(place));
    yield* placeLines(place, report, options);
  }
  const rest = fresh.length - shown.length;
  if (rest > 0) yield [dim(`and ${count(rest, "more place")} (--verbose lists them)`)];
  if (told.length > 0) yield [dim(`by what is shown above: ${few(told.map(shortPlace), mostNames)}`)];
}

/** Calls that lead to what was not analysed, by the reason: many where a module has dependencies. */
function unknownLines({ places }: Group): readonly TextLine[] {
  const reasons = new Map<string, Place[]>();
  for (const place of places) {
    const reason = unknownReason(place.terminal);
    reasons.set(reason, [...(reasons.get(reason) ?? []), place]);
  }
  return [...reasons].flatMap(([reason, all]) => [
    [count(all.length, "place"), ...atStartWords(all), `: ${reason}`, dim(" (--verbose lists them)")],
    ...indent(
      table(firstOfEach(all).map((place) => [placeText(place.position), terminalName(place.terminal)])),
    ),
  ]);
}

function atStartWords(places: readonly Place[]): readonly Span[] {
  const starting = places.filter((place) => place.entryPoints.some(({ entryPoint }) => atStart(entryPoint)));
  return starting.length === 0 ? [] : [red(`, ${starting.length} at program start`)];
}

/** A few places of different names. */
function firstOfEach(places: readonly Place[]): readonly Place[] {
  const byName = new Map<string, Place>();
  for (const place of places) {
    const name = terminalName(place.terminal);
    if (!byName.has(name)) byName.set(name, place);
  }
  return [...byName.values()].slice(0, mostNames);
}

function shortPlace(place: Place): string {
  return `${placeText(place.position)} ${terminalName(place.terminal)}`;
}

function* placeLines(place: Place, report: Report, options: RenderOptions): Generator<TextLine> {
  yield [placeText(place.position), "  ", bold(terminalName(place.terminal)), ...marks(place)];
  yield* indent(
    [
      [functionName(place.function, place.package), dim(inPackage(place, report)), ": ", place.source],
      ...argumentLines(place.callSite),
      ...reachLines(place, options),
    ],
    4,
  );
}

function inPackage(place: Place, report: Report): string {
  const name = packageName(place.package, report);
  return name.startsWith("./") ? ` (${name})` : "";
}

/** What is to be known about a place besides where it is. */
function marks({ callSite, entryPoints, capabilities }: Place): readonly Span[] {
  const builds = callSite?.builds ?? entryPoints[0]?.builds ?? capabilities[0]?.builds;
  const all = [...entryPoints, ...capabilities];
  const possible = all.length > 0 && all.every(({ certainty }) => certainty === "dynamic");
  return [
    ...(callSite === undefined
      ? []
      : ["  ", callSite.change === "added" ? green("new use") : yellow("other arguments")]),
    ...(builds === undefined ? [] : onlyIn(builds)),
    ...(possible ? ["  ", yellow("possible: through an interface or a function value")] : []),
  ];
}

function argumentLines(callSite: CallSiteChange | undefined): readonly TextLine[] {
  if (callSite === undefined) return [];
  const { arguments: now, oldArguments: old = [], oldSite, site } = callSite;
  if (callSite.change !== "changed") return labelled("with ", foldedArguments(now));
  const rewritten = oldSite !== undefined && oldSite.source !== site.source;
  return [
    ...labelled("now  ", changedArguments(now, old)),
    ...labelled("was  ", changedArguments(old, now)),
    ...(rewritten ? labelled("was  ", oldSite.source) : []),
  ];
}

function labelled(label: string, text: string): readonly TextLine[] {
  return text === "" ? [] : [[dim(label), text]];
}

/** From where it is newly reached, in the order of what a reviewer fears most. */
function reachLines(place: Place, options: RenderOptions): readonly TextLine[] {
  const { entryPoints: all, callSite, capabilities } = place;
  if (all.length === 0)
    return [...knownLines(place, callSite), ...pathLines(capabilities[0], place, options)];
  const called = all.filter(({ entryPoint }) => !atStart(entryPoint));
  const lists: readonly EntryPointList[] = [
    {
      label: red("reached at program start, from: "),
      changes: all.filter(({ entryPoint }) => atStart(entryPoint)),
    },
    {
      label: yellow("newly reached from, existing before: "),
      changes: called.filter(({ existing }) => existing === true),
    },
    { label: "newly reached from, new: ", changes: called.filter(({ existing }) => existing === false) },
    { label: "newly reached from: ", changes: called.filter(({ existing }) => existing === undefined) },
  ];
  const shown = new Set<string>();
  return lists.flatMap((list) => listLines(list, place, shown, options));
}

interface EntryPointList {
  readonly label: Span;
  readonly changes: readonly EntryPointChange[];
}

/** The entry points and the path from one of them, unless it was shown; all with theirs when asked for. */
function listLines(
  { label, changes }: EntryPointList,
  place: Place,
  shown: Set<string>,
  options: RenderOptions,
): readonly TextLine[] {
  const sorted = [...changes].sort((a, b) => compareEntryPoints(a.entryPoint, b.entryPoint));
  if (options.verbose) {
    return sorted.flatMap((change) => [
      [label, nameOf(change, place), ...handedOver(change)],
      ...pathLines(change, place, options),
    ]);
  }
  const [shortest] = [...sorted].sort((a, b) => a.witness.steps.length - b.witness.steps.length);
  if (shortest === undefined) return [];
  const key = JSON.stringify(shortest.witness.steps);
  const path = shown.has(key) ? [] : pathLines(shortest, place, options);
  shown.add(key);
  const names = few([...new Set(sorted.map((change) => nameOf(change, place)))], mostNames);
  return [[label, names, ...handedOver(shortest)], ...path];
}

/** A function that is only handed over as a value may be called later, or never. */
function handedOver({ witness }: EntryPointChange): readonly Span[] {
  const values = witness.steps.slice(0, -1).some((step) => step.use === "reference");
  return values ? [dim("  (if a function that is handed over is called)")] : [];
}

function nameOf({ entryPoint }: EntryPointChange, place: Place): string {
  return entryPointName(entryPoint, place.package);
}

/** The path up to the place, without the place itself. */
function pathLines(
  change: EntryPointChange | CapabilityChange | undefined,
  place: Place,
  { verbose }: RenderOptions,
): readonly TextLine[] {
  const steps = change?.witness.steps.slice(0, -1) ?? [];
  return indent(witnessLines(steps, place.package, verbose));
}

function knownLines(place: Place, callSite: CallSiteChange | undefined): readonly TextLine[] {
  const known = (callSite?.entryPoints ?? []).map((name) => functionName(name, place.package));
  return known.length === 0 ? [] : [["reached from ", few(known, mostNames)]];
}

/** The text of what was gained: a heading for each capability, below it the places. */
import type { CallSiteChange, EntryPointChange, Report } from "@capdiff/analyzer";
import { infoOf } from "../../../catalogue.ts";
import type { RenderOptions } from "../../format.ts";
import { bold, dim, green, indent, red, type Span, type TextLine, yellow } from "../style.ts";
import { witnessLines } from "../witness.ts";
import {
  atStart,
  compareEntryPoints,
  count,
  entryPointName,
  few,
  foldedArguments,
  functionName,
  onlyIn,
  packageName,
  place as placeText,
} from "../words.ts";
import { type Group, groupGains, type Place, placeKey, tellingWitness } from "./places.ts";

/** Places of one capability that are shown unless all are asked for. */
const most = 4;

/** Names in one list unless all are asked for. */
const mostNames = 3;

export function* gainLines(report: Report, options: RenderOptions): Generator<TextLine> {
  const seen = new Set<string>();
  for (const group of groupGains(report.changes ?? [], options.catalogue)) {
    yield [];
    yield heading(group, report, options);
    yield* indent(placesLines(group, seen, report, options));
  }
}

function heading(group: Group, report: Report, { catalogue }: RenderOptions): TextLine {
  const info = infoOf(catalogue, group.capability);
  const title = info === undefined ? [] : ["  ", info.title];
  return [red("+ "), bold(group.capability), ...title, "  ", ...novelty(group, report)];
}

/** Since when: new to the module, new to some packages, or more of what was there. */
function novelty({ gained }: Group, report: Report): readonly Span[] {
  if (gained.length === 0) return [dim("in packages that had it before")];
  const packages = [...new Set(gained.map((change) => change.package))];
  const names = few(
    packages.map((path) => packageName(path, report)),
    mostNames,
  );
  if (gained.some(({ newToModule }) => newToModule)) return [red("new to the module"), `, in ${names}`];
  const fresh = gained.every(({ wholePackage }) => wholePackage);
  return [yellow(`new ${fresh ? "with package" : "in"} `), names];
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

function shortPlace(place: Place): string {
  return `${placeText(place.position)} ${place.terminal.name}`;
}

function* placeLines(place: Place, report: Report, options: RenderOptions): Generator<TextLine> {
  yield [placeText(place.position), "  ", bold(place.terminal.name), ...marks(place)];
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
  const folded = foldedArguments(callSite.arguments);
  const old = callSite.change === "changed" ? callSite.oldSite?.source : undefined;
  const oldFolded = foldedArguments(callSite.oldArguments ?? []);
  return [
    ...(folded === "" ? [] : [[dim("with "), folded]]),
    ...(old === undefined ? [] : [[dim("was  "), old]]),
    ...(old === undefined || oldFolded === "" ? [] : [[dim("with "), oldFolded]]),
  ];
}

function reachLines(place: Place, options: RenderOptions): readonly TextLine[] {
  const steps = tellingWitness(place)?.steps.slice(0, -1) ?? [];
  return [...entryPointLines(place, options), ...indent(witnessLines(steps, place.package, options.verbose))];
}

/** From where it is newly reached, in the order of what a reviewer fears most. */
function entryPointLines(place: Place, { verbose }: RenderOptions): readonly TextLine[] {
  const limit = verbose ? Number.POSITIVE_INFINITY : mostNames;
  const list = (label: Span, changes: readonly EntryPointChange[]): readonly TextLine[] =>
    changes.length === 0 ? [] : [[label, few(names(changes), limit)]];
  const { entryPoints: all, callSite } = place;
  const unasked = all.filter(({ entryPoint }) => atStart(entryPoint));
  const called = all.filter(({ entryPoint }) => !atStart(entryPoint));
  const known = (callSite?.entryPoints ?? []).map((name) => functionName(name, place.package));
  return [
    ...list(red("runs at program start: "), unasked),
    ...list(
      yellow("newly reached from, existing before: "),
      called.filter(({ existing }) => existing),
    ),
    ...list(
      "newly reached from, new: ",
      called.filter(({ existing }) => !existing),
    ),
    ...(all.length === 0 && known.length > 0 ? [["reached from ", few(known, limit)]] : []),
  ];
}

function names(changes: readonly EntryPointChange[]): readonly string[] {
  const sorted = [...changes].sort((a, b) => compareEntryPoints(a.entryPoint, b.entryPoint));
  return [...new Set(sorted.map((change) => entryPointName(change.entryPoint, change.package)))];
}

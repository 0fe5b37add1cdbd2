/** The last line: what a reader in a hurry takes home. */
import type { CallSiteChange, Capability, Change, Report } from "@capdiff/analyzer";
import { type Catalogue, compareCapabilities } from "../../catalogue.ts";
import { diagnosticCounts } from "./diagnostics.ts";
import { bold, type TextLine, yellow } from "./style.ts";
import { atStart, count, isUnknown } from "./words.ts";

export function summaryLine(report: Report, catalogue: Catalogue): TextLine {
  const said = report.command === "diff" ? diffWords(report, catalogue) : scanWords(report, catalogue);
  return [
    bold("Summary: "),
    [...verdictWords(report), ...said, ...bumpWords(report), ...callWords(report)].join("; "),
    ...incompleteWords(report),
    ".",
  ];
}

function verdictWords({ verdict }: Report): readonly string[] {
  return verdict === undefined ? [] : [`verdict ${verdict}`];
}

function scanWords(report: Report, catalogue: Catalogue): readonly string[] {
  const rows = report.capabilities ?? [];
  const packages = new Set(rows.map((row) => `${row.input} ${row.package}`)).size;
  const names = sortedNames(
    rows.map(({ capability }) => capability),
    catalogue,
  );
  const of = `${packages} of ${count(report.counts.packages, "package")}`;
  return [
    names === ""
      ? `no capabilities${filterWords(report)} in ${count(report.counts.packages, "package")}`
      : `${names} in ${of}`,
  ];
}

function diffWords(report: Report, catalogue: Catalogue): readonly string[] {
  const changes = report.changes ?? [];
  const words = [...capabilityWords(changes, catalogue), ...useWords(changes, catalogue)];
  const first =
    words.length === 0 ? [`no capability changes${filterWords(report)}${comparedWords(report)}`] : words;
  return [...first, ...surroundingWords(changes)];
}

function filterWords({ configuration: { capabilities, packages } }: Report): string {
  return capabilities === undefined && packages === undefined ? "" : " within the filters";
}

/** What was compared, for those who wonder whether anything was. */
function comparedWords({ inputs: [before, after], configuration: { compared } }: Report): string {
  if (compared !== undefined) return ", as far as reports tell";
  if (before === undefined || after === undefined) return "";
  const [old, fresh] = [before.counts, after.counts];
  return `, having compared ${old.functions} functions in ${count(old.packages, "package")} with ${fresh.functions} in ${fresh.packages}`;
}

function capabilityWords(changes: readonly Change[], catalogue: Catalogue): readonly string[] {
  const of = (change: "added" | "removed") =>
    changes.filter((one) => one.kind === "capability" && one.change === change);
  const names = (list: readonly Change[]) =>
    sortedNames(
      list.flatMap((one) => (one.kind === "capability" ? [one.capability] : [])),
      catalogue,
    );
  const [gained, lost] = [names(of("added")), names(of("removed"))];
  return [...(gained === "" ? [] : [`gained ${gained}`]), ...(lost === "" ? [] : [`lost ${lost}`])];
}

function useWords(changes: readonly Change[], catalogue: Catalogue): readonly string[] {
  const sites = changes.filter((change) => change.kind === "call-site");
  const known = sites.filter(({ capabilities }) => !capabilities.every(isUnknown));
  const reached = changes.filter(
    (change) => change.kind === "entry-point" && change.change === "added" && !isUnknown(change.capability),
  );
  const starts = reached.filter((change) => change.kind === "entry-point" && atStart(change.entryPoint));
  const existing = reached.filter(
    (change) => change.kind === "entry-point" && change.existing === true && !atStart(change.entryPoint),
  );
  const perhaps = reached.filter(
    (change) => change.kind === "entry-point" && change.existing === undefined && !atStart(change.entryPoint),
  );
  const bySort = (list: readonly CallSiteChange[], sort: Change["change"]) =>
    list.filter(({ change }) => change === sort);
  const added = bySort(known, "added");
  const gained = new Set(
    changes.flatMap((one) => (one.kind === "capability" && one.change === "added" ? [one.capability] : [])),
  );
  // What was gained is named already.
  const more = added.flatMap(({ capabilities }) =>
    capabilities.filter((one) => !isUnknown(one) && !gained.has(one)),
  );
  const of = sortedNames(more, catalogue);
  const names = of === "" ? "" : gained.size === 0 ? ` of ${of}` : ` (also of ${of})`;
  return phrases([
    [added.length, `new use${names}`, `new uses${names}`],
    [bySort(sites, "added").length - added.length, "new call not analysed", "new calls not analysed"],
    [bySort(sites, "changed").length, "use with other arguments", "uses with other arguments"],
    [bySort(sites, "removed").length, "use gone", "uses gone"],
    [functions(starts), "effect at program start", "effects at program start"],
    [functions(existing), "existing entry point reaching more", "existing entry points reaching more"],
    [functions(perhaps), "entry point reaching more, or new", "entry points reaching more, or new"],
    [
      functions(reached) - functions(starts) - functions(existing) - functions(perhaps),
      "new entry point",
      "new entry points",
    ],
  ]);
}

function functions(changes: readonly Change[]): number {
  return new Set(changes.flatMap((one) => (one.kind === "entry-point" ? [one.entryPoint.function] : [])))
    .size;
}

function surroundingWords(changes: readonly Change[]): readonly string[] {
  const number = (kind: Change["kind"]) =>
    changes.filter((one) => one.kind === kind && one.change !== "moved").length;
  return phrases([
    [number("signal"), "oddity in files", "oddities in files"],
    [changes.filter(({ kind, change }) => kind === "flow" && change === "added").length, "new data flow"],
    [number("directive"), "directive"],
    [number("file"), "file that is not Go", "files that are not Go"],
    [number("go-mod"), "go.mod line"],
    [changes.filter(({ change }) => change === "moved").length, "move"],
  ]);
}

function bumpWords({ bumps = [] }: Report): readonly string[] {
  return phrases([[bumps.length, "dependency changed", "dependencies changed"]]);
}

function phrases(parts: readonly (readonly [number, string, string?])[]): readonly string[] {
  return parts.flatMap(([number, one, many]) => (number > 0 ? [count(number, one, many)] : []));
}

/** How much of the code the answer does not follow: of a diff, in the new version. */
function callWords({ command, inputs, counts }: Report): readonly string[] {
  const { callSites, handedIn, unresolved } = (command === "diff" ? inputs[1]?.counts : undefined) ?? counts;
  if (callSites === 0) return [];
  const left = [
    ...(handedIn > 0 ? [`${handedIn} of what others hand in`] : []),
    ...(unresolved > 0 ? [`${unresolved} not resolved`] : []),
  ];
  const calls = count(callSites, "call");
  return [left.length === 0 ? `all ${calls} followed` : `of ${calls} ${left.join(", ")}`];
}

function incompleteWords(report: Report): TextLine {
  const { all, incomplete } = diagnosticCounts(report);
  if (all === 0) return [];
  if (incomplete === 0) return [`; ${count(all, "diagnostic")}`];
  const more = all > incomplete ? [`; ${count(all - incomplete, "more diagnostic")}`] : [];
  return ["; ", yellow(`the analysis is incomplete (${count(incomplete, "diagnostic")})`), ...more];
}

function sortedNames(names: readonly Capability[], catalogue: Catalogue): string {
  return [...new Set(names)].sort(compareCapabilities(catalogue)).join(", ");
}

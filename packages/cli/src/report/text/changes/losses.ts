/** The text of what is gone: short, for it asks for no decision. */
import type { CallSiteChange, CapabilityChange, Change, EntryPointChange, Report } from "@capdiff/analyzer";
import type { RenderOptions } from "../../render.ts";
import { bold, dim, green, indent, type TextLine, table } from "../style.ts";
import { count, functionName, packageName, place, terminalName } from "../words.ts";

/** Lost capabilities that are shown unless all are asked for. */
const most = 8;

export function* lossLines(report: Report, { verbose }: RenderOptions): Generator<TextLine> {
  const lost = (report.changes ?? []).filter(({ change }) => change === "removed");
  const capabilities = lost.filter((change) => change.kind === "capability");
  const sites = lost.filter((change) => change.kind === "call-site");
  const entryPoints = lost.filter((change) => change.kind === "entry-point");
  if (capabilities.length + sites.length + entryPoints.length === 0) return;
  yield [];
  yield [green("- "), bold("No longer")];
  const rows = capabilities.map((change) => capabilityCells(change, report));
  yield* indent(table(verbose ? rows : rows.slice(0, most)));
  if (!verbose && rows.length > most) yield [dim(`  and ${rows.length - most} more`)];
  if (verbose) yield* indent([...table(sites.map(siteCells)), ...table(entryPoints.map(entryPointCells))]);
  else yield* indent(countLines(sites, entryPoints));
}

function capabilityCells(change: CapabilityChange, report: Report): TextLine {
  const step = change.witness.steps.at(-1);
  const where = step === undefined ? "" : ` at ${place(step.site)}`;
  const gone = change.wholePackage ? "with package" : "in";
  return [
    change.capability,
    `${gone} ${packageName(change.package, report)}`,
    dim(`was ${terminalName(change.witness.terminal)}${where}`),
  ];
}

function siteCells(change: CallSiteChange): TextLine {
  return [
    dim(place(change.site.position)),
    functionName(change.function, change.package),
    change.site.source,
  ];
}

function entryPointCells(change: EntryPointChange): TextLine {
  return [functionName(change.entryPoint.function, change.package), "no longer reaches", change.capability];
}

function countLines(sites: readonly Change[], entryPoints: readonly Change[]): readonly TextLine[] {
  const words = [
    ...(sites.length === 0 ? [] : [`${count(sites.length, "use")} removed`]),
    ...(entryPoints.length === 0
      ? []
      : [`${count(entryPoints.length, "entry point")} no longer reaching one`]),
  ];
  return words.length === 0 ? [] : [[dim(words.join(", "))]];
}

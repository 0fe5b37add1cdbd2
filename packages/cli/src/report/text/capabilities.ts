/** The text of a scan: by input, by package, a capability with its proof. */
import type { CapabilityRow, EntryPoint, Report } from "@capdiff/analyzer";
import { infoOf } from "../../catalogue.ts";
import type { RenderOptions } from "../render.ts";
import { inputHeading } from "./header.ts";
import { bold, dim, indent, type Span, type TextLine, yellow } from "./style.ts";
import { witnessLines } from "./witness.ts";
import {
  compareEntryPoints,
  count,
  entryPointName,
  few,
  isUnknown,
  onlyIn,
  packageName,
  terminalName,
} from "./words.ts";

export function* capabilityLines(report: Report, options: RenderOptions): Generator<TextLine> {
  if (report.capabilities === undefined) return;
  for (const [index, input] of report.inputs.entries()) {
    const rows = report.capabilities.filter((row) => row.input === index);
    if (index > 0) yield [];
    yield* inputHeading(input, options);
    if (rows.length === 0) yield [dim("  no capabilities")];
    yield* inputLines(rows, report, options);
  }
}

function* inputLines(
  rows: readonly CapabilityRow[],
  report: Report,
  options: RenderOptions,
): Generator<TextLine> {
  let previous: CapabilityRow | undefined;
  for (const row of rows) {
    if (row.package !== previous?.package) yield* packageHeading(row, report);
    previous = row;
    yield* indent(rowLines(row, options));
  }
}

function packageHeading(row: CapabilityRow, report: Report): readonly TextLine[] {
  const apart = row.apart === true ? [dim("  (in no build of the package)")] : [];
  return [[], [bold(packageName(row.package, report)), ...apart]];
}

function rowLines(row: CapabilityRow, options: RenderOptions): readonly TextLine[] {
  return [
    [bold(row.capability), ...title(row, options), ...onlyIn(row.builds)],
    ...indent(
      [
        [dim(manner(row)), ...doubt(row)],
        ...(isUnknown(row.capability) && !options.verbose ? [] : proofLines(row, options)),
      ],
      2,
    ),
  ];
}

function proofLines(row: CapabilityRow, { verbose }: RenderOptions): readonly TextLine[] {
  return [...entryPointLines(row, verbose), ...witnessLines(row.witness.steps, row.package, verbose)];
}

function title(row: CapabilityRow, { catalogue }: RenderOptions): readonly Span[] {
  const info = infoOf(catalogue, row.capability);
  return info === undefined ? [] : ["  ", info.title];
}

function manner(row: CapabilityRow): string {
  const where = row.kind === "direct" ? "used here" : "through another package";
  const sites = row.sites === 0 ? [] : [`in ${count(row.sites, "place")}`];
  return [terminalName(row.witness.terminal), where, ...sites].join(", ");
}

function doubt(row: CapabilityRow): readonly Span[] {
  return row.certainty === "static"
    ? []
    : [", ", yellow("possible: through an interface or a function value")];
}

function entryPointLines(row: CapabilityRow, verbose: boolean): readonly TextLine[] {
  if (row.entryPoints.length === 0) return [[dim("reached from no entry point of this package")]];
  const sorted = [...row.entryPoints].sort(compareEntryPoints);
  const name = (entryPoint: EntryPoint) => entryPointName(entryPoint, row.package);
  return [["reached from ", few([...new Set(sorted.map(name))], verbose ? Number.POSITIVE_INFINITY : 3)]];
}

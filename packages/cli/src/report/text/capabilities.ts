/** The text of a scan: by input, by package, a capability with its proof. */
import type { CapabilityRow, EntryPoint, Report } from "@capdiff/analyzer";
import { infoOf } from "../../catalogue.ts";
import type { RenderOptions } from "../render.ts";
import { inputHeading } from "./header.ts";
import { bold, dim, indent, type Span, type TextLine, yellow } from "./style.ts";
import { lastStep, witnessLines } from "./witness.ts";
import {
  compareEntryPoints,
  count,
  entryPointName,
  few,
  functionName,
  isUnknown,
  onlyIn,
  packageName,
  place,
  terminalName,
  unknownReason,
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
  let proofs = new Map<string, CapabilityRow>();
  for (const row of rows) {
    if (row.package !== previous?.package) {
      yield* packageHeading(row, report);
      proofs = new Map();
    }
    previous = row;
    const key = JSON.stringify(row.witness.steps);
    yield* indent(rowLines(row, proofs.get(key), options));
    if (!proofs.has(key)) proofs.set(key, row);
  }
}

function packageHeading(row: CapabilityRow, report: Report): readonly TextLine[] {
  const apart = row.apart === true ? [dim("  (in no build of the package)")] : [];
  return [[], [bold(packageName(row.package, report)), ...apart]];
}

/** A capability and its proof; `proved` is one of the package that has the same path and was told above. */
function rowLines(
  row: CapabilityRow,
  proved: CapabilityRow | undefined,
  options: RenderOptions,
): readonly TextLine[] {
  const of = row.function === undefined ? [] : [functionName(row.function, row.package), "  "];
  return [
    [...of, bold(row.capability), ...title(row, options), ...onlyIn(row.builds)],
    ...indent([[dim(manner(row)), ...doubt(row)], ...proofLines(row, proved, options)], 2),
  ];
}

function proofLines(
  row: CapabilityRow,
  proved: CapabilityRow | undefined,
  { verbose }: RenderOptions,
): readonly TextLine[] {
  if (isUnknown(row.capability) && !verbose) return unknownLines(row);
  if (proved !== undefined && entryPointKey(proved) === entryPointKey(row))
    return [[dim(`by the same path as ${proved.capability}`)]];
  const entryPoints = entryPointLines(row, verbose);
  if (proved !== undefined) return [...entryPoints, [dim(`path as for ${proved.capability}`)]];
  const others = (row.otherWitnesses ?? []).flatMap((witness) => [
    [dim(`or ${terminalName(witness.terminal)}`)],
    ...indent([...witnessLines(witness.steps, row.package, verbose)]),
  ]);
  return [...entryPoints, ...witnessLines(row.witness.steps, row.package, verbose), ...others];
}

function entryPointKey({ entryPoints }: CapabilityRow): string {
  return JSON.stringify(entryPoints.map((one) => one.function).sort());
}

/** Where what was not analysed is called, and why it is not known. */
function unknownLines({ witness }: CapabilityRow): readonly TextLine[] {
  const step = lastStep(witness);
  const where = step === undefined ? "" : `${place(step.site)}: `;
  return [[dim(where), unknownReason(witness.terminal)]];
}

function title(row: CapabilityRow, { catalogue }: RenderOptions): readonly Span[] {
  const info = infoOf(catalogue, row.capability);
  return info === undefined ? [] : ["  ", info.title];
}

function manner(row: CapabilityRow): string {
  const elsewhere = row.inheritedFrom === undefined ? "another package" : row.inheritedFrom;
  const where = row.kind === "direct" ? "used here" : `through ${elsewhere}`;
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

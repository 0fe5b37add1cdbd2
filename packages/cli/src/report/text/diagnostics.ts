/** What could not be understood: by code, with counts, the first few of each told in full. */
import type { InputDiagnostic, Report } from "@capdiff/analyzer";
import type { RenderOptions } from "../render.ts";
import { bold, dim, indent, type TextLine, table, yellow } from "./style.ts";
import { inputLabel, place } from "./words.ts";

const most = 3;

/** A diagnostic, with the numbers of the inputs that have the very same. */
interface Told {
  readonly diagnostic: InputDiagnostic;
  readonly inputs: readonly number[];
}

/** How many there are when those that several inputs share count once: all, and those that leave the answer incomplete. */
export function diagnosticCounts({ diagnostics }: Report): {
  readonly all: number;
  readonly incomplete: number;
} {
  const told = joined(diagnostics);
  return { all: told.length, incomplete: told.filter(({ diagnostic }) => diagnostic.incomplete).length };
}

export function* diagnosticLines(report: Report, { verbose }: RenderOptions): Generator<TextLine> {
  if (report.diagnostics.length === 0) return;
  yield [];
  yield [bold("Diagnostics")];
  for (const [code, all] of byCode(joined(report.diagnostics))) {
    const missing = all.some(({ diagnostic }) => diagnostic.incomplete) ? ["  ", yellow("incomplete")] : [];
    yield ["  ", code, `  ${all.length}`, ...missing];
    const shown = verbose ? all : all.slice(0, most);
    yield* indent(table(shown.map((told) => cells(told, report))), 4);
    if (shown.length < all.length)
      yield ["    ", dim(`and ${all.length - shown.length} more (--verbose lists them)`)];
  }
}

/** The same words about the same place are told once, whichever inputs they are about. */
function joined(diagnostics: readonly InputDiagnostic[]): readonly Told[] {
  const found = new Map<string, Told & { readonly inputs: number[] }>();
  for (const diagnostic of diagnostics) {
    const { input, ...said } = diagnostic;
    const key = JSON.stringify(said);
    const told = found.get(key);
    if (told === undefined) found.set(key, { diagnostic, inputs: [input] });
    else if (told.inputs.at(-1) !== input) told.inputs.push(input);
  }
  return [...found.values()];
}

/** By code; those that leave the answer incomplete first, then in the order of the report. */
function byCode(all: readonly Told[]): ReadonlyMap<string, readonly Told[]> {
  const groups = new Map<string, Told[]>();
  const sorted = [...all].sort((a, b) => Number(b.diagnostic.incomplete) - Number(a.diagnostic.incomplete));
  for (const told of sorted) {
    const group = groups.get(told.diagnostic.code);
    if (group === undefined) groups.set(told.diagnostic.code, [told]);
    else group.push(told);
  }
  return groups;
}

function cells({ diagnostic: { range, file, message }, inputs }: Told, report: Report): TextLine {
  const where = range === undefined ? file : place(range);
  const of = report.inputs.length > 1 ? [dim(labels(inputs, report))] : [];
  return where === undefined ? [...of, message] : [...of, dim(where), message];
}

function labels(inputs: readonly number[], report: Report): string {
  if (inputs.length > 1 && inputs.length === report.inputs.length)
    return inputs.length === 2 ? "both" : "all";
  const names = inputs.flatMap((index) => {
    const input = report.inputs[index];
    if (input === undefined) return [];
    return report.command === "diff" && input.version === undefined ? [input.role] : [inputLabel(input)];
  });
  return names.join(", ");
}

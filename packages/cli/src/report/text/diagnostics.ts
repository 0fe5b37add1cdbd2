/** What could not be understood: by code, with counts, the first few of each told in full. */
import type { InputDiagnostic, Report } from "@capdiff/analyzer";
import type { RenderOptions } from "../render.ts";
import { bold, dim, indent, type TextLine, table, yellow } from "./style.ts";
import { place } from "./words.ts";

const most = 3;

export function* diagnosticLines(report: Report, { verbose }: RenderOptions): Generator<TextLine> {
  if (report.diagnostics.length === 0) return;
  yield [];
  yield [bold("Diagnostics")];
  for (const [code, all] of byCode(report.diagnostics)) {
    const missing = all.some(({ incomplete }) => incomplete) ? ["  ", yellow("incomplete")] : [];
    yield ["  ", code, `  ${all.length}`, ...missing];
    const shown = verbose ? all : all.slice(0, most);
    yield* indent(table(shown.map((diagnostic) => cells(diagnostic, report))), 4);
    if (shown.length < all.length)
      yield ["    ", dim(`and ${all.length - shown.length} more (--verbose lists them)`)];
  }
}

/** By code; those that leave the answer incomplete first, then in the order of the report. */
function byCode(diagnostics: readonly InputDiagnostic[]): ReadonlyMap<string, readonly InputDiagnostic[]> {
  const groups = new Map<string, InputDiagnostic[]>();
  const sorted = [...diagnostics].sort((a, b) => Number(b.incomplete) - Number(a.incomplete));
  for (const diagnostic of sorted) {
    const group = groups.get(diagnostic.code);
    if (group === undefined) groups.set(diagnostic.code, [diagnostic]);
    else group.push(diagnostic);
  }
  return groups;
}

function cells({ range, file, input, message }: InputDiagnostic, report: Report): TextLine {
  const where = range === undefined ? file : place(range);
  const of = report.inputs.length > 1 ? [dim(inputLabel(report, input))] : [];
  return where === undefined ? [...of, message] : [...of, dim(where), message];
}

function inputLabel(report: Report, index: number): string {
  const input = report.inputs[index];
  return input === undefined ? "" : (input.version ?? input.query);
}

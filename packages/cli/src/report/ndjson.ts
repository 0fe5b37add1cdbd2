/**
 * One JSON object a line, for programs that read while we write: a `header`, the
 * report's rows in its order, a `summary`.
 */
import type { CapabilityRow, Change, Counts, InputDiagnostic, Report } from "@capdiff/analyzer";
import { escapeJson } from "./escape.ts";

/** A line of the ndjson format. */
export type Line = HeaderLine | CapabilityLine | ChangeLine | DiagnosticLine | SummaryLine;

/** The first line: what was asked of what. */
export interface HeaderLine
  extends Pick<Report, "schemaVersion" | "tool" | "command" | "inputs" | "configuration"> {
  readonly record: "header";
}

export interface CapabilityLine {
  readonly record: "capability";
  readonly capability: CapabilityRow;
}

export interface ChangeLine {
  readonly record: "change";
  readonly change: Change;
}

export interface DiagnosticLine {
  readonly record: "diagnostic";
  readonly diagnostic: InputDiagnostic;
}

/** The last line: without it the output was cut off. */
export interface SummaryLine {
  readonly record: "summary";
  readonly counts: Counts;
}

export function* renderNdjson(report: Report): Generator<string> {
  for (const line of lines(report)) yield `${escapeJson(line)}\n`;
}

function* lines(report: Report): Generator<Line> {
  const { schemaVersion, tool, command, inputs, configuration, counts } = report;
  yield { record: "header", schemaVersion, tool, command, inputs, configuration };
  for (const capability of report.capabilities ?? []) yield { record: "capability", capability };
  for (const change of report.changes ?? []) yield { record: "change", change };
  for (const diagnostic of report.diagnostics) yield { record: "diagnostic", diagnostic };
  yield { record: "summary", counts };
}

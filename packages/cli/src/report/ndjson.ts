/**
 * One JSON object a line, for programs that read while we write: a `header`, the
 * report's rows in its order, a `summary`.
 */
import type {
  Bump,
  CapabilityRow,
  Change,
  Counts,
  Finding,
  InputDiagnostic,
  Report,
  Verdict,
} from "@capdiff/analyzer";
import { escapeJson } from "./escape.ts";

/** A line of the ndjson format. */
export type Line =
  | HeaderLine
  | CapabilityLine
  | ChangeLine
  | FindingLine
  | BumpLine
  | DiagnosticLine
  | SummaryLine;

/** The first line: what was asked of what. */
export interface HeaderLine
  extends Pick<Report, "schemaVersion" | "tool" | "command" | "inputs" | "configuration"> {
  /** Tells lines apart. */
  readonly record: "header";
}

export interface CapabilityLine {
  /** Tells lines apart. */
  readonly record: "capability";
  /** The row, as in `Report.capabilities`. */
  readonly capability: CapabilityRow;
}

export interface ChangeLine {
  /** Tells lines apart. */
  readonly record: "change";
  /** The change, as in `Report.changes`. */
  readonly change: Change;
}

export interface FindingLine {
  /** Tells lines apart. */
  readonly record: "finding";
  /** The finding, as in `Report.findings`. */
  readonly finding: Finding;
}

export interface BumpLine {
  /** Tells lines apart. */
  readonly record: "bump";
  /** The module, as in `Report.bumps`. */
  readonly bump: Bump;
}

export interface DiagnosticLine {
  /** Tells lines apart. */
  readonly record: "diagnostic";
  /** The diagnostic, as in `Report.diagnostics`. */
  readonly diagnostic: InputDiagnostic;
}

/** The last line: without it the output was cut off. */
export interface SummaryLine {
  /** Tells lines apart. */
  readonly record: "summary";
  /** As in `Report.verdict`. */
  readonly verdict?: Verdict;
  /** How much was looked at, of all inputs together. */
  readonly counts: Counts;
}

export function* renderNdjson(report: Report): Generator<string> {
  for (const line of lines(report)) yield `${escapeJson(line)}\n`;
}

function* lines(report: Report): Generator<Line> {
  const { schemaVersion, tool, command, inputs, configuration, counts, verdict } = report;
  yield { record: "header", schemaVersion, tool, command, inputs, configuration };
  for (const capability of report.capabilities ?? []) yield { record: "capability", capability };
  for (const change of report.changes ?? []) yield { record: "change", change };
  for (const finding of report.findings ?? []) yield { record: "finding", finding };
  for (const bump of report.bumps ?? []) yield { record: "bump", bump };
  for (const diagnostic of report.diagnostics) yield { record: "diagnostic", diagnostic };
  yield { record: "summary", ...(verdict !== undefined && { verdict }), counts };
}

import { escapeJson } from "../escape.ts";
import type { VerifyReport } from "./model.ts";

/** One JSON document, each module and each diagnostic on a line of its own. */
export function* renderVerifyJson(report: VerifyReport): Generator<string> {
  const { modules, diagnostics, ...head } = report;
  yield "{\n";
  for (const [key, value] of Object.entries(head)) yield `  "${key}": ${escapeJson(value)},\n`;
  yield `  "modules": ${rows(modules)},\n  "diagnostics": ${rows(diagnostics)}\n}\n`;
}

function rows(list: readonly unknown[]): string {
  return list.length === 0 ? "[]" : `[\n${list.map((row) => `    ${escapeJson(row)}`).join(",\n")}\n  ]`;
}

/**
 * The canonical format: one JSON document, its keys in a fixed order, each row of a
 * list on a line of its own so that two reports compare line by line.
 */
import type { Report } from "@capdiff/analyzer";
import { escapeJson } from "./escape.ts";

/** The keys in the order in which they are written. A key that this lacks is a compile error. */
const keys = [
  "schemaVersion",
  "tool",
  "command",
  "inputs",
  "configuration",
  "capabilities",
  "changes",
  "findings",
  "bumps",
  "verdict",
  "diagnostics",
  "counts",
] as const satisfies readonly (keyof Report)[];

type Missing = Exclude<keyof Report, (typeof keys)[number]>;
const everyKey: [Missing] extends [never] ? true : Missing = true;

export function* renderJson(report: Report): Generator<string> {
  const present = everyKey && keys.filter((key) => report[key] !== undefined);
  for (const [index, key] of present.entries()) {
    yield index === 0 ? "{\n" : ",\n";
    yield `  "${key}": `;
    yield* renderValue(report[key]);
  }
  yield "\n}\n";
}

function* renderValue(value: unknown): Generator<string> {
  if (!Array.isArray(value) || value.length === 0) {
    yield escapeJson(value);
    return;
  }
  const rows: readonly unknown[] = value;
  for (const [index, row] of rows.entries()) yield `${index === 0 ? "[" : ","}\n    ${escapeJson(row)}`;
  yield "\n  ]";
}

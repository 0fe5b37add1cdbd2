/** Values of data that somebody else stored: each is checked where it is used. */
import { ExportDataError } from "./format.ts";

export function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw damaged("a list", value);
  return value;
}

export function text(value: unknown): string {
  if (typeof value !== "string") throw damaged("a text", value);
  return value;
}

export function integerNumber(value: unknown): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value)) throw damaged("a number", value);
  return value;
}

/** What stands in a table at a number; `what` is the table's. */
export function at(table: readonly unknown[], number: unknown, what: string): unknown {
  const value = table[integerNumber(number)];
  if (value === undefined) throw damaged(`the number of a ${what}`, number);
  return value;
}

export function damaged(wanted: string, found: unknown): ExportDataError {
  const shown = JSON.stringify(found)?.slice(0, 80) ?? "nothing";
  return new ExportDataError(`damaged export data: ${wanted} is wanted, not ${shown}`);
}

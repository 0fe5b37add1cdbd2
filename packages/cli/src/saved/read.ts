/** Reads a saved report, of capdiff or of Capslock, in place of a module. Outside input: its size and form are checked. */
import { type FileHandle, open } from "node:fs/promises";
import { UsageError } from "../errors.ts";
import { parseReport } from "../report/read.ts";
import { readCapslock } from "./capslock.ts";
import { makingOf, type ReportSide } from "./side.ts";

/** Bytes of a saved report, at most. One of 5,000 rows has some five million. */
export const savedLimit = 200_000_000;

/** What the file says, if it is a report; undefined for all else, and for what is no file. Throws a UsageError. */
export async function readSaved(query: string): Promise<ReportSide | undefined> {
  const handle = await open(query).catch(() => undefined);
  if (handle === undefined) return undefined;
  try {
    const status = await handle.stat();
    if (!status.isFile() || !(await looksLikeJson(handle))) return undefined;
    if (status.size > savedLimit) {
      throw new UsageError(
        `the saved report ${query} has ${status.size} bytes, and no more than ${savedLimit} are read`,
        "Save one of fewer packages, or give the module instead.",
      );
    }
    const text = await readWithin(handle, status.size);
    return await sideOf(parseJson(text, query), query);
  } finally {
    await handle.close();
  }
}

/** Modules are directories or zips: whatever begins like an object of JSON is meant to be a report. */
async function looksLikeJson(handle: FileHandle): Promise<boolean> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(512), 0, 512, 0);
  return /^\ufeff?\s*\{/.test(buffer.toString("utf8", 0, bytesRead));
}

/** As much as the file had when it was looked at: it may grow meanwhile. */
async function readWithin(handle: FileHandle, size: number): Promise<string> {
  const bytes = Buffer.alloc(size);
  let length = 0;
  for (let read = 1; read > 0 && length < size; length += read) {
    ({ bytesRead: read } = await handle.read(bytes, length, size - length, length));
  }
  return bytes.toString("utf8", 0, length).replace(/^\ufeff/, "");
}

function parseJson(text: string, query: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : "not JSON";
    throw new UsageError(`${query} is no report: ${why}`);
  }
}

async function sideOf(value: unknown, query: string): Promise<ReportSide> {
  if (typeof value !== "object" || value === null) throw new UsageError(`${query} is no report`);
  if (["capabilityInfo", "moduleInfo", "packageInfo"].some((key) => key in value))
    return readCapslock(value, query);
  return ownSide(value, query);
}

async function ownSide(value: object, query: string): Promise<ReportSide> {
  const report = await parseReport(value, query);
  const [input, ...more] = report.inputs;
  const { capabilities: rows, configuration, diagnostics } = report;
  if (rows === undefined || input === undefined) {
    throw new UsageError(
      `${query} is the report of a ${report.command}: only that of a scan says what a module can do`,
      "Save one with `capdiff scan TARGET --format json -o FILE`.",
    );
  }
  if (more.length > 0) {
    throw new UsageError(
      `${query} is about ${report.inputs.length} modules`,
      "Save a scan of the one that is meant.",
    );
  }
  if (configuration.capabilities !== undefined || configuration.packages !== undefined) {
    throw new UsageError(
      `${query} was narrowed by --capability or --package when it was saved: what it lacks is not known`,
      "Save it without these; they can be given to diff.",
    );
  }
  const { role: _, ...rest } = input;
  return {
    module: {
      input: { ...rest, query, saved: "capdiff" },
      diagnostics: diagnostics.map(({ input: _input, ...one }) => one),
      counts: input.counts,
      dependencies: [],
      packages: [...new Set(rows.map((row) => row.package))],
    },
    rows,
    asked: configuration.builds,
    making: makingOf(report),
  };
}

/**
 * Reads a report back. A saved report is outside input like any other: it is checked
 * against the schema before anything trusts it.
 */
import { type Report, schemaVersion } from "@capdiff/analyzer";
import { UsageError } from "../errors.ts";
import schema from "../schema/report.schema.json" with { type: "json" };

/** The report that `text` holds. Throws a UsageError that says where it does not fit. Loads ajv: slow. */
export async function readReport(text: string): Promise<Report> {
  const value = parse(text);
  const { Ajv } = await import("ajv");
  const ajv = new Ajv({ strict: true, allowUnionTypes: true });
  if (ajv.validate<Report>(schema, value)) return value;
  throw new UsageError(
    `not a capdiff report: ${ajv.errorsText(ajv.errors, { dataVar: "report" })}`,
    `This capdiff reads reports of schema version ${schemaVersion}; write one with \`--format json\`.`,
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`not a capdiff report: ${error instanceof Error ? error.message : "not JSON"}`);
  }
}

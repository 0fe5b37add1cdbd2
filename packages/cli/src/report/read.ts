/**
 * Reads a report back. A saved report is outside input like any other: it is checked
 * against the schema before anything trusts it.
 */
import { type Report, schemaVersion } from "@capdiff/analyzer";
import packageJson from "../../package.json" with { type: "json" };
import { UsageError } from "../errors.ts";
import schema from "../schema/report.schema.json" with { type: "json" };

/** The report that `text` holds. Throws a UsageError that says where it does not fit. Loads ajv: slow. */
export async function readReport(text: string): Promise<Report> {
  return parseReport(parse(text), "this");
}

/** The report that a value is, `name` being what to call it in errors. */
export async function parseReport(value: unknown, name: string): Promise<Report> {
  checkVersion(value, name);
  const { Ajv } = await import("ajv");
  const ajv = new Ajv({ strict: true, allowUnionTypes: true });
  if (ajv.validate<Report>(schema, value)) return value;
  throw new UsageError(
    `${name} is not a capdiff report: ${ajv.errorsText(ajv.errors, { dataVar: "report" })}`,
    `This capdiff reads reports of schema version ${schemaVersion}; write one with \`--format json\`.`,
  );
}

/** A report of another version is told by that, and not by what of it does not fit. */
function checkVersion(value: unknown, name: string): void {
  if (typeof value !== "object" || value === null || !("schemaVersion" in value)) return;
  const { schemaVersion: version } = value;
  if (typeof version !== "number" || version <= schemaVersion) return;
  throw new UsageError(
    `${name} is a report of schema version ${version}, and capdiff ${packageJson.version} reads version ${schemaVersion}`,
    `It was written by ${writer(value)}: read it with that, or a newer one.`,
  );
}

function writer(value: object): string {
  const tool: unknown = "tool" in value ? value.tool : undefined;
  if (typeof tool !== "object" || tool === null || !("version" in tool)) return "a newer capdiff";
  return typeof tool.version === "string" ? `capdiff ${tool.version.slice(0, 40)}` : "a newer capdiff";
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`not a capdiff report: ${error instanceof Error ? error.message : "not JSON"}`);
  }
}

import type { SchemaName } from "../arguments.ts";
import type { Environment } from "../environment.ts";
import { writeStream } from "../output.ts";

const schemas: Readonly<Record<SchemaName, () => Promise<{ readonly default: unknown }>>> = {
  json: () => import("../schema/report.schema.json", { with: { type: "json" } }),
  ndjson: () => import("../schema/line.schema.json", { with: { type: "json" } }),
  verify: () => import("../schema/verify.schema.json", { with: { type: "json" } }),
};

/** Prints the JSON Schema of the report, of a line of the ndjson format, or of the report of verify. */
export async function schema(name: SchemaName, environment: Environment): Promise<void> {
  const { default: value } = await schemas[name]();
  await writeStream(environment.stdout, [`${JSON.stringify(value, null, 2)}\n`]);
}

import type { Environment } from "../environment.ts";
import { writeStream } from "../output.ts";

/** Prints the JSON Schema of the report, or of a line of the ndjson format. */
export async function schema(format: "json" | "ndjson", environment: Environment): Promise<void> {
  const { default: value } =
    format === "json"
      ? await import("../schema/report.schema.json", { with: { type: "json" } })
      : await import("../schema/line.schema.json", { with: { type: "json" } });
  await writeStream(environment.stdout, [`${JSON.stringify(value, null, 2)}\n`]);
}

/**
 * Writes the JSON Schemas of the report and of an ndjson line from their TypeScript
 * types. With --check it writes nothing and exits with 1 when a file is not up to date.
 */
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { createGenerator } from "ts-json-schema-generator";

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

const schemas = [
  {
    type: "Report",
    source: path("../../analyzer/src/model/report.ts"),
    file: path("../src/schema/report.schema.json"),
    title: "capdiff report",
  },
  {
    type: "Line",
    source: path("../src/report/ndjson.ts"),
    file: path("../src/schema/line.schema.json"),
    title: "A line of a capdiff report in the ndjson format",
  },
  {
    type: "VerifyReport",
    source: path("../src/report/verify/model.ts"),
    file: path("../src/schema/verify.schema.json"),
    title: "capdiff report of verify",
  },
];

const check = process.argv.includes("--check");
for (const { type, source, file, title } of schemas) {
  const schema = createGenerator({
    path: source,
    type,
    tsconfig: path("../tsconfig.json"),
    additionalProperties: false,
    skipTypeCheck: true,
    sortProps: true,
  }).createSchema(type);
  const text = JSON.stringify({ title, ...schema }, null, 2);
  const before = await readFile(file, "utf8").catch(() => "null");
  // The formatter may have laid it out anew.
  if (JSON.stringify(JSON.parse(before), null, 2) === text) continue;
  if (check) {
    console.error(`${file} is not up to date: run node packages/cli/scripts/generate-schema.mjs`);
    process.exitCode = 1;
  } else {
    await writeFile(file, `${text}\n`);
  }
}

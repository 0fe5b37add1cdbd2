/** The schemas say what each field means: the reference is made from them. */
import { expect, test } from "vitest";
import line from "../src/schema/line.schema.json" with { type: "json" };
import report from "../src/schema/report.schema.json" with { type: "json" };

interface Definition {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, { readonly description?: string }>>;
}

test.each([
  ["report", report.definitions],
  ["line", line.definitions],
])("%s: every field has a description", (_name, definitions: Readonly<Record<string, Definition>>) => {
  const fields = Object.entries(definitions).flatMap(([name, { properties = {} }]) =>
    Object.entries(properties).map(([field, { description = "" }]) => ({
      field: `${name}.${field}`,
      description,
    })),
  );
  expect(fields.length).toBeGreaterThan(20);
  expect(fields.filter(({ description }) => description === "")).toEqual([]);
});

import * as fc from "fast-check";
import { expect, test } from "vitest";
import { type FormatName, formatNames, formats } from "../src/report/format.ts";
import { renderJson } from "../src/report/json.ts";
import { readReport } from "../src/report/read.ts";
import { anyReport, changeKinds, sampleReport } from "./samples/arbitrary.ts";
import { catalogue } from "./samples/catalogue.ts";

const dangerous = /[^\n\P{Cc}]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

const options = { catalogue, colour: false, verbose: true, quiet: false };

for (const format of formatNames) {
  test(`${format}: nothing of a module can drive a terminal or hide`, async () => {
    const render = await formats[format]();
    const property = fc.property(anyReport, fc.boolean(), (report, verbose) => {
      const text = [...render(report, { ...options, verbose })].join("");
      expect(text).not.toMatch(dangerous);
      expect(text.endsWith("\n")).toBe(true);
    });
    fc.assert(property, { numRuns: 60 });
  });
}

test("text: with colour, only our own colours are escape sequences", async () => {
  const render = await formats.text();
  const property = fc.property(anyReport, (report) => {
    const text = [...render(report, { ...options, colour: true })].join("");
    expect(text.replace(/\x1b\[(?:1|2|22|3[1236]|39)m/g, "")).not.toMatch(dangerous);
  });
  fc.assert(property, { numRuns: 30 });
});

test("json: reads back as the same report, and fits its schema", async () => {
  const report = sampleReport("diff");
  const text = [...renderJson(report)].join("");
  expect(await readReport(text)).toEqual(report);
  await readReport([...renderJson(sampleReport("scan"))].join(""));
});

test("json: any text survives", () => {
  const property = fc.property(anyReport, (report) => {
    const read: unknown = JSON.parse([...renderJson(report)].join(""));
    expect(read).toEqual(JSON.parse(JSON.stringify(report)));
  });
  fc.assert(property, { numRuns: 60 });
});

test("a report with a key too many or too few is refused, with the place", async () => {
  const report = sampleReport("diff");
  await expect(readReport(JSON.stringify({ ...report, extra: 1 }))).rejects.toThrow(/additional properties/);
  const { counts: _, ...rest } = report;
  await expect(readReport(JSON.stringify(rest))).rejects.toThrow(/counts/);
  await expect(readReport("{")).rejects.toThrow(/not a capdiff report/);
});

test("every line of ndjson fits the schema of lines", async () => {
  const { Ajv } = await import("ajv");
  const { default: schema } = await import("../src/schema/line.schema.json", { with: { type: "json" } });
  const validate = new Ajv({ allowUnionTypes: true }).compile(schema);
  const render = await formats.ndjson();
  for (const command of ["scan", "diff"] as const) {
    const lines = [...render(sampleReport(command), options)].join("").trimEnd().split("\n");
    for (const line of lines) expect(validate(JSON.parse(line)), line).toBe(true);
  }
});

test("the sample has every kind of change", () => {
  expect([...changeKinds].sort()).toEqual([
    "call-site",
    "capability",
    "directive",
    "entry-point",
    "file",
    "flow",
    "function",
    "go-mod",
    "goroutine",
    "signal",
  ]);
});

test("the same report gives the same bytes", async () => {
  for (const format of formatNames) {
    expect(await rendered(format)).toBe(await rendered(format));
  }
});

async function rendered(format: FormatName): Promise<string> {
  const render = await formats[format]();
  return [...render(sampleReport("diff"), options)].join("");
}

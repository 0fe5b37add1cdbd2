import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createBuilds } from "../../src/constraints/index.ts";
import { type ExportData, ExportDataError, readExportData } from "../../src/export-data/index.ts";
import { createChecker } from "../../src/types/index.ts";
import type { PackageObject } from "../../src/types/object.ts";
import { inParts } from "../../src/types/varying.ts";
import { cases } from "./cases.ts";
import { exportText, parsePackages } from "./go-packages.ts";

const builds = createBuilds();
const texts = cases.flatMap(({ files }) => {
  const packages = parsePackages(builds, files);
  return [...packages.keys()].map((path) => exportText(builds, packages, path));
});

/** Asks for all that there is to ask of the names. */
function readAll(data: ExportData, names: readonly string[]): void {
  const checker = createChecker({ builds, importPackage: () => undefined });
  const read = readExportData(checker, data);
  for (const name of names) {
    for (const { builds: set, object } of read.lookUp(name)) {
      inParts(checker.session, set, () => askAll(object));
    }
  }
}

function askAll(object: PackageObject): void {
  object.type();
  if (object.kind === "constant") object.value();
  if (object.kind !== "type" && object.kind !== "alias") return;
  for (const parameter of object.declaration.typeParameters()) parameter.constraint();
  if (object.kind === "alias") return;
  object.declaration.underlying();
  for (const method of object.declaration.methodNames()) object.declaration.method(method, "")?.signature();
}

const namesOf = (text: string) => (JSON.parse(text) as ExportData).names;

/** JSON with one value replaced; `pick` chooses at each level which. */
function damage(value: unknown, pick: () => number, by: unknown): unknown {
  if (typeof value !== "object" || value === null) return by;
  const keys = Object.keys(value);
  if (keys.length === 0 || pick() % 8 === 0) return by;
  const chosen = keys[pick() % keys.length] ?? "";
  const inside = damage((value as Record<string, unknown>)[chosen], pick, by);
  if (Array.isArray(value)) return value.with(Number(chosen), inside);
  return { ...value, [chosen]: inside };
}

const replacements = fc.oneof(
  fc.integer({ min: -2, max: 60 }),
  fc.constantFrom("", "pointer", "named", "alias", "const", "type", "func", null, true, 0.5),
  fc.constantFrom([], [0], ["alias", 0, 0, "Handle"], ["int", "x"], {}),
);

test("damaged data is an ExportDataError when the damage is asked for, or another package", () => {
  fc.assert(
    fc.property(fc.constantFrom(...texts), replacements, fc.infiniteStream(fc.nat()), (text, by, picks) => {
      const data = damage(JSON.parse(text), () => picks.next().value as number, by) as ExportData;
      try {
        readAll(data, namesOf(text));
      } catch (error) {
        expect(error).toBeInstanceOf(ExportDataError);
      }
    }),
    { numRuns: 3000 },
  );
});

describe("what is not of the form is refused at once", () => {
  const data = JSON.parse(texts[0] ?? "") as ExportData;
  test.each([
    null,
    "text",
    {},
    { ...data, format: 0 },
    { ...data, path: 1 },
    { ...data, types: {} },
    { ...data, names: [] },
  ])("%j", (value) => {
    const checker = createChecker({ builds, importPackage: () => undefined });
    expect(() => readExportData(checker, value as unknown as ExportData)).toThrow(ExportDataError);
  });
});

describe("damage inside is noticed where it is", () => {
  const types = [["predeclared", "int"], ["pointer", 7], ["alias", 0, 0, "A"], ["slice", 3], ["what"]];
  const objects = [[[0, "alias", 2]], [[0, "var", 0]], [[0, "var", 1]], [[0, "var", 3]], [[0, "var", 4]], 5];
  const names = ["A", "Good", "Number", "Self", "What", "X"];
  const data = {
    format: 1,
    path: "p",
    name: "p",
    packages: [],
    builds: [],
    parameters: [],
    types,
    names,
    objects,
  };

  test.each(names.filter((name) => name !== "Good"))("%s", (name) => {
    expect(() => readAll(data as unknown as ExportData, [name])).toThrow(ExportDataError);
  });

  test("and nowhere else", () =>
    expect(() => readAll(data as unknown as ExportData, ["Good", "None"])).not.toThrow());
});

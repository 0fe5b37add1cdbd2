/** Import order, against a naive reading of it. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { PackageSource } from "../../src/pipeline/package-source.ts";
import { importerChains, importOrder } from "../../src/pipeline/units.ts";

function packageOf(path: string, imports: readonly string[], importable = true): PackageSource {
  return { path, name: "p", apart: false, importable, files: [], assembly: [], imports };
}

/** Packages that import each other at random, those that there are not among them. */
const graphs = fc.array(fc.array(fc.nat(9), { maxLength: 4 }), { minLength: 1, maxLength: 8 }).map((lists) =>
  lists.map((imports, index) =>
    packageOf(
      `p${index}`,
      imports.map((one) => `p${one}`),
    ),
  ),
);

function reaches(from: PackageSource, to: PackageSource, all: readonly PackageSource[]): boolean {
  const seen = new Set([from]);
  for (const one of seen)
    for (const path of one.imports) for (const next of all) if (next.path === path) seen.add(next);
  return seen.has(to);
}

test("what a unit imports comes before it, and a unit is what imports each other", () => {
  fc.assert(
    fc.property(graphs, (all) => {
      const units = importOrder(all);
      expect(units.flat().sort((a, b) => (a.path < b.path ? -1 : 1))).toEqual(all);
      const place = new Map(units.flatMap((unit, index) => unit.map((one) => [one, index])));
      for (const one of all)
        for (const other of all) {
          const together = reaches(one, other, all) && reaches(other, one, all);
          expect(place.get(one) === place.get(other)).toBe(together);
          if (one.imports.includes(other.path))
            expect(place.get(other)).toBeLessThanOrEqual(place.get(one) as number);
        }
    }),
  );
});

/** As in `importerChains`, of packages that do not import each other in a ring. */
function chainOf(one: PackageSource, all: readonly PackageSource[]): number {
  const importers = all.filter(({ imports }) => imports.includes(one.path));
  return 1 + Math.max(0, ...importers.map((importer) => chainOf(importer, all)));
}

test("a chain is as long as the longest way of importers", () => {
  fc.assert(
    fc.property(graphs, (graph) => {
      const all = graph.map(({ path, imports }, index) =>
        packageOf(
          path,
          imports.filter((other) => Number(other.slice(1)) > index),
        ),
      );
      const units = importOrder(all);
      expect(importerChains(units, (unit) => unit.length)).toEqual(
        units.flat().map((one) => chainOf(one, all)),
      );
    }),
  );
});

test("a package that no import can name is imported by none", () => {
  const external = packageOf("m/x_test", ["m/x"], false);
  const imported = packageOf("m/x", ["m/x_test"]);
  expect(importOrder([external, imported])).toEqual([[imported], [external]]);
});

test("a long chain needs no stack", () => {
  const length = 50_000;
  const chain = Array.from({ length }, (_, index) => packageOf(`p${index}`, [`p${index + 1}`]));
  expect(importOrder(chain)[0]?.[0]?.path).toBe(`p${length - 1}`);
});

test("files set apart are compiled with the package whose names they see", () => {
  const apart = { ...packageOf("m/x [x]", ["m/y"], false), apart: true, beside: "m/x" };
  const beside = packageOf("m/x", []);
  const importer = packageOf("m/y", []);
  const units = importOrder([beside, apart, importer]);
  expect(units.map((unit) => unit.map(({ path }) => path).sort())).toEqual([["m/y"], ["m/x", "m/x [x]"]]);
});

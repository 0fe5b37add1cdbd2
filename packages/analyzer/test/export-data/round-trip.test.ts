import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createBuilds, type Narrowing } from "../../src/constraints/index.ts";
import { writeExportData } from "../../src/export-data/index.ts";
import { inParts } from "../../src/types/varying.ts";
import { cases } from "./cases.ts";
import { exportText, parsePackages, withExportData, withSources } from "./go-packages.ts";
import { observations } from "./observations.ts";

describe.each(cases)("$name", ({ files, want }) => {
  const builds = createBuilds();
  const packages = parsePackages(builds, files);

  test("an importer observes the same as with sources", () => {
    const found = observations(withExportData(builds, packages, "use"));
    expect(found).toEqual(observations(withSources(builds, packages, "use")));
    expect(want).not.toEqual([""]);
    for (const line of want) expect(found).toContainEqual(expect.stringContaining(line));
  });

  test.each<Narrowing>([{ goos: "windows" }, { goos: "linux", tags: ["custom"] }, { goos: "plan9" }])(
    "data of all builds, read for some: %o",
    (narrowing) => {
      const narrowed = createBuilds({ narrowing });
      const some = parsePackages(narrowed, files);
      const written = new Map([...packages.keys()].map((path) => [path, exportText(builds, packages, path)]));
      expect(observations(withExportData(narrowed, some, "use", written))).toEqual(
        observations(withSources(narrowed, some, "use")),
      );
    },
  );

  test("the data is the same whether imports are sources or data, and what was asked before", () => {
    const names = [...packages.values()].flatMap((one) => [...one.scope.names.keys()]);
    fc.assert(
      fc.property(fc.shuffledSubarray(names), (asked) => {
        for (const path of packages.keys()) {
          const { checker, source } = withSources(builds, packages, path);
          for (const name of asked) {
            for (const { builds: set, object } of source.lookUp(name)) {
              inParts(checker.session, set, () => object.type());
            }
          }
          const text = JSON.stringify(writeExportData(checker, source));
          expect(text).toBe(exportText(builds, packages, path));
        }
      }),
      { numRuns: 10 },
    );
  });

  test("the data is the same whatever the order of files", () => {
    const turned = parsePackages(builds, files.toReversed());
    for (const path of packages.keys()) {
      expect(exportText(builds, turned, path)).toBe(exportText(builds, packages, path));
    }
  });
});

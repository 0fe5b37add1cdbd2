import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseArchive } from "../../../../test-corpus/runner/txtar.ts";
import { createBuilds } from "../../src/constraints/index.ts";
import { writeExportData } from "../../src/export-data/index.ts";
import { inParts } from "../../src/types/varying.ts";
import { exportText, parsePackages, withExportData, withSources } from "./go-packages.ts";
import { observations } from "./observations.ts";

/** Packages, of which `use` imports the others; WANT has parts of lines that are observed in it. */
const folder = fileURLToPath(new URL("cases", import.meta.url));
const cases = readdirSync(folder)
  .sort()
  .map((name) => {
    const { files } = parseArchive(readFileSync(`${folder}/${name}`, "utf8"));
    const want =
      files
        .find((file) => file.name === "WANT")
        ?.content.trim()
        .split("\n") ?? [];
    const builds = createBuilds();
    const packages = parsePackages(
      builds,
      files.filter((file) => file.name !== "WANT"),
    );
    return { name: name.replace(".txtar", ""), want, builds, packages };
  });

describe.each(cases)("$name", ({ want, builds, packages }) => {
  test("an importer observes the same as with sources", () => {
    const found = observations(withExportData(builds, packages, "use"));
    expect(found).toEqual(observations(withSources(builds, packages, "use")));
    expect(want).not.toEqual([]);
    for (const line of want) expect(found).toContainEqual(expect.stringContaining(line));
  });

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
});

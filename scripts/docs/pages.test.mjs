/** The generated pages say what their sources say. */
import { builtInEntries, capabilities } from "@capdiff/rules";
import { describe, expect, test } from "vitest";
import { readJson } from "../workspace.mjs";
import { capabilitiesPage } from "./capabilities.mjs";
import { mapPage } from "./map.mjs";
import { anchor, table } from "./markdown.mjs";
import { reportPage } from "./report.mjs";
import { loadRules } from "./sources.mjs";

describe("the map's page", () => {
  const entries = [
    { path: "a", capability: "SAFE", reason: "data only" },
    { path: "b", capability: "EXEC" },
    {
      path: "c",
      capability: "FILES",
      functions: [{ capability: ["EXEC", "FILES"], names: ["F", "(*T).M", "(*T).L", "(U).*"], reason: "r" }],
      variables: [{ capability: "NETWORK", names: ["V"], reason: "v" }],
    },
    { path: "d", capability: "SAFE", reason: "data only" },
  ];

  test("gathers packages with one rule, harmless ones last", () => {
    expect(mapPage(entries)).toContain("- `EXEC`: `b`\n- `SAFE` (data only): `a`, `d`\n");
  });

  test("states a package's rule, and what differs from it", () => {
    expect(mapPage(entries)).toContain(
      "## `c`\n\n`FILES`, except:\n\n" +
        "- `EXEC`, `FILES` (r): `F`; of `*T` `L`, `M`; all methods of `U`\n" +
        "- `NETWORK` (v): variable `V`\n",
    );
  });

  test("has every package of the map", () => {
    const page = mapPage(builtInEntries);
    expect(builtInEntries.filter(({ path }) => !page.includes(`\`${path}\``))).toEqual([]);
  });
});

test("the capabilities' page has every capability, the most telling first", () => {
  const page = capabilitiesPage({ capabilities, builtInEntries });
  for (const name of Object.keys(capabilities)) expect(page).toContain(`\n## ${name}\n`);
  expect(page.indexOf("## EXEC\n")).toBeLessThan(page.indexOf("## REFLECT\n"));
});

test("the report's page has every definition of the schema", () => {
  const { definitions } = /** @type {{ definitions: object }} */ (
    readJson("packages/cli/src/schema/report.schema.json")
  );
  const page = reportPage();
  expect(Object.keys(definitions).filter((name) => !page.includes(`\n## ${name}\n`))).toEqual([]);
});

test("the rules are those of the sources", async () => {
  expect((await loadRules()).builtInEntries).toEqual(builtInEntries);
});

test("cells of a table keep to their row and column", () => {
  expect(table(["a", "e"], [["b|c\nd", "f"]])).toBe("| a      | e   |\n| ------ | --- |\n| b\\|c d | f   |");
});

test("anchors are GitHub's", () => {
  expect(anchor("NETWORK/DIAL")).toBe("networkdial");
});

/** The README says what the runner knows: each form with its example, each folder. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseCase } from "./runner/case.ts";
import { fixtureKinds } from "./runner/fixtures.ts";
import { forms } from "./runner/forms.ts";
import { mutations } from "./runner/mutate/mutations.ts";
import { disagreements, findLines } from "./runner/run.ts";

const corpus = new URL(".", import.meta.url);
const readme = readFileSync(new URL("README.md", corpus), "utf8");

/** The first two cells of the rows below a heading, code marks and escapes taken off. */
function rowsBelow(heading: string): string[][] {
  const section = readme.split(`## ${heading}\n`)[1]?.split("\n## ")[0] ?? "";
  const rows = section.split("\n").filter((line) => line.startsWith("| `"));
  return rows.map((row) =>
    row
      .slice(2, -2)
      .split(" | ")
      .map((cell) => cell.trim().replace(/^`(.*)`$/, "$1")),
  );
}

describe("README", () => {
  test("has every line form, with its meaning, in the runner's order", () => {
    const listed = [
      ...rowsBelow("Lines of a scan"),
      ...rowsBelow("Lines about types"),
      ...rowsBelow("Lines about flows"),
      ...rowsBelow("Lines about callees"),
      ...rowsBelow("Lines about data"),
      ...rowsBelow("Lines about functions"),
      ...rowsBelow("Lines of a diff"),
      ...rowsBelow("Lines of both"),
    ];
    expect(listed).toEqual(forms.map(({ example, says }) => [example, says]));
  });

  test("has every folder with cases, and no other", () => {
    const folders = readdirSync(corpus, { withFileTypes: true }).filter(
      (entry) =>
        entry.isDirectory() &&
        !fixtureKinds.some((kind) => kind === entry.name) &&
        readdirSync(new URL(entry.name, corpus)).some((file) => file.endsWith(".txtar")),
    );
    expect(rowsBelow("Folders").map(([name]) => name)).toEqual(folders.map(({ name }) => name).sort());
  });

  test("has every kind of fixture, and every form", () => {
    expect(rowsBelow("Fixtures").map(([name]) => name)).toEqual([
      ...fixtureKinds,
      ...mutations.map(({ name }) => name),
    ]);
    expect(
      rowsBelow("Fixtures")
        .slice(fixtureKinds.length)
        .map(([, says]) => says),
    ).toEqual(mutations.map(({ says }) => says));
  });

  test("shows a case in which all is found that it wants", async () => {
    const sample = parseCase(/```txtar\n([\s\S]*?)```/.exec(readme)?.[1] ?? "");
    expect(disagreements(sample, await findLines(sample))).toEqual([]);
  });
});

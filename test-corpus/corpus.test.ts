/** Every txtar file of the corpus is a case, but for fixtures. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parseCase } from "./runner/case.ts";
import { caseNames } from "./runner/case-names.ts";
import { disagreements, failure, findLines } from "./runner/run.ts";

const corpus = fileURLToPath(new URL(".", import.meta.url));
describe("corpus", () => {
  test.each(caseNames())("%s", async (name) => {
    const one = parseCase(readFileSync(`${corpus}/${name}`, "utf8"));
    const lines = await findLines(one);
    const problems = disagreements(one, lines);
    expect(problems.length, failure(problems, lines)).toBe(0);
  });

  test("there are cases", () => {
    expect(caseNames().length).toBeGreaterThan(200);
  });
});

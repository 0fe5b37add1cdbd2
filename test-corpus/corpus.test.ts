/** Every txtar file of the corpus is a case. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parseCase } from "./runner/case.ts";
import { disagreements, failure, findLines } from "./runner/run.ts";

const corpus = fileURLToPath(new URL(".", import.meta.url));
const names = readdirSync(corpus, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".txtar"))
  .map((name) => name.replaceAll("\\", "/"))
  .sort();

describe("corpus", () => {
  test.each(names)("%s", async (name) => {
    const one = parseCase(readFileSync(`${corpus}/${name}`, "utf8"));
    const lines = await findLines(one);
    const problems = disagreements(one, lines);
    expect(problems.length, failure(problems, lines)).toBe(0);
  });

  test("there are cases", () => {
    expect(names.length).toBeGreaterThan(200);
  });
});

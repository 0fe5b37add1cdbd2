import { capabilityRows, type ModuleSource, type Step, type Witness } from "@capdiff/analyzer";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { analyseAlone } from "./analyses.ts";
import { corpusModules } from "./corpus-modules.ts";
import { goModules, moduleOf } from "./go-modules.ts";

/** The word that must stand at the site of a step: the last name of what the step leads to. */
function wordAt({ steps, terminal }: Witness, index: number): string | undefined {
  // What a call through an interface or of a function value runs is not named there.
  if (steps[index]?.callees !== undefined) return undefined;
  const next = steps[index + 1]?.function ?? terminal.name;
  // A body that another package gives away is named there.
  const isGiven = steps[index]?.use === "declaration" && index + 1 < steps.length;
  if (isGiven && steps[index]?.source.includes("go:linkname") === false) return undefined;
  // An import names the package.
  if (steps[index]?.use === "import") return steps[index + 1]?.package.replace(/ \[.*/, "");
  // A closure has no name, and a conversion's type may be written in several words.
  if (next.includes("$") || terminal.kind === "unsafe-conversion") return undefined;
  // What holds the value is named where it is stored.
  if (terminal.kind === "reflect-store" && index === steps.length - 1) return undefined;
  return /[\p{L}\p{Nd}_]+$/u.exec(next)?.[0];
}

async function holdsFor(source: ModuleSource, name: string) {
  const analysis = await analyseAlone(source);
  const texts = new Map<string, string[]>();
  for (const file of source.files)
    texts.set(file.name, new TextDecoder().decode(await file.read()).split("\n"));
  for (const { witness } of await capabilityRows(analysis, { input: 0 })) {
    witness.steps.forEach((step, index) => {
      const line = texts.get(step.site.file)?.[step.site.line - 1] ?? "";
      expect(shortened(line), name).toBe(step.source);
      const word = wordAt(witness, index);
      if (word !== undefined) expect(restOf(line, step), name).toContain(word);
    });
    expect(witness.steps.length).toBeGreaterThan(0);
  }
}

/** The line from the site on; the site counts bytes. */
function restOf(line: string, { site, use }: Step): string {
  // A declaration's site is its name or its directive: the target stands in the directive.
  return Buffer.from(line)
    .subarray(use === "declaration" ? 0 : site.column - 1)
    .toString("utf8");
}

function shortened(line: string): string {
  const trimmed = line.trim();
  return trimmed.length <= 160 ? trimmed : `${trimmed.slice(0, 159)}…`;
}

describe("every step of a path is a place that names the next one", () => {
  test("modules of the corpus", async () => {
    for (const { name, source } of corpusModules) await holdsFor(source, name);
  });

  test("generated modules", async () => {
    await fc.assert(
      fc.asyncProperty(goModules, async (one) => holdsFor(moduleOf(one), "")),
      { numRuns: 40 },
    );
  });
});

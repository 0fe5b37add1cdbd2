import type { Diagnostic, Evidence } from "@capdiff/analyzer";
import { expect, test } from "vitest";
import { rules } from "../../src/index.ts";

const broken = { code: "syntax-error", severity: "error", message: "broken", incomplete: true } as const;

/** What a fingerprint of the finding is made of. */
function about(diagnostics: readonly Diagnostic[]): readonly string[] {
  // The rule looks at nothing else.
  const evidence = { diagnostics } as Partial<Evidence> as Evidence;
  const rule = rules.find(({ id }) => id === "incomplete-analysis");
  return [...(rule?.find(evidence) ?? [])].flatMap((one) => one.about);
}

test("who accepts that something is not analysed accepts nothing that is not analysed later", () => {
  const first = about([{ ...broken, file: "a.go" }]);
  expect(about([{ ...broken, file: "b.go" }])).not.toEqual(first);
  expect(
    about([
      { ...broken, file: "a.go" },
      { ...broken, file: "b.go" },
    ]),
  ).not.toEqual(first);
  expect(
    about([
      { ...broken, file: "a.go" },
      { ...broken, incomplete: false },
    ]),
  ).toEqual(first);
});

/** Every form of every fixture is Go as good as the fixture's own: it parses, and calls mean as much. */
import { describe, expect, test } from "vitest";
import { fixtureNames, readFixture } from "./runner/fixtures.ts";
import { type Code, readCode } from "./runner/mutate/code.ts";
import { applyMutation } from "./runner/mutate/mutation.ts";
import { mutations } from "./runner/mutate/mutations.ts";

/** Calls whose callee is not known, and expressions without a type, by their place in no order. */
function unknown({ files, knowledge }: Code): number {
  return files
    .map(knowledge)
    .flatMap(({ calls, operands }) => [
      ...[...calls.values()].filter(({ callee }) => callee.kind === "unknown"),
      ...[...operands.values()].filter(({ mode }) => mode === "unknown"),
    ]).length;
}

const tried = new Map(mutations.map(({ name }) => [name, 0]));

describe.each(["attacks", "twins"] as const)("%s", (kind) => {
  test.each(fixtureNames(kind))("%s", async (name) => {
    const fixture = readFixture(kind, name);
    const code = await readCode(fixture);
    expect(code.diagnostics).toEqual([]);
    for (const mutation of mutations) {
      const mutated = applyMutation(mutation, code);
      expect(applyMutation(mutation, code), mutation.name).toEqual(mutated);
      if ("why" in mutated) continue;
      tried.set(mutation.name, (tried.get(mutation.name) ?? 0) + 1);
      const other = await readCode({ ...fixture, new: mutated.files });
      expect(other.diagnostics, mutation.name).toEqual([]);
      expect(unknown(other), mutation.name).toBeLessThanOrEqual(unknown(code));
    }
  });
});

test("each form is one of most fixtures", () => {
  expect([...tried].filter(([, count]) => count < 100)).toEqual([]);
});

/**
 * Every fixture gets the verdict that it wants, and a few in another form too; `npm run bench -- verdicts` counts all forms.
 * FIXME: what known-failures.txt lists is not as it should be. `vitest -u` writes that file again.
 */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { openFixture } from "./runner/fixture-judge.ts";
import { fixtureKinds, fixtureNames, readFixture } from "./runner/fixtures.ts";
import { readCode } from "./runner/mutate/code.ts";
import { applyMutation } from "./runner/mutate/mutation.ts";
import { mutations } from "./runner/mutate/mutations.ts";
import { createRandom } from "./runner/mutate/random.ts";
import { formProblems, verdictFailure, verdictProblems } from "./runner/verdict-problems.ts";

const list = new URL("known-failures.txt", import.meta.url);
const known = readFileSync(list, "utf8").split("\n");
const found = new Set<string>();

/** The problems as lines of the list, each of which must stand in it. */
function settle(
  name: string,
  problems: readonly string[],
): { readonly lines: string[]; readonly expected: string[] } {
  const lines = problems.map((problem) => `${name}: ${problem}`).sort();
  for (const line of lines) found.add(line);
  return { lines, expected: known.filter((line) => line.startsWith(`${name}: `)) };
}

describe.each(fixtureKinds)("%s", (kind) => {
  test.each(fixtureNames(kind))("%s", async (name) => {
    const fixture = readFixture(kind, name);
    const judged = await (await openFixture(fixture)).judge(fixture.new);
    const problems = verdictProblems(fixture, judged);
    const { lines, expected } = settle(`${kind}/${name}`, problems);
    expect(lines, verdictFailure(fixture, problems, judged)).toEqual(expected);
  });
});

/** As many for each form. */
const drawn = 2;
const random = createRandom("forms");
const forms = mutations.flatMap((mutation) =>
  (["attacks", "twins"] as const).flatMap((kind) => {
    const names = fixtureNames(kind);
    return Array.from({ length: drawn }, () => ({
      form: mutation.name,
      kind,
      name: names[random.number(names.length)] ?? "",
    }));
  }),
);

test.each(forms)("$kind/$name in the form $form", async ({ form, kind, name }) => {
  const fixture = readFixture(kind, name);
  const mutation = mutations.find((one) => one.name === form);
  const mutated = mutation && applyMutation(mutation, await readCode(fixture));
  if (mutated === undefined || "why" in mutated) return;
  const judged = await (await openFixture(fixture)).judge(mutated.files);
  const problems = formProblems(fixture, judged);
  const { lines, expected } = settle(`${kind}/${name} (${form})`, problems);
  expect(lines, verdictFailure(fixture, problems, judged)).toEqual(expected);
});

test("what fails is on the list, and nothing else is", async () => {
  await expect(`${[...found].sort().join("\n")}\n`).toMatchFileSnapshot("known-failures.txt");
});

test("attacks and their twins go in pairs", () => {
  expect(fixtureNames("twins")).toEqual(fixtureNames("attacks"));
});

test("there are fixtures of each kind", () => {
  expect(fixtureKinds.every((kind) => fixtureNames(kind).length >= 45)).toBe(true);
});

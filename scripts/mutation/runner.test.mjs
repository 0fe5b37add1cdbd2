/** Drawn mutants are run, and survive only when every test file loads. */
import { expect, test } from "vitest";
import { keyOf } from "./mutants.mjs";
import { ofDrawn } from "./runner.mjs";

/** @param {string} replacement */
function mutant(replacement) {
  const location = { start: { line: 0, column: 0 }, end: { line: 0, column: 5 } };
  return { fileName: "/a.ts", mutatorName: "EqualityOperator", replacement, location };
}

/**
 * @param {string} status what Stryker says of every mutant
 * @param {readonly string[]} states those of the test files
 */
async function statusOf(status, states, replacement = "a < b") {
  const files = states.map((state, index) => ({ filepath: `${index}.test.ts`, result: { state } }));
  const runner = { mutantRun: () => Promise.resolve({ status }), ctx: { state: { getFiles: () => files } } };
  const create = ofDrawn(Object.assign(() => runner, { inject: [] }));
  const made = create({ resolve: () => ({ drawnMutants: [keyOf(mutant("a < b"))] }) });
  return (await made.mutantRun({ activeMutant: mutant(replacement) })).status;
}

test.each([
  ["survived", ["pass", "pass"], "survived"],
  ["survived", ["pass", "fail"], "killed"],
  ["timeout", ["fail"], "timeout"],
])("%s with files %j is %s", async (status, states, expected) => {
  expect(await statusOf(status, states)).toBe(expected);
});

test("a mutant that was not drawn is not run", async () => {
  expect(await statusOf("killed", ["pass"], "a > b")).toBe("survived");
});

/** A mutant survives only when every test file loads. */
import { expect, test } from "vitest";
import { failingOnLoad } from "./runner.mjs";

/**
 * @param {string} status what Stryker says of the mutant
 * @param {readonly string[]} states those of the test files
 */
async function statusOf(status, states) {
  const files = states.map((state, index) => ({ filepath: `${index}.test.ts`, result: { state } }));
  const runner = { mutantRun: () => Promise.resolve({ status }), ctx: { state: { getFiles: () => files } } };
  const create = failingOnLoad(Object.assign(() => runner, { inject: [] }));
  return (await create(undefined).mutantRun(undefined)).status;
}

test.each([
  ["survived", ["pass", "pass"], "survived"],
  ["survived", ["pass", "fail"], "killed"],
  ["timeout", ["fail"], "timeout"],
])("%s with files %j is %s", async (status, states, expected) => {
  expect(await statusOf(status, states)).toBe(expected);
});

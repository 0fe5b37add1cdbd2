/** What `npm run bench -- verdicts` uses of the runner. */
export { openFixture } from "./fixture-judge.ts";
export { fixtureNames, readFixture } from "./fixtures.ts";
export { readCode } from "./mutate/code.ts";
export { applyMutation } from "./mutate/mutation.ts";
export { mutations } from "./mutate/mutations.ts";
export { formProblems, verdictProblems, worstTier } from "./verdict-problems.ts";

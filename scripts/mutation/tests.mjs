/** Which tests run on mutants. Stryker runs vitest in processes of its own, which share an environment. */

export const testsVariable = "CAPDIFF_MUTATION_TESTS";

/** @returns {string[]} patterns of test files: those below the paths that are asked for, or all */
export function testFiles() {
  const asked = process.env[testsVariable];
  if (asked === undefined) return ["packages/analyzer/test/**/*.test.ts", "test-corpus/**/*.test.ts"];
  const paths = /** @type {string[]} */ (JSON.parse(asked));
  return paths.map((path) => (path.endsWith(".ts") ? path : `${path}/**/*.test.ts`));
}

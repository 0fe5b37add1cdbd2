/**
 * Stryker's runner of vitest, but for one thing: a test file that a mutant keeps from
 * loading has no tests that fail, so that Stryker takes the mutant for a survivor. Here
 * such a file fails.
 */
import { strykerPlugins as vitestPlugins } from "@stryker-mutator/vitest-runner";

export { strykerValidationSchema } from "@stryker-mutator/vitest-runner";

/**
 * @typedef {object} Result
 * @property {string} status
 * @property {number} [nrOfTests]
 * @property {readonly string[]} [killedBy]
 * @property {string} [failureMessage]
 */

/**
 * What is used of Stryker's runner, with the member in which it keeps vitest to itself.
 *
 * @typedef {object} Runner
 * @property {(options: unknown) => Promise<Result>} mutantRun
 * @property {{ state: { getFiles: () => { filepath: string, result?: { state: string } }[] } }} ctx
 */

/** @typedef {((injector: unknown) => Runner) & { inject: readonly string[] }} Factory */

/**
 * A factory of runners for which a file that does not load is a test that fails.
 *
 * @param {Factory} factory
 * @returns {Factory}
 */
export function failingOnLoad(factory) {
  const create = (/** @type {unknown} */ injector) => {
    const runner = factory(injector);
    const run = runner.mutantRun.bind(runner);
    runner.mutantRun = async (options) => {
      const result = await run(options);
      const failed = runner.ctx.state.getFiles().find((file) => file.result?.state === "fail");
      if (result.status !== "survived" || failed === undefined) return result;
      return {
        ...result,
        status: "killed",
        killedBy: [],
        failureMessage: `${failed.filepath} does not load`,
      };
    };
    return runner;
  };
  return Object.assign(create, { inject: factory.inject });
}

/** @type {readonly { kind: string, name: string, factory: Factory }[]} */
export const strykerPlugins = vitestPlugins.map((plugin) => {
  const factory = /** @type {Factory} (its type says less: the member is private) */ (
    /** @type {unknown} */ (plugin.factory)
  );
  return { kind: plugin.kind, name: "vitest-that-loads", factory: failingOnLoad(factory) };
});

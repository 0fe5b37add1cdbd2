/**
 * Stryker's runner of vitest, but for two things. A test file that a mutant keeps from
 * loading has no tests that fail, so that Stryker takes the mutant for a survivor: here
 * such a file fails. And mutants that were not drawn, which stand where drawn ones do,
 * are not run.
 */
import {
  strykerPlugins as vitestPlugins,
  strykerValidationSchema as vitestSchema,
} from "@stryker-mutator/vitest-runner";
import { keyOf } from "./mutants.mjs";

/**
 * @typedef {object} Result
 * @property {string} status
 * @property {number} [nrOfTests]
 * @property {readonly string[]} [killedBy]
 * @property {string} [failureMessage]
 */

/** @typedef {{ activeMutant: import("./mutants.mjs").Mutant }} RunOptions */

/**
 * What is used of Stryker's runner, with the member in which it keeps vitest to itself.
 *
 * @typedef {object} Runner
 * @property {(options: RunOptions) => Promise<Result>} mutantRun
 * @property {{ state: { getFiles: () => { filepath: string, result?: { state: string } }[] } }} ctx
 */

/** @typedef {{ resolve: (token: "options") => { drawnMutants: readonly string[] } }} Injector */
/** @typedef {((injector: Injector) => Runner) & { inject: readonly string[] }} Factory */

/**
 * A factory of runners that run drawn mutants only, and for which a file that does not
 * load is a test that fails.
 *
 * @param {Factory} factory
 * @returns {Factory}
 */
export function ofDrawn(factory) {
  const create = (/** @type {Injector} */ injector) => {
    const drawn = new Set(injector.resolve("options").drawnMutants);
    const runner = factory(injector);
    const run = runner.mutantRun.bind(runner);
    runner.mutantRun = async (options) => {
      if (!drawn.has(keyOf(options.activeMutant))) return { status: "survived", nrOfTests: 0 };
      const result = await run(options);
      const failed = runner.ctx.state.getFiles().find((file) => file.result?.state === "fail");
      if (result.status !== "survived" || failed === undefined) return result;
      const failureMessage = `${failed.filepath} does not load`;
      return { ...result, status: "killed", killedBy: [], failureMessage };
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
  return { kind: plugin.kind, name: "vitest-of-drawn", factory: ofDrawn(factory) };
});

/** The options that the runner takes: those of vitest's, and the keys of the mutants to run. */
export const strykerValidationSchema = {
  ...vitestSchema,
  properties: { ...vitestSchema.properties, drawnMutants: { type: "array", items: { type: "string" } } },
};

/** The mutants that Stryker would make of some files, found without running any. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { relative } from "node:path";
import { pathToFileURL } from "node:url";
import { inRoot, root } from "../workspace.mjs";

/** @typedef {{ line: number, column: number }} Position both from 0 */

/**
 * @typedef {object} Mutant
 * @property {string} fileName absolute
 * @property {string} mutatorName
 * @property {string} replacement
 * @property {{ start: Position, end: Position }} location
 */

/**
 * @param {readonly string[]} paths relative to the root
 * @returns {Promise<Mutant[]>}
 */
export async function mutantsOf(paths) {
  const { Instrumenter } = await instrumenter();
  const log = { debug: ignore, info: ignore, warn: ignore, isDebugEnabled: () => false };
  const files = paths.map((path) => ({
    name: inRoot(path),
    content: readFileSync(inRoot(path), "utf8"),
    mutate: true,
  }));
  const options = { plugins: null, excludedMutations: [], ignorers: [], noHeader: true };
  const { mutants } = await new Instrumenter(log).instrument(files, options);
  return mutants;
}

/**
 * Where a mutant is.
 *
 * @param {Mutant} mutant
 * @returns {string} in the words of Stryker's mutate option, whose lines count from 1
 */
export function rangeOf({ fileName, location: { start, end } }) {
  const path = relative(root, fileName);
  return `${path}:${start.line + 1}:${start.column}-${end.line + 1}:${end.column}`;
}

/**
 * Tells a mutant from all others, in every process.
 *
 * @param {Mutant} mutant
 */
export function keyOf(mutant) {
  return `${rangeOf(mutant)} ${mutant.mutatorName} ${mutant.replacement}`;
}

/**
 * Stryker's own instrumenter, which only its core depends on.
 *
 * @typedef {{ instrument: (files: unknown, options: unknown) => Promise<{ mutants: Mutant[] }> }} Instrumenter
 * @returns {Promise<{ Instrumenter: new (log: unknown) => Instrumenter }>}
 */
async function instrumenter() {
  const core = createRequire(createRequire(import.meta.url).resolve("@stryker-mutator/core/package.json"));
  const found = core.resolve("@stryker-mutator/instrumenter");
  return /** @type {{ Instrumenter: new (log: unknown) => Instrumenter }} */ (
    await import(pathToFileURL(found).href)
  );
}

function ignore() {}

/** The checks of `npm run check`, in the order in which they run. */
import { docstrings } from "./docstrings.mjs";
import { invariants } from "./invariants.mjs";
import { layering } from "./layering.mjs";
import { links } from "./links.mjs";
import { references } from "./references.mjs";
import { format, lint, types } from "./tools.mjs";
import { words } from "./words.mjs";

/**
 * What a check says: how many of what it looked at, and each problem as text.
 * @typedef {{ covered: number, unit: string, problems: readonly string[] }} Outcome
 */

/** @typedef {{ name: string, run: () => Outcome | Promise<Outcome> }} Check */

/** @type {readonly Check[]} */
export const checks = [
  { name: "types", run: types },
  { name: "lint", run: lint },
  { name: "format", run: format },
  { name: "layering", run: layering },
  { name: "docstrings", run: docstrings },
  { name: "invariants", run: invariants },
  { name: "links", run: links },
  { name: "references", run: references },
  { name: "words", run: words },
];

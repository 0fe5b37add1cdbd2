/** Alerts on real modules that somebody read: whether each is fair. */
import { readFileSync } from "node:fs";
import { inRoot, ScriptError } from "../../workspace.mjs";

/** The list, relative to the root. */
export const reviewedFile = "docs/reviewed-alerts.tsv";

/**
 * @typedef {object} Reviewed
 * @property {string} module
 * @property {string} old a version; `-` where one version alone was judged
 * @property {string} new
 * @property {string} rule
 * @property {"fair" | "unfair"} said fair: a reviewer would want to read it
 * @property {string} why
 */

export const reviewedHead = "module\told\tnew\trule\tfair\twhy";

/**
 * Reads the list: a head, then a line for the alerts of one rule on one pair, sorted.
 *
 * @param {string} text
 * @returns {Reviewed[]}
 */
export function readReviewed(text) {
  const [head, ...lines] = text.trimEnd().split("\n");
  if (head !== reviewedHead) throw new ScriptError(`${reviewedFile} must begin with "${reviewedHead}"`);
  const reviewed = lines.map(
    /** @returns {Reviewed} */ (line) => {
      const [module = "", old = "", fresh = "", rule = "", said = "", why = "", ...more] = line.split("\t");
      if ((said !== "fair" && said !== "unfair") || why === "" || more.length > 0)
        throw new ScriptError(`${reviewedFile}: not a line of six fields, the fifth fair or unfair: ${line}`);
      return { module, old, new: fresh, rule, said, why };
    },
  );
  const keys = reviewed.map(keyOf);
  if (new Set(keys).size !== keys.length)
    throw new ScriptError(`${reviewedFile}: two lines for the same alerts`);
  return reviewed;
}

export function readReviewedFile() {
  return readReviewed(readFileSync(inRoot(reviewedFile), "utf8"));
}

/**
 * What tells the alerts of a rule on a pair from others.
 *
 * @param {Pick<Reviewed, "module" | "old" | "new" | "rule">} alert
 */
export function keyOf({ module, old, new: fresh, rule }) {
  return [module, old, fresh, rule].join("\t");
}

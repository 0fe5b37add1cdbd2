/** docs/reference/findings.md: what is odd about where a copy comes from, and how that comes about. */
import { anchor, code, page, table } from "./markdown.mjs";

/** @typedef {import("@capdiff/modules").FindingInfo} FindingInfo */

/** @param {Readonly<Record<string, FindingInfo>>} findings the gravest first */
export function findingsPage(findings) {
  const all = Object.entries(findings);
  return page(
    "# Findings",
    "What `capdiff verify` finds odd about a published version, the gravest first. Each name is also a word of" +
      " `--fail-on`. What verdicts mean is told in the page about [provenance](../provenance.md).",
    table(
      ["finding", "says"],
      all.map(([id, { title }]) => [`[${id}](#${anchor(id)})`, title]),
    ),
    ...all.map(([id, { title, meaning, benign }]) =>
      [`## ${id}`, `${code(id)}: ${title}.`, `**Means.** ${meaning}`, `**Without malice.** ${benign}`].join(
        "\n\n",
      ),
    ),
  );
}

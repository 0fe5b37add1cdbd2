/** docs/reference/rules.md: every rule, what it sees, why that matters and when it is harmless. */
import { code, page } from "./markdown.mjs";

/** @typedef {import("@capdiff/analyzer").Rule} Rule */

/** @param {readonly Rule[]} rules the gravest first */
export function rulesPage(rules) {
  return page(
    "# Rules",
    "What makes findings out of changes. A finding is a change and a rule; its tier says what to do: `block`," +
      " it looks like a backdoor; `review`, somebody should read it; `inform`, it is worth knowing. The tier of" +
      " a rule is the worst that it says: most say less where the evidence is thin or the old version did the" +
      " same. How a tier is chosen, each rule's text says; how often rules speak of honest upgrades," +
      " [measurements](../measurements.md) do. `capdiff explain RULE` prints the same.",
    rules.map(({ id, tier, title }) => `- ${tier}: [${code(id)}](#${id}) ${title}`).join("\n"),
    ...rules.map(section),
  );
}

/** @param {Rule} rule */
function section({ id, title, tier, seen, why, benign, references }) {
  return [
    `## ${id}`,
    "",
    `${title}. At most **${tier}**.`,
    "",
    `**Seen.** ${seen}`,
    "",
    `**Why it matters.** ${why}`,
    ...list("**Harmless**, where it is:", benign),
    ...list("**References**:", references),
  ].join("\n");
}

/**
 * @param {string} title
 * @param {readonly string[]} lines
 */
function list(title, lines) {
  return lines.length === 0 ? [] : ["", title, "", ...lines.map((line) => `- ${line}`)];
}

import type { CapabilityChange, Evidence, Rule } from "@capdiff/analyzer";
import { shortName } from "./places.ts";
import { isNearlySure } from "./sureness.ts";

const telling = /^(?:EXEC|NETWORK|ARBITRARY_EXECUTION|SYSTEM_CALLS|CGO|UNSAFE_POINTER|FILES\/WRITE)/u;

export const otherCopy: Rule = {
  id: "copy-can-do-more",
  title: "The copy can do more than what it is a copy of",
  tier: "review",
  seen: "The published copy, or the clone, has a capability in a package that the repository, or the original, does not have there.",
  why: "Whoever looks at the repository, or knows the original, does not see it.",
  benign: ["a fork that is maintained and grows", "generated files that the repository does not have"],
  references: ["boltdb-go/bolt v1.3.1: the tag was moved to clean code (public reports, February 2025)"],
  *find(evidence) {
    const { mode, changes } = evidence;
    if (mode !== "published" && mode !== "clone") return;
    const told = new Set<string>();
    for (const change of changes) {
      if (change.kind !== "capability" || change.change !== "added" || !telling.test(change.capability))
        continue;
      // What one call brings is one finding: the most telling capability comes first.
      const place = JSON.stringify([change.package, change.witness.steps.at(-1)?.site]);
      if (told.has(place)) continue;
      told.add(place);
      yield finding(evidence, change);
    }
  },
};

function finding({ mode, had }: Evidence, change: CapabilityChange) {
  const { capability, package: path, witness, certainty, builds } = change;
  const [first] = witness.steps;
  const other = mode === "clone" ? "the original" : "the repository";
  const fresh = !had(capability) && isNearlySure(witness) && change.path === "direct";
  return {
    tier:
      fresh && /^(?:EXEC|NETWORK|FILES\/WRITE|ARBITRARY_EXECUTION)/u.test(capability) ? "review" : "inform",
    certainty,
    message: `the ${mode === "clone" ? "clone" : "published copy"} uses ${shortName(witness.terminal.name)} (${capability}) in ${path}, which ${other} does not`,
    locations: [...(first === undefined ? [] : [first]), ...witness.steps.slice(1)].map(
      ({ site, source, function: name }) => ({ position: site, source, what: "on the way", function: name }),
    ),
    builds,
    about: [capability, path, witness.terminal.name],
  } as const;
}

import type { EntryPointChange, Evidence, Rule } from "@capdiff/analyzer";
import { atPosition, shortName } from "./places.ts";
import { endsAtNamedLibrary } from "./plain-programs.ts";
import { isNearlySure } from "./sureness.ts";

const telling = /^(?:EXEC|NETWORK\/(?:DIAL|DNS|LISTEN))/u;

export const newDependency: Rule = {
  id: "new-dependency-reaches",
  title: "A new dependency brings programs or the network",
  tier: "review",
  seen: "go.mod requires a module that it did not, and the code newly runs programs or reaches the network through it, which the module could not before. Libraries of the system that it names inform.",
  why: "A dependency is the cheapest place to put what a reviewer of this module would not accept.",
  benign: ["growth: a client library for a service that the module now supports"],
  references: ["the catalogue of signals: a new direct dependency that brings exec or net"],
  *find(evidence) {
    for (const change of evidence.changes) {
      if (change.kind !== "go-mod" || change.directive !== "require" || change.change !== "added") continue;
      const found = reaching(evidence, change.subject);
      if (found === undefined) continue;
      const { capability, witness, certainty, builds } = found;
      const fresh =
        !evidence.had(capability) && isNearlySure(witness) && !endsAtNamedLibrary(evidence, witness);
      yield {
        tier: fresh && change.indirect === undefined ? "review" : "inform",
        certainty,
        message: `the new dependency ${change.subject} brings ${capability} (${shortName(witness.terminal.name)})`,
        locations: [
          atPosition({ file: "go.mod", line: 1, column: 1 }, `requires ${change.subject}`),
          ...witness.steps.map(({ site, source, function: name }) => ({
            position: site,
            source,
            what: "on the way",
            function: name,
          })),
        ],
        builds,
        about: [change.subject, capability],
      };
    }
  },
};

/** The most telling entry point that newly reaches something through the module; what loads libraries of the system tells least. */
function reaching(evidence: Evidence, path: string): EntryPointChange | undefined {
  if (evidence.mode === "single") return undefined;
  const all = evidence.changes.filter(
    (one): one is EntryPointChange =>
      one.kind === "entry-point" &&
      one.change === "added" &&
      telling.test(one.capability) &&
      one.witness.steps.some(({ module }) => module?.startsWith(`${path}@`) === true),
  );
  return all.find(({ witness }) => !endsAtNamedLibrary(evidence, witness)) ?? all[0];
}

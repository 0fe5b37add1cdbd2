import type { EntryPointChange, Evidence, Rule } from "@capdiff/analyzer";
import { alongWitness, fewNames, shortName } from "./places.ts";

const telling = /^(?:EXEC|NETWORK\/(?:DIAL|DNS))/u;

/** The entry points that newly reach one capability through one place. */
interface Group {
  readonly first: EntryPointChange;
  readonly names: string[];
}

export const existingFunctionReaches: Rule = {
  id: "existing-function-reaches",
  title: "A function that was there before has a new effect",
  tier: "review",
  seen: "Exported functions that the old version has newly run programs or reach the network, along calls that names alone tell, in a module that could not before.",
  why: "Callers that know the function get the effect with the upgrade. This is where several backdoors were: not in init, but where everybody calls.",
  benign: ["instrumentation", "a function that was extended to do its work in another way"],
  references: [
    "bpoorman/uuid: Valid (public reports, December 2025)",
    "qiniiu/qmgo: NewClient (public reports, June 2025)",
  ],
  *find(evidence) {
    for (const { first, names } of groups(evidence, (one) => one.existing === true)) {
      yield {
        tier: evidence.had(first.capability) ? "inform" : "review",
        certainty: first.certainty,
        message: `${fewNames(names)} now ${names.length > 1 ? "use" : "uses"} ${shortName(first.witness.terminal.name)} (${first.capability}${evidence.had(first.capability) ? "" : ", which the module did not have"})`,
        locations: alongWitness(first),
        builds: first.builds,
        about: [first.capability, first.witness.terminal.name],
      };
    }
  },
};

export const newFunctionReaches: Rule = {
  id: "new-function-reaches",
  title: "A new function has an effect that the module did not have",
  tier: "review",
  seen: "New exported functions run programs or reach the network in a module that could not before.",
  why: "A module that parses, formats or calculates has no reason to begin with that.",
  benign: ["growth: a library gets a client, a check for updates, an integration"],
  references: [
    "golangorg/formstash v1.0.5: CheckForUpdates in a parser of forms (public reports, April 2026)",
  ],
  *find(evidence) {
    for (const { first, names } of groups(evidence, (one) => one.existing === false)) {
      if (evidence.had(first.capability)) continue;
      const alone = !evidence.had("EXEC") && !evidence.had("NETWORK");
      yield {
        tier: alone ? "review" : "inform",
        certainty: first.certainty,
        message: `the new ${fewNames(names)} ${names.length > 1 ? "use" : "uses"} ${shortName(first.witness.terminal.name)} (${first.capability}, which the module did not have)`,
        locations: alongWitness(first),
        builds: first.builds,
        about: [first.capability, first.witness.terminal.name],
      };
    }
  },
};

function* groups(
  { changes, mode }: Evidence,
  wanted: (change: EntryPointChange) => boolean,
): Iterable<Group> {
  if (mode === "single") return;
  const all = new Map<string, Group>();
  for (const change of changes) {
    if (change.kind !== "entry-point" || change.change !== "added" || !wanted(change)) continue;
    const { entryPoint, capability, certainty, witness } = change;
    if (!telling.test(capability) || certainty === "dynamic") continue;
    if (entryPoint.kind !== "exported-function" && entryPoint.kind !== "exported-method") continue;
    const last = witness.steps.at(-1);
    const key = JSON.stringify([capability, witness.terminal.name, last?.site]);
    const known = all.get(key);
    if (known === undefined) all.set(key, { first: change, names: [entryPoint.function] });
    else known.names.push(entryPoint.function);
  }
  yield* all.values();
}

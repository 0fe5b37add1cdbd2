import type { CallSiteChange, Evidence, FindingDraft, Rule } from "@capdiff/analyzer";
import { hostOf, imitated, isAddress, newAddresses } from "./addresses.ts";
import { destinationOf } from "./destinations.ts";
import { atCall, ownName, waysIn } from "./places.ts";
import { allValues, shown } from "./shell-line.ts";

export const newDestination: Rule = {
  id: "new-destination",
  title: "What existing callers call connects somewhere else",
  tier: "review",
  seen: "A call that reaches the network, in a function that callers or the start of the program already led to, is given an address with a host that the old version did not know. It is for review where the new host may be taken for the one that the call was given: its name in another domain, or one with another letter. Raw addresses and drops have a rule of their own.",
  why: "The module may do what it did before, and fetch it from, or send it to, somebody else.",
  benign: ["a service that moved", "another mirror, another region"],
  references: ["the catalogue of signals: alert on new destinations, not on capabilities"],
  *find(evidence) {
    if (evidence.mode === "single") return;
    for (const change of evidence.changes) {
      if (change.kind !== "call-site" || (change.change !== "added" && change.change !== "changed")) continue;
      const draft = ofCall(evidence, change);
      if (draft !== undefined) yield draft;
    }
  },
};

function ofCall(evidence: Evidence, change: CallSiteChange): FindingDraft | undefined {
  const { terminal, capabilities, builds } = change;
  if (!capabilities.some((one) => one.startsWith("NETWORK"))) return undefined;
  const ways = evidence.waysTo(change.function);
  if (ways.existing.length === 0 && ways.atStart.length === 0) return undefined;
  const given = change.arguments.flatMap(allValues);
  const addresses = given.filter((one) => isAddress(terminal.name, one) && destinationOf(one) === undefined);
  const [fresh] = newAddresses(evidence, addresses);
  if (fresh === undefined) return undefined;
  return {
    tier: imitated(fresh, (change.oldArguments ?? []).flatMap(allValues)) === undefined ? "inform" : "review",
    certainty: "static",
    message: `\`${ownName(change.function)}\` now connects to a host that the module did not know: ${shown(fresh)}`,
    locations: [atCall(change), ...waysIn(ways)],
    builds,
    values: [fresh],
    about: [terminal.name, hostOf(fresh)],
  };
}

import type { CallSiteChange, Evidence, FindingDraft, Rule } from "@capdiff/analyzer";
import { hostOf, isAddress, newAddresses } from "./addresses.ts";
import { destinationOf } from "./destinations.ts";
import { imitated } from "./lookalikes.ts";
import { atCall, ownName, waysIn } from "./places.ts";
import { allValues, shown } from "./shell-line.ts";

export const newDestination: Rule = {
  id: "new-destination",
  title: "What existing callers call connects somewhere else",
  tier: "review",
  seen: "A call that reaches the network, in a function that callers or the start of the program already led to, is given an address with a host that the old version did not know. It is for review where the new host may be taken for one that the call is given no more: its name in another domain, or one with another letter. Raw addresses and drops have a rule of their own.",
  why: "The module may do what it did before, and fetch it from, or send it to, somebody else.",
  benign: ["a service that moved", "another mirror, another region"],
  references: ["the catalogue of signals: alert on new destinations, not on capabilities"],
  find: newDestinations,
};

/** What the rule tells, for those that tell the rest. */
export function newDestinations(evidence: Evidence): readonly FindingDraft[] {
  if (evidence.mode === "single") return [];
  return evidence.changes.flatMap((change) =>
    change.kind === "call-site" && (change.change === "added" || change.change === "changed")
      ? (ofCall(evidence, change) ?? [])
      : [],
  );
}

function ofCall(evidence: Evidence, change: CallSiteChange): FindingDraft | undefined {
  const { terminal, capabilities, builds } = change;
  if (!capabilities.some((one) => one.startsWith("NETWORK") && one !== "NETWORK/LISTEN")) return undefined;
  const ways = evidence.waysTo(change.function);
  if (ways.existing.length === 0 && ways.atStart.length === 0) return undefined;
  const given = change.arguments.flatMap(allValues);
  const addresses = given.filter((one) => isAddress(terminal.name, one) && destinationOf(one) === undefined);
  const all = newAddresses(evidence, addresses);
  const gone = (change.oldArguments ?? []).flatMap(allValues).filter((one) => !given.includes(one));
  const imitating = all.find((one) => imitated(one, gone) !== undefined);
  const fresh = imitating ?? all[0];
  if (fresh === undefined) return undefined;
  return {
    tier: imitating === undefined ? "inform" : "review",
    certainty: "static",
    message: `\`${ownName(change.function)}\` now connects to a host that the module did not know: ${shown(fresh)}`,
    locations: [atCall(change), ...waysIn(ways)],
    builds,
    values: [fresh],
    about: [terminal.name, hostOf(fresh)],
  };
}

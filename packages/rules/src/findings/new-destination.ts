import type { CallSiteChange, Evidence, FindingDraft, NewTexts, Rule } from "@capdiff/analyzer";
import { hostOf, isAddress, isLookalikeHost, isUrl, newAddresses, pathOf } from "./addresses.ts";
import { destinationOf } from "./destinations.ts";
import { atCall, atCode, everywhere, holderName, ownName, waysIn } from "./places.ts";
import { allValues, shown } from "./shell-line.ts";

export const newDestination: Rule = {
  id: "new-destination",
  title: "What existing callers call connects somewhere else",
  tier: "review",
  seen: "A call that reaches the network, in a function that callers or the start of the program already led to, is given an address with a host that the old version did not know, or code has such an address in the place of another one, for whoever connects to it. It is for review where the new host may be taken for the old one: its name in another domain, or one with another letter. Raw addresses and drops have a rule of their own.",
  why: "The module may do what it did before, and fetch it from, or send it to, somebody else.",
  benign: ["a service that moved", "another mirror, another region"],
  references: ["the catalogue of signals: alert on new destinations, not on capabilities"],
  *find(evidence) {
    if (evidence.mode === "single") return;
    const told = new Set<string>();
    for (const change of evidence.changes) {
      if (change.kind !== "call-site" || (change.change !== "added" && change.change !== "changed")) continue;
      const draft = ofCall(evidence, change);
      if (draft === undefined) continue;
      told.add(hostIn(draft));
      yield draft;
    }
    for (const one of evidence.newTexts())
      for (const draft of ofCode(evidence, one)) if (!told.has(hostIn(draft))) yield draft;
  },
};

/** The host that it is about. */
function hostIn({ values: [address = ""] = [] }: FindingDraft): string {
  return hostOf(address);
}

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

/** Of the old version, an address whose host that of a new one may be taken for. */
function imitated(fresh: string, before: readonly string[]): string | undefined {
  return before.find((one) => isLookalikeHost(hostOf(fresh), hostOf(one)));
}

/** Code that hands the address on, to be connected to somewhere else. */
function* ofCode(evidence: Evidence, holder: NewTexts): Iterable<FindingDraft> {
  const before = holder.gone.filter(isUrl);
  for (const fresh of newAddresses(evidence, holder.texts.filter(isUrl))) {
    const instead = imitated(fresh, before) ?? before.find((one) => pathOf(one) === pathOf(fresh));
    if (instead === undefined || destinationOf(fresh) !== undefined) continue;
    yield {
      tier: imitated(fresh, [instead]) === undefined ? "inform" : "review",
      certainty: "static",
      message: `\`${holderName(holder)}\` now has ${shown(fresh)} where it had ${shown(instead)}`,
      locations: [atCode(holder, "has it"), ...waysIn(evidence.waysTo(holder.function))],
      builds: everywhere,
      values: [fresh],
      about: [hostOf(fresh), hostOf(instead)],
    };
  }
}

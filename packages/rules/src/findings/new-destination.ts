import type { Rule } from "@capdiff/analyzer";
import { hostOf, isAddress, newAddresses } from "./addresses.ts";
import { destinationOf } from "./destinations.ts";
import { atCall, ownName, waysIn } from "./places.ts";
import { allValues, shown } from "./shell-line.ts";

export const newDestination: Rule = {
  id: "new-destination",
  title: "What existing callers call connects somewhere else",
  tier: "inform",
  seen: "A call that reaches the network, in a function that callers or the start of the program already led to, is given an address with a host that the old version did not know. Raw addresses and drops have a rule of their own.",
  why: "The module may do what it did before, and fetch it from, or send it to, somebody else.",
  benign: ["a service that moved", "another mirror, another region"],
  references: ["the catalogue of signals: alert on new destinations, not on capabilities"],
  *find(evidence) {
    const { changes, mode } = evidence;
    if (mode === "single") return;
    for (const change of changes) {
      if (change.kind !== "call-site" || (change.change !== "added" && change.change !== "changed")) continue;
      if (!change.capabilities.some((one) => one.startsWith("NETWORK"))) continue;
      const ways = evidence.waysTo(change.function);
      if (ways.existing.length === 0 && ways.atStart.length === 0) continue;
      const given = change.arguments.flatMap(allValues);
      const addresses = given.filter(
        (one) => isAddress(change.terminal.name, one) && destinationOf(one) === undefined,
      );
      const [fresh] = newAddresses(evidence, addresses);
      if (fresh === undefined) continue;
      yield {
        tier: "inform",
        certainty: "static",
        message: `\`${ownName(change.function)}\` now connects to a host that the module did not know: ${shown(fresh)}`,
        locations: [atCall(change), ...waysIn(ways)],
        builds: change.builds,
        values: [fresh],
        about: [change.terminal.name, hostOf(fresh)],
      };
    }
  },
};

import type { ChangedFunction, Evidence, Rule, Way } from "@capdiff/analyzer";
import { addressWords, hostOf, newAddresses, valuesOf, withScheme } from "./addresses.ts";
import { destinationOf, isPublicResolver } from "./destinations.ts";
import { atCode, everywhere, ownName, waysIn } from "./places.ts";
import { allValues } from "./shell-line.ts";

export const writtenAddress: Rule = {
  id: "written-address",
  title: "The code has an address that no call is seen to get",
  tier: "review",
  seen: "In a module that reaches the network, an address with a host that the old version did not know stands in the code as a constant, or a host is set in a field, and no call is seen to be given it. It is for review where it is a raw public address, or a host that lets anybody receive or serve something without being known; others inform, and so do all in a module that does not reach the network.",
  why: "Not every way by which an address gets to a call can be followed: through a list in a field, a URL that was parsed, or a channel.",
  benign: ["links in answers and messages, names of formats", "another service, another mirror"],
  references: ["the catalogue of signals: alert on new destinations, not on capabilities"],
  *find(evidence) {
    if (evidence.mode === "single") return;
    const reaches = reachesNetwork(evidence);
    const seen = new Set(hostsOfCalls(evidence));
    for (const { way, addresses } of writtenIn(evidence)) {
      const fresh = newAddresses(evidence, addresses).filter(
        (one) => !seen.has(nameOf(one)) && !evidence.hadTextWith(nameOf(one)),
      );
      const odd = fresh.filter(isOdd);
      const told = odd.length > 0 || !reaches ? odd : fresh;
      if (told.length === 0) continue;
      yield {
        tier: odd.length > 0 && reaches ? "review" : "inform",
        certainty: "dynamic",
        message: `\`${ownName(way.function)}\` now has an address that the module did not know, and no call is seen to get it: ${addressWords(told)}`,
        locations: [atCode(way, "has the address"), ...waysIn(evidence.waysTo(way.function))],
        builds: everywhere,
        ...valuesOf(told),
        about: told.map(hostOf),
      };
    }
  },
};

function reachesNetwork({ had, changes }: Evidence): boolean {
  return (
    had("NETWORK") ||
    changes.some(
      (one) => one.kind === "capability" && one.change === "added" && one.capability.startsWith("NETWORK"),
    )
  );
}

/** The hosts of what calls are newly given: other rules tell of these. */
function hostsOfCalls({ changes }: Evidence): readonly string[] {
  return changes.flatMap((one) =>
    one.kind === "call-site" && one.change !== "removed" ? one.arguments.flatMap(allValues).map(nameOf) : [],
  );
}

interface Written {
  readonly way: Way;
  readonly addresses: readonly string[];
}

/** Addresses by the function that has them. */
function writtenIn(evidence: Evidence): readonly Written[] {
  const found = new Map<string, { readonly way: Way; readonly addresses: string[] }>();
  const add = (way: Way, address: string) => {
    const known = found.get(way.function);
    if (known === undefined) found.set(way.function, { way, addresses: [address] });
    else known.addresses.push(address);
  };
  for (const { text, ...way } of evidence.newTexts()) if (isWhole(text)) add(way, text);
  for (const changed of evidence.changedFunctions())
    for (const address of hostsSet(changed)) add(changed, address);
  return [...found.values()];
}

/** The text is an address, and nothing else. */
function isWhole(text: string): boolean {
  return text.length < longest && (address.test(text) || (withPort.test(text) && !/\s/u.test(text)));
}

const longest = 500;
const address = new RegExp(`${withScheme.source}\\S*$`, withScheme.flags);
const withPort = /^(?:\[[0-9a-f:]+\]|[a-z0-9-]+(?:\.[a-z0-9-]+)+):\d{2,5}(?:\/|$)/iu;

/** Hosts that a function newly sets: four numbers with dots are one only in a field of such a name. */
function hostsSet({ now, before }: ChangedFunction): readonly string[] {
  const old = new Set(before?.sets.map(({ what, value }) => `${what} ${value}`));
  return now.sets.flatMap(({ what, value = "" }) =>
    hostField.test(what) && bare.test(value) && !old.has(`${what} ${value}`) ? [value] : [],
  );
}

const hostField = /\.(?:\w*[a-z])?(?:host|hostname|addr|address|server|ip)$/iu;
const bare = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,})$/iu;

function isOdd(address: string): boolean {
  const whole = withScheme.test(address) ? address : `tcp://${address}`;
  return destinationOf(whole) !== undefined && !isPublicResolver(address);
}

/** The host of an address, without its port. */
function nameOf(address: string): string {
  return hostOf(address).replace(/:(?:\d+|\u2026)$/u, "");
}

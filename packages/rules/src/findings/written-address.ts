import type { ChangedFunction, Evidence, Rule, Way } from "@capdiff/analyzer";
import { addressWords, hostOf, imitated, newAddresses, pathOf, valuesOf, withScheme } from "./addresses.ts";
import { credentialsOfMachine, destinationOf, isPublicResolver } from "./destinations.ts";
import { atCode, everywhere, holderName, waysIn } from "./places.ts";
import { allValues, shown } from "./shell-line.ts";

export const writtenAddress: Rule = {
  id: "written-address",
  title: "The code has an address that no call is seen to get",
  tier: "review",
  seen: "In a module that reaches the network, an address with a host that the old version did not know stands in the code as a constant, or a host is set in a field, and no call is seen to be given it. It is for review where it is a raw public address, what gives out the credentials of a cloud's machine, or a host that lets anybody receive something without being known; others inform, and so do all in a module that does not reach the network. Whatever the module reaches, it is for review where it stands in the place of an address that it may be taken for: its name in another domain, or one with another letter.",
  why: "Not every way by which an address gets to a call can be followed: through a list in a field, a URL that was parsed, or a channel. Or whoever imports the module connects to it.",
  benign: [
    "links in answers and messages, names of formats",
    "another service, another mirror, a service that moved",
  ],
  references: ["the catalogue of signals: alert on new destinations, not on capabilities"],
  *find(evidence) {
    if (evidence.mode === "single") return;
    const reaches = reachesNetwork(evidence);
    const seen = new Set(hostsOfCalls(evidence));
    for (const { way, addresses, gone } of writtenIn(evidence)) {
      const fresh = newAddresses(evidence, addresses).filter(
        (one) => !seen.has(nameOf(one)) && !evidence.hadTextWith(nameOf(one)),
      );
      const imitating = fresh.filter((one) => imitated(one, gone) !== undefined);
      const odd = fresh.filter(isOdd);
      const told = [imitating, odd, reaches ? fresh : []].find((some) => some.length > 0);
      if (told === undefined) continue;
      for (const one of told) seen.add(nameOf(one));
      yield {
        tier: told === imitating || (told === odd && reaches) ? "review" : "inform",
        certainty: "dynamic",
        message: `\`${holderName(way)}\` now has ${whatItHas(told, gone)}`,
        locations: [atCode(way, "has the address"), ...waysIn(evidence.waysTo(way.function))],
        builds: everywhere,
        ...valuesOf(told),
        about: told.map(hostOf),
      };
    }
  },
};

/** Of several the first that is in the place of another is told. */
function whatItHas(told: readonly string[], gone: readonly string[]): string {
  for (const one of told) {
    const instead = imitated(one, gone) ?? gone.find((before) => pathOf(before) === pathOf(one));
    if (instead !== undefined) return `${shown(one)} where it had ${shown(instead)}`;
  }
  return `an address that the module did not know, and no call is seen to get it: ${addressWords(told)}`;
}

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

/** Addresses that a function or a package variable has, and those that it has no more. */
interface Written {
  readonly way: Way;
  readonly addresses: readonly string[];
  readonly gone: readonly string[];
}

function writtenIn(evidence: Evidence): readonly Written[] {
  return [
    ...evidence.newTexts().map((way) => ({
      way,
      addresses: way.texts.filter(isWhole),
      gone: way.gone.filter(isWhole),
    })),
    ...evidence.changedFunctions().map((way) => ({ way, addresses: hostsSet(way), gone: [] })),
  ];
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

/** Of what many link to, a page is no place where anything is sent to. */
function isOdd(address: string): boolean {
  const whole = withScheme.test(address) ? address : `tcp://${address}`;
  const found = destinationOf(whole) ?? credentialsOfMachine(whole);
  return found !== undefined && !linked.test(found.what) && !isPublicResolver(address);
}

const linked = /^(?:hosted raw text|a messenger's)/u;

/** The host of an address, without its port. */
function nameOf(address: string): string {
  return hostOf(address).replace(/:(?:\d+|\u2026)$/u, "");
}

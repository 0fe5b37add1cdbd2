import type { ChangedFunction, Evidence, FindingDraft, Rule, Tier, Way } from "@capdiff/analyzer";
import { addressWords, hostOf, newAddresses, pathOf, valuesOf, withScheme } from "./addresses.ts";
import { credentialsOfMachine, destinationOf, isPublicResolver } from "./destinations.ts";
import { imitated } from "./lookalikes.ts";
import { newDestinations } from "./new-destination.ts";
import { atCode, everywhere, holderName, waysIn } from "./places.ts";
import { allValues, shown } from "./shell-line.ts";

export const writtenAddress: Rule = {
  id: "written-address",
  title: "The code has an address that no call is seen to get",
  tier: "review",
  seen: "In a module that reaches the network, an address with a host that the old version did not know stands in the code as a constant, or a host is set in a field, and no call that reaches the network is seen to be given it. It is for review where it is a raw public address, what gives out the credentials of a cloud's machine, or a host that lets anybody receive something without being known; others inform, and so do all in a module that does not reach the network. Whatever the module reaches, it is for review where it may be taken for an address that was in its place, or that the module has nowhere any more: its name in another domain, or one with another letter.",
  why: "Not every way by which an address gets to a call can be followed: through a list in a field, a URL that was parsed, or a channel. Or whoever imports the module connects to it.",
  benign: [
    "links in answers and messages, names of formats",
    "another service, another mirror, a service that moved",
  ],
  references: ["the catalogue of signals: alert on new destinations, not on capabilities"],
  *find(evidence) {
    if (evidence.mode === "single") return;
    const written = writtenIn(evidence);
    // A host is told as the worst that it is anywhere.
    const seen = new Set(imitationsOfCalls(evidence));
    const inPlace = untold(written, seen, (address, { gone }) => imitated(address, gone) !== undefined);
    const moved = untold(written, seen, (address, one) => imitatedBy(address, one) !== undefined);
    const replacing = [...inPlace, ...moved];
    for (const host of hostsOfCalls(evidence)) seen.add(host);
    const odd = untold(written, seen, isOdd);
    const reaches = reachesNetwork(evidence);
    const told = new Set([...replacing, ...odd].map(({ way }) => way.function));
    const rest = written.filter(({ way }) => reaches && !told.has(way.function));
    yield* replacing.map((one) => draftOf(evidence, one, "review"));
    yield* odd.map((one) => draftOf(evidence, one, reaches ? "review" : "inform"));
    yield* untold(rest, seen, () => true).map((one) => draftOf(evidence, one, "inform"));
  },
};

/** Code with those of its addresses that are such, and have hosts that were not told; now they are. */
function untold(
  written: readonly Written[],
  seen: Set<string>,
  isSuch: (address: string, written: Written) => boolean,
): readonly Written[] {
  return written.flatMap((one) => {
    const addresses = one.addresses.filter((address) => !seen.has(nameOf(address)) && isSuch(address, one));
    for (const address of addresses) seen.add(nameOf(address));
    return addresses.length === 0 ? [] : [{ ...one, addresses }];
  });
}

function draftOf(evidence: Evidence, written: Written, tier: Tier): FindingDraft {
  const { way, addresses } = written;
  return {
    tier,
    certainty: "dynamic",
    message: `\`${holderName(way)}\` now has ${whatItHas(written)}`,
    locations: [atCode(way, "has the address"), ...waysIn(evidence.waysTo(way.function))],
    builds: everywhere,
    ...valuesOf(addresses),
    about: addresses.map(hostOf),
  };
}

/** Of several the first that is in the place of another is told. */
function whatItHas(written: Written): string {
  const { addresses, gone } = written;
  const byPath = new Map(gone.toReversed().map((one) => [pathOf(one), one]));
  for (const one of addresses) {
    const instead = imitatedBy(one, written) ?? byPath.get(pathOf(one));
    if (instead === undefined) continue;
    return gone.includes(instead)
      ? `${shown(one)} where it had ${shown(instead)}`
      : `${shown(one)}, and no code has ${shown(instead)} any more`;
  }
  return `an address that the module did not know, and no call is seen to connect to it: ${addressWords(addresses)}`;
}

/** What was there, or elsewhere in the module, and is not any more, for which an address may be taken. */
function imitatedBy(address: string, { gone, goneElsewhere }: Written): string | undefined {
  return imitated(address, gone) ?? imitated(address, goneElsewhere);
}

function reachesNetwork({ had, changes }: Evidence): boolean {
  return (
    had("NETWORK") ||
    changes.some(
      (one) => one.kind === "capability" && one.change === "added" && one.capability.startsWith("NETWORK"),
    )
  );
}

/** The hosts of what calls are newly given that reach out: other rules tell of these. */
function hostsOfCalls({ changes }: Evidence): readonly string[] {
  return changes.flatMap((one) =>
    one.kind === "call-site" && one.change !== "removed" && one.capabilities.some((each) => out.test(each))
      ? one.arguments.flatMap(allValues).map(nameOf)
      : [],
  );
}

const out = /^(?:NETWORK|EXEC)/u;

/** The hosts of which another rule tells that a call goes there rather than where they may be taken for. */
function imitationsOfCalls(evidence: Evidence): readonly string[] {
  return newDestinations(evidence).flatMap(({ tier, values = [] }) =>
    tier === "review" ? values.map(nameOf) : [],
  );
}

/** Addresses that a function or a package variable has with hosts that the old version has nowhere, and those that it has no more. */
interface Written {
  readonly way: Way;
  readonly addresses: readonly string[];
  readonly gone: readonly string[];
  /** Those that no code of the module has any more. */
  readonly goneElsewhere: readonly string[];
}

function writtenIn(evidence: Evidence): readonly Written[] {
  const all = [
    ...evidence.newTexts().map((way) => ({
      way,
      addresses: way.texts.filter(isWhole),
      gone: way.gone.filter(isWhole),
    })),
    ...evidence.changedFunctions().map((way) => ({ way, addresses: hostsSet(way), gone: [] })),
  ];
  const goneElsewhere = evidence.goneTexts().filter(isWhole);
  return all.map((one) => ({
    ...one,
    goneElsewhere,
    addresses: newAddresses(evidence, one.addresses).filter((each) => !evidence.hadTextWith(nameOf(each))),
  }));
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

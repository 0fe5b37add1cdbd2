import type { Argument, Evidence, FindingDraft, OldUse, Rule } from "@capdiff/analyzer";
import { isUrl, newAddresses } from "./addresses.ts";
import { credentialsOfMachine, type Destination, destinationOf } from "./destinations.ts";
import { atCall, atCode, everywhere, holderName, ownName, waysIn } from "./places.ts";
import { allValues, shown } from "./shell-line.ts";

export const oddDestination: Rule = {
  id: "odd-destination",
  title: "The code connects to a raw address or a drop",
  tier: "block",
  seen: "A new or changed argument of a call that reaches the network is a raw public address with a port, or a host that lets anybody receive or serve something without being known: a bin for requests, a paste site, a bot of a messenger, a tunnel; or what gives out the credentials of a cloud's machine. A well-known public resolver at its port informs. So is such an address with a scheme or a port that is new in code, whatever gets it, for review. It blocks in a function that callers know, or when the program starts, where the module did not reach the network before.",
  why: "Libraries connect to where their user says. An address of somebody's own, written into the code, is a destination for what is stolen, or a source of what is run.",
  benign: [
    "clients of just these services",
    "examples and tests",
    "addresses of well-known public resolvers",
  ],
  references: [
    "golang-random-ip-ssh-bruteforce: posts to a bot of a messenger (public reports, August 2025)",
    "bpoorman/uuid: posts to a paste site (public reports, December 2025)",
  ],
  *find(evidence) {
    const { changes, mode } = evidence;
    for (const change of changes) {
      if (change.kind !== "call-site" || (change.change !== "added" && change.change !== "changed")) continue;
      if (!reaches(change)) continue;
      const before = new Set((change.oldArguments ?? []).flatMap(allValues));
      for (const argument of change.arguments) {
        const value = allValues(argument).find((one) => !before.has(one) && oddIn(one) !== undefined);
        const found = value === undefined ? undefined : oddIn(value);
        if (value === undefined || found === undefined) continue;
        const wasKnown = evidence.oldUses
          .filter(reaches)
          .some(({ values }) => values.some((one) => oddIn(one)?.host === found.host));
        yield {
          tier:
            wasKnown || publicResolver.test(value) || isHandedByAside(evidence, argument, value)
              ? "inform"
              : tierOf(evidence, change.function),
          certainty: "static",
          message: `\`${ownName(change.function)}\` ${mode === "single" ? "" : "now "}connects to ${found.what}: ${shown(value)}`,
          locations: [atCall(change), ...waysIn(evidence.waysTo(change.function))],
          builds: change.builds,
          values: [value],
          about: [change.terminal.name, found.host],
        };
      }
    }
    yield* inCode(evidence);
  },
};

/** Code that hands the address on, to be connected to somewhere else; calls are told by what they are given. */
function* inCode(evidence: Evidence): Iterable<FindingDraft> {
  const hostsOf = (values: readonly string[]) => values.flatMap((one) => oddIn(one)?.host ?? []);
  const told = new Set([
    ...evidence.changes.flatMap((one) =>
      one.kind === "call-site" ? hostsOf(one.arguments.flatMap(allValues)) : [],
    ),
    ...evidence.oldUses.flatMap(({ values }) => hostsOf(values)),
  ]);
  for (const holder of evidence.newTexts()) {
    for (const text of newAddresses(evidence, holder.texts.filter(isWholeAddress))) {
      const found = oddIn(text);
      if (found === undefined || told.has(found.host) || publicResolver.test(text)) continue;
      told.add(found.host);
      yield {
        tier: "review",
        certainty: "static",
        message: `\`${holderName(holder)}\` now has ${found.what} in its code: ${shown(text)}`,
        locations: [atCode(holder, "has it"), ...waysIn(evidence.waysTo(holder.function))],
        builds: everywhere,
        values: [text],
        about: [found.host],
      };
    }
  }
}

function oddIn(address: string): Destination | undefined {
  return destinationOf(address) ?? credentialsOfMachine(address);
}

function isWholeAddress(text: string): boolean {
  return isUrl(text) || /^\S+:\d+$/u.test(text);
}

/** Resolvers that anybody may ask, at their ports: Cloudflare's, Google's, Quad9's, OpenDNS'. */
const publicResolver =
  /^(?:\w+:\/\/)?(?:1\.(?:1\.1|0\.0)\.1|8\.8\.(?:8\.8|4\.4)|9\.9\.9\.9|149\.112\.112\.112|208\.67\.22[02]\.22[02]|\[2606:4700:4700::1(?:111|001)\]|\[2001:4860:4860::88(?:88|44)\]):(?:53|853)$/u;

/** It is handed on from an example or test, which names it alone. */
function isHandedByAside(
  { isAsideText }: Evidence,
  { folded, others = [] }: Argument,
  value: string,
): boolean {
  const found = [folded, ...others].find((one) => one?.value === value);
  return found?.by.length === 0 && isAsideText(value);
}

function reaches({ capabilities }: Pick<OldUse, "capabilities">): boolean {
  return capabilities.some((one) => one.startsWith("NETWORK") || one.startsWith("EXEC"));
}

function tierOf({ mode, had, waysTo }: Evidence, fn: string) {
  if (mode === "single") return "inform";
  const { atStart, existing } = waysTo(fn);
  return !had("NETWORK") && (atStart.length > 0 || existing.length > 0) ? "block" : "review";
}

import type { Argument, Evidence, OldUse, Rule } from "@capdiff/analyzer";
import { credentialsOfMachine, type Destination, destinationOf, isPublicResolver } from "./destinations.ts";
import { atCall, ownName, waysIn } from "./places.ts";
import { allValues, shown } from "./shell-line.ts";

export const oddDestination: Rule = {
  id: "odd-destination",
  title: "The code connects to a raw address or a drop",
  tier: "block",
  seen: "A new or changed argument of a call that reaches the network is a raw public address with a port, or a host that lets anybody receive or serve something without being known: a bin for requests, a paste site, a bot of a messenger, a tunnel; or what gives out the credentials of a cloud's machine, in a module that asked there for nothing. A well-known public resolver at its port informs. It blocks in a function that callers know, or when the program starts, where the module did not reach the network before.",
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
        const wasKnown =
          isOfClient(evidence, value) ||
          evidence.oldUses
            .filter(reaches)
            .some(({ values }) => values.some((one) => oddIn(one)?.host === found.host));
        yield {
          tier:
            wasKnown || isPublicResolver(value) || isHandedByAside(evidence, argument, value)
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
  },
};

function oddIn(address: string): Destination | undefined {
  return destinationOf(address) ?? credentialsOfMachine(address);
}

/** A client of a cloud that asked the same service for other things asks for credentials. */
function isOfClient({ hadTextWith }: Evidence, address: string): boolean {
  const found = credentialsOfMachine(address);
  return found !== undefined && hadTextWith(found.host);
}

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

/** Addresses that functions connect to, as far as they are known. */
import type { Evidence, Flow, FlowStep, Witness } from "@capdiff/analyzer";
import { type Destination, destinationOf } from "./destinations.ts";
import { isOfTheMachine } from "./given-destinations.ts";
import { shown } from "./shell-line.ts";

/** A URL of a scheme that connects to a host. */
export const withScheme = /^(?:https?|wss?|ftp|tcp|udp):\/\/[^\s/?#]/iu;
const host = /^(?:\[[0-9a-f:]+\]|[a-z0-9_-]+(?:\.[a-z0-9_-]+)+)(?::\w+)?$/iu;

/** What is called with a host alone. */
const takesHost = /(?:^|\.)(?:Dial|Lookup|Listen|Connect|Resolve|SendMail)\w*$/u;

/** Addresses that calls in some functions are given, those of the first function first, each once. `terminal`: of its calls alone. */
export function addressesIn(
  { valuesIn }: Pick<Evidence, "valuesIn">,
  functions: Iterable<string>,
  terminal?: string,
): readonly string[] {
  const found = new Set<string>();
  for (const fn of functions)
    for (const { name, value } of valuesIn(fn))
      if ((terminal === undefined || name === terminal) && isAddress(name, value)) found.add(value);
  return [...found];
}

/** What stands behind the host of an address. */
export function pathOf(address: string): string {
  return /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*(.*)$/isu.exec(address)?.[1] ?? "";
}

/** Whether a call of that name connects to the value. */
export function isAddress(name: string, value: string): boolean {
  return withScheme.test(value) || (takesHost.test(name) && host.test(value));
}

/** Addresses that what a path ends in is given. */
export function addressesAtEnd(evidence: Evidence, { steps, terminal }: Witness): readonly string[] {
  return addressesIn(evidence, [steps.at(-1)?.function ?? ""], terminal.name);
}

/**
 * Addresses along a flow, where it ends first: what calls are given, or else what is written in the code. Of other modules only
 * the one that it ends in counts: those that it passes have addresses in messages.
 */
export function addressesAlong(evidence: Evidence, flow: Flow): readonly string[] {
  const isHere = ({ module }: FlowPlace) => module === undefined || module === flow.sink.module;
  const functions = functionsOf(flow, isHere);
  const given = addressesIn(evidence, functions);
  if (given.length > 0) return given;
  return [...new Set(functions.flatMap(evidence.textsIn))].filter((text) => withScheme.test(text));
}

/** A raw address, or a place of somebody unknown, that is named along a flow. */
export function dropAlong(evidence: Evidence, flow: Flow): Destination | undefined {
  const functions = functionsOf(flow);
  return [...addressesIn(evidence, functions), ...functions.flatMap(evidence.textsIn)]
    .filter((text) => !evidence.isAsideText(text))
    .map(destinationOf)
    .find((one) => one !== undefined);
}

type FlowPlace = Pick<FlowStep, "function" | "module">;

/** The functions of a flow, where it ends first, each once. */
function functionsOf(
  { source, sink, steps }: Flow,
  isWanted: (place: FlowPlace) => boolean = () => true,
): readonly string[] {
  const places: readonly FlowPlace[] = [sink, ...steps.toReversed(), source];
  return [...new Set(places.filter(isWanted).map((place) => place.function))];
}

/**
 * Those of the addresses whose host the old version did not know: neither its code has it, nor was a call of it given it. What
 * examples and tests alone name, and the machine itself, are no places where anything goes.
 */
export function newAddresses(
  { oldUses, hadText, isAsideText }: Evidence,
  addresses: readonly string[],
): readonly string[] {
  const known = new Set(oldUses.flatMap(({ values }) => values.map(hostOf)));
  return addresses.filter((one) => {
    const host = hostOf(one);
    return !known.has(host) && ![one, host].some(hadText) && !isAsideText(one) && !isOfTheMachine(one);
  });
}

/** The same of addresses along a flow. */
export function newAddressesAlong(evidence: Evidence, flow: Flow): readonly string[] {
  return newAddresses(evidence, addressesAlong(evidence, flow));
}

/** The host of an address, with its port, in lower case. */
export function hostOf(address: string): string {
  return (/^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^@/\s]*@)?([^/?#\s]*)/iu.exec(address)?.[1] ?? "").toLowerCase();
}

/** Whether something is known of the host of an address that the network at large may have: not of one word without a dot. */
export function hasKnownHost(address: string): boolean {
  const host = hostOf(address);
  return /[^\u2026:]/u.test(host) && !/^[a-z][a-z-]*(?::\d+)?$/u.test(host);
}

/** Addresses in a sentence: `A or B`; empty if there are none. */
export function addressWords(addresses: readonly string[]): string {
  const [first, second] = addresses.map(shown);
  if (first === undefined || second === undefined) return first ?? "";
  const rest = addresses.length - 2;
  return rest > 0 ? `${first}, ${second} or ${rest} more` : `${first} or ${second}`;
}

/** What is connected to, behind a verb: ` to A or B`; empty if that is not known. */
export function toWords(addresses: readonly string[]): string {
  return addresses.length === 0 ? "" : ` to ${addressWords(addresses)}`;
}

/** As findings have them: none if there are none. */
export function valuesOf(addresses: readonly string[]): { readonly values?: readonly string[] } {
  return addresses.length === 0 ? {} : { values: addresses.slice(0, mostValues) };
}

const mostValues = 8;

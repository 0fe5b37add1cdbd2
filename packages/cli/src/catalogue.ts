import { type Capability, coarse } from "@capdiff/analyzer";

/** What is known about a capability, for people. */
export interface CapabilityInfo {
  /** What code with it can do, as a few words: `run other programs`. */
  readonly title: string;
  readonly explanation: string;
  /** The name that Capslock knows it by. */
  readonly capslock: string;
  /** How telling it is: the larger, the earlier it is shown. */
  readonly weight: number;
}

export type Catalogue = Readonly<Record<string, CapabilityInfo>>;

/** What is known about `capability`, or about its first part; nothing for names of a user's map. */
export function infoOf(catalogue: Catalogue, capability: Capability): CapabilityInfo | undefined {
  return own(catalogue, capability) ?? own(catalogue, coarse(capability));
}

/** The name that Capslock has for it: its own for what is not in the catalogue. */
export function capslockName(catalogue: Catalogue, capability: Capability): string {
  return own(catalogue, capability)?.capslock ?? capability;
}

/** Every name that may be asked for: those of the catalogue and their first parts, sorted. */
export function capabilityNames(catalogue: Catalogue): readonly string[] {
  const names = Object.keys(catalogue);
  return [...new Set([...names, ...names.map(coarse)])].sort();
}

/** Orders capabilities: the most telling first, then by name. */
export function compareCapabilities(catalogue: Catalogue): (a: Capability, b: Capability) => number {
  const weight = (capability: Capability) => infoOf(catalogue, capability)?.weight ?? 0;
  return (a, b) => weight(b) - weight(a) || (a === b ? 0 : a < b ? -1 : 1);
}

function own(catalogue: Catalogue, name: string): CapabilityInfo | undefined {
  return Object.hasOwn(catalogue, name) ? catalogue[name] : undefined;
}

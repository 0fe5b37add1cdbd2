/** All that a command touches of the world, so that a test can hand in its own. */
import type { Writable } from "node:stream";
import type { CapabilityMap, Rule } from "@capdiff/analyzer";
import type { Catalogue } from "./catalogue.ts";
import type { Engine } from "./engine.ts";

export interface Environment {
  readonly stdout: TextStream;
  readonly stderr: TextStream;
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** The version of this program. */
  readonly version: string;
  readonly loadCatalogue: () => Promise<Catalogue>;
  /** The names that bring a capability, or one of its kind, as the built-in map has them. */
  readonly namesBringing: (capability: string) => Promise<readonly string[]>;
  /** What makes findings of changes, the gravest first. */
  readonly loadRules: () => Promise<readonly Rule[]>;
  /** An engine with a map, or with the built-in one. */
  readonly loadEngine: (capabilityMap?: CapabilityMap) => Promise<Engine>;
}

/** A stream, and what is known about it when it is a terminal. */
export type TextStream = Writable & { readonly isTTY?: boolean; readonly columns?: number };

/**
 * Whether to colour what goes to `stream`: FORCE_COLOR says yes (or no, when `0` or
 * `false`), else NO_COLOR or a dumb terminal says no, else whether it is a terminal.
 */
export function wantsColour(stream: TextStream, variables: Environment["variables"]): boolean {
  const { FORCE_COLOR: force = "", NO_COLOR: no = "", TERM: terminal } = variables;
  if (force !== "") return force !== "0" && force !== "false";
  if (no !== "" || terminal === "dumb") return false;
  return stream.isTTY === true;
}

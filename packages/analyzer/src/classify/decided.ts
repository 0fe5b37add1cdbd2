/**
 * Functions of a program that the map decides. Such a function is where the search stops:
 * what its body does, and whom it calls, counts for nothing.
 */
import type { Capability } from "../model/capability.ts";
import type { CapabilityMap } from "../model/capability-map.ts";
import type { PackageFacts } from "../model/facts.ts";
import { nameInPackage } from "../model/function-id.ts";

/** What the map decides of a function of a package of the program; undefined if its body tells. */
export function decisionOf(
  map: CapabilityMap,
  { path, module }: Pick<PackageFacts, "path" | "module">,
  { id, numbered }: { readonly id: string; readonly numbered?: string | undefined },
): readonly Capability[] | undefined {
  const ask = module === undefined ? map.statedDecision : map.decision;
  const stated = numbered === undefined ? undefined : nameInPackage(path, numbered);
  return ask(path, stated !== undefined && map.isNamed(path, stated) ? stated : nameInPackage(path, id));
}

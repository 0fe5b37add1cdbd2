import type { UseFacts } from "../model/facts.ts";
import { listsOf } from "../model/flow-facts.ts";
import type { LinkedFunction } from "./edge.ts";

/** The uses by which functions start goroutines: those of `go` statements. */
export function goUses(functions: readonly LinkedFunction[]): ReadonlySet<UseFacts> {
  const uses = new Set<UseFacts>();
  for (const { facts } of functions) {
    for (const { calls = none } of listsOf(facts.flows))
      for (const [index, , , , , , details] of calls) {
        const use = facts.uses[index];
        if (details?.how === "go" && use !== undefined) uses.add(use);
      }
  }
  return uses;
}

const none: readonly never[] = [];

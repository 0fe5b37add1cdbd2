/**
 * Functions that a function names in other ways than by calls that flows tell of: whoever names them may run
 * them, also where flows miss what becomes of the value.
 */
import type { FunctionFacts, Target } from "../../model/facts.ts";
import type { Declarations } from "../declarations.ts";
import { linknameUse } from "../linknames.ts";
import { namedFunctions } from "../named-functions.ts";
import type { GraphParts } from "./graph.ts";
import type { Instances } from "./instances.ts";

interface Makers {
  readonly parts: GraphParts;
  readonly instances: Instances;
}

/** Makes instances of them, with type parameters that stand for themselves. */
export function addNamedFunctions({ parts: { declared }, instances }: Makers, fn: number): void {
  const { facts, linknames } = declared.functions[fn] ?? {};
  if (facts === undefined || linknames === undefined) return;
  const told = toldCalls(facts);
  facts.uses.forEach(({ target }, index) => {
    if (!told.has(index)) add(target);
  });
  for (const linkname of linknames) {
    const use = linknameUse(facts, linkname);
    if (use !== undefined) add(use.target);
  }
  if (facts.bodiless)
    for (const place of declared.pushed(facts.id)) instances.generic(rootOf(declared, place));

  function add(target: Target): void {
    if (target.kind === "qualified" && declared.isBodiless(target.package)) return;
    for (const place of namedFunctions(declared, target)) {
      const root = rootOf(declared, place);
      // A closure comes with what it is in.
      if (root === place) instances.generic(root);
    }
  }
}

function rootOf({ functions }: Declarations, place: number): number {
  return functions[place]?.root ?? place;
}

/** Places in the uses of the calls that flows tell of. */
function toldCalls({ flows }: FunctionFacts): ReadonlySet<number> {
  const told = new Set<number>();
  for (const lists of flows === undefined ? [] : [flows, ...(flows.variants ?? [])])
    for (const [use] of lists.calls ?? []) told.add(use);
  return told;
}

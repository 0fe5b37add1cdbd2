/**
 * Functions that a function names in other ways than by calls that flows tell of: whoever names them may run
 * them, also where flows miss what becomes of the value.
 */
import type { FunctionFacts, Target } from "../../model/facts.ts";
import { listsOf } from "../../model/flow-facts.ts";
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
  const named = declared.functions[fn];
  if (named === undefined) return;
  const { facts, linknames } = named;
  const told = toldCalls(facts);
  facts.uses.forEach(({ target }, index) => {
    if (told[index] !== true) add(target);
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

/** For each use whether it is a call that flows tell of. */
function toldCalls({ flows, uses }: FunctionFacts): readonly boolean[] {
  const told = uses.map(() => false);
  for (const { calls = none } of listsOf(flows)) for (const call of calls) told[call[0]] = true;
  return told;
}

const none: readonly never[] = [];

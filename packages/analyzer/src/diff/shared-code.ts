import type { Program } from "../link/program.ts";

/** Code of fewer tokens is too ordinary to tell anything. */
const tellingSize = 20;

/** How much of the code of `fresh` is in `old` too: the share of its functions, 0 to 1, names left out of account. */
export function sharedCode(old: Program, fresh: Program): number {
  const known = new Set(ownPrints(old));
  const all = ownPrints(fresh);
  return all.length === 0 ? 0 : all.filter((print) => known.has(print)).length / all.length;
}

function ownPrints({ functions }: Program): string[] {
  return functions.flatMap(({ pkg, facts }) =>
    pkg.module === undefined && facts.kind !== "closure" && facts.size >= tellingSize
      ? [facts.fingerprint]
      : [],
  );
}

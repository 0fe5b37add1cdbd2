import type { CapabilityRow } from "@capdiff/analyzer";
import { type Catalogue, capslockName } from "../catalogue.ts";

/**
 * The rows with Capslock's names: of those that are one to it, the best proved, in the place of the
 * first. Files that are in no build are left out, since it does not read them.
 */
export function coarseRows(rows: readonly CapabilityRow[], catalogue: Catalogue): readonly CapabilityRow[] {
  const best = new Map<string, CapabilityRow>();
  for (const row of rows) {
    if (row.apart === true) continue;
    const capability = capslockName(catalogue, row.capability);
    const key = JSON.stringify([row.input, row.package, row.function ?? "", capability]);
    const known = best.get(key);
    if (known === undefined || doubt(row) < doubt(known)) best.set(key, { ...row, capability });
  }
  return [...best.values()];
}

/** Static before dynamic, then what stays in the package. */
function doubt({ certainty, kind }: CapabilityRow): number {
  return (certainty === "static" ? 0 : 2) + (kind === "direct" ? 0 : 1);
}

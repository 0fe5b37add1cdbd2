/** Texts that are put together. */

import { withHoles } from "./lifted.ts";
import { type Machine, step } from "./machine.ts";
import { combined, cut, type Text, text, unknown, type Value } from "./values.ts";

/** The texts one after the other, with holes for those that are not known. */
export function sumOf(machine: Machine, values: readonly Value[], operation: number): Value {
  return withHoles(values, (...known) => {
    const parts = known.filter((one): one is Text => one.kind === "text");
    const length = parts.reduce((total, part) => total + part.text.length, 0);
    step(machine, length >> 6);
    if (parts.length < known.length) return unknown;
    if (length > machine.limits.size) return cut;
    const full = parts.filter((part) => part.text !== "");
    const [only] = full;
    if (only !== undefined && full.length === 1) return only;
    const pieces = full.reduce((total, { origin }) => total + origin.pieces, 0);
    const all = combined(
      full.map(({ origin }) => origin),
      operation,
    );
    return text(full.map((part) => part.text).join(""), { by: all.by, pieces });
  });
}

import type { Witness } from "@capdiff/analyzer";

/** A call that may run more functions than so many tells nothing of one of them. */
const fewCallees = 2;

/** Whether a path holds by names, but for calls that may run hardly anything else. */
export function isNearlySure({ steps }: Witness): boolean {
  return steps.every(
    ({ callees = 1, use, handedTo }) =>
      callees <= fewCallees && use !== "reference" && handedTo === undefined,
  );
}

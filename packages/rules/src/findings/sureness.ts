import type { Flow, Witness } from "@capdiff/analyzer";

/** A call that may run more functions than so many tells nothing of one of them. */
const fewCallees = 2;

/** Whether a path holds by names, but for calls that may run hardly anything else. */
export function isNearlySure({ steps }: Witness): boolean {
  return steps.every(
    ({ callees = 1, use, handedTo }) =>
      callees <= fewCallees && use !== "reference" && handedTo === undefined,
  );
}

/** Whether a flow passes no field or package variable, where somebody else's data may be too: calls may be dynamic. */
export function isNearlySureFlow({ certainty, steps }: Flow): boolean {
  return certainty === "static" || steps.every(({ how }) => how === "call" || how === "return");
}

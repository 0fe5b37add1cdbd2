import type { BuildSet, Diagram } from "./diagram.ts";

/** Not there yet. */
export function expressionOf(diagram: Diagram, set: BuildSet): string {
  return set === diagram.all ? "" : "ignore";
}

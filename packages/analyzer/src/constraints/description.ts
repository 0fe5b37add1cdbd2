import type { BuildSet, Diagram } from "./diagram.ts";

/** Not there yet. */
export function describe(diagram: Diagram, set: BuildSet): string {
  return set === diagram.all ? "all builds" : "some builds";
}

import type { Step, Witness } from "@capdiff/analyzer";
import { dim, type TextLine, table } from "./style.ts";
import { functionName, place } from "./words.ts";

/** Steps shown of a long path unless all are asked for: the first and the last ones. */
const shown = { first: 2, last: 2 } as const;

/** The steps of a path, a line each: where, in which function, the source line. */
export function witnessLines(steps: readonly Step[], home: string, verbose: boolean): readonly TextLine[] {
  const left = steps.length - shown.first - shown.last;
  if (verbose || left <= 1) return table(steps.map((step) => stepCells(step, home)));
  const first = steps.slice(0, shown.first).map((step) => stepCells(step, home));
  const last = steps.slice(-shown.last).map((step) => stepCells(step, home));
  return table([...first, [dim(`… ${left} more calls`)], ...last]);
}

function stepCells(step: Step, home: string): TextLine {
  return [dim(place(step.site)), functionName(step.function, home), step.source];
}

/** The step that uses the terminal itself. */
export function lastStep(witness: Witness): Step | undefined {
  return witness.steps.at(-1);
}

/**
 * The text for a person: grouped, the most telling first, a summary last. It names a
 * few and counts the rest, unless all is asked for.
 */
import type { Report } from "@capdiff/analyzer";
import type { RenderOptions } from "../render.ts";
import { bumpLines } from "./bumps.ts";
import { capabilityLines } from "./capabilities.ts";
import { flowLines } from "./changes/flows.ts";
import { gainLines } from "./changes/gains.ts";
import { lossLines } from "./changes/losses.ts";
import { moveLines, surroundingLines } from "./changes/surroundings.ts";
import { diagnosticLines } from "./diagnostics.ts";
import { findingLines } from "./findings.ts";
import { headerLines } from "./header.ts";
import { renderLine, type TextLine } from "./style.ts";
import { summaryLine } from "./summary.ts";

export function* renderText(report: Report, options: RenderOptions): Generator<string> {
  for (const line of lines(report, options)) yield renderLine(line, options.colour);
}

function* lines(report: Report, options: RenderOptions): Generator<TextLine> {
  if (!options.quiet) {
    yield* headerLines(report, options);
    yield* findingLines(report, options);
    yield* capabilityLines(report, options);
    yield* flowLines(report, options);
    yield* gainLines(report, options);
    yield* surroundingLines(report, options);
    yield* bumpLines(report, options);
    yield* lossLines(report, options);
    yield* moveLines(report, options);
    yield* diagnosticLines(report, options);
    yield [];
  }
  yield summaryLine(report, options.catalogue);
}

/** Flows of data as lines. */
import type { Flow, ModuleAnalysis } from "@capdiff/analyzer";
import { line, type Shorten, shortener } from "./words.ts";

/** All flows of a module, in the order of the analyzer. */
export function dataLines(analysis: ModuleAnalysis): string[] {
  const short = shortener(analysis.source.modulePath);
  const { flows, diagnostics } = analysis.flows();
  return [
    ...flows.map((flow) => flowLine(flow, short)),
    ...diagnostics.map(({ code, incomplete }) => line(["diagnostic", code], [incomplete && "incomplete"])),
  ];
}

/** A flow; `sign` of a diff, with what else it says. */
export function flowLine(
  { source, sink, steps, certainty, builds }: Flow,
  short: Shorten,
  { sign, existing }: { readonly sign?: string; readonly existing?: boolean } = {},
): string {
  const from = [source.kind, short(source.name), "in", short(source.function)];
  const to = [sink.kind, short(sink.name), "in", short(sink.function)];
  const via = steps.map(({ how, name }) => `${how} ${short(name)}`).join(", ");
  return line(
    [...(sign === undefined ? [] : [sign]), "data", ...from, "->", ...to],
    [
      certainty,
      existing === true && "existing",
      sink.argument !== undefined && `argument ${sink.argument}`,
      via !== "" && `via ${via}`,
      builds.words,
    ],
  );
}

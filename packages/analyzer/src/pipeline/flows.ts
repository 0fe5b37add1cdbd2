/** Flows of data with their source lines, and as lines of text: an aid for debugging and research. */
import type { Flow, FlowEnd } from "../model/flow.ts";
import type { Position } from "../model/position.ts";
import type { Site } from "../model/report.ts";
import type { ModuleAnalysis } from "./module-analysis.ts";
import { fillSourceLines, type ShownLine } from "./source-lines.ts";

/** The flows of a module, sorted by where they end. Reads the files of their sites again. */
export async function moduleFlows(analysis: ModuleAnalysis): Promise<readonly Flow[]> {
  const { flows } = analysis.flows();
  await fillSourceLines(
    analysis.shownFiles,
    flows.flatMap(({ source, sink, steps }) =>
      [source.site, ...steps.map(({ site }) => site), sink.site].map(shownSite),
    ),
  );
  return flows;
}

/** A site whose source line may still be filled in. */
export function shownSite(site: Site): ShownLine {
  return {
    site: site.position,
    get source() {
      return site.source;
    },
    set source(text) {
      (site as { source: string }).source = text;
    },
  };
}

/**
 * A line for each flow: what it comes from, what is done with it, certainty, builds, and the steps between, with tabs
 * between these; then what could not be followed.
 */
export function flowLines(analysis: ModuleAnalysis): string[] {
  const { flows, diagnostics } = analysis.flows();
  return [
    ...flows.map(({ source, sink, steps, certainty, builds }) =>
      [
        `${source.kind} ${endText(source)}`,
        `${sink.kind} ${endText(sink)}${sink.argument === undefined ? "" : ` argument ${sink.argument}`}`,
        certainty,
        builds.words,
        ...steps.map(({ how, name, site }) => `${how} ${name} ${place(site.position)}`),
      ].join("\t"),
    ),
    ...diagnostics.map(({ code, message }) => `${code}\t${message}`),
  ];
}

function endText({ name, function: fn, site }: FlowEnd): string {
  return `${name} in ${fn} ${place(site.position)}`;
}

function place({ file, line, column }: Position): string {
  return `${file}:${line}:${column}`;
}

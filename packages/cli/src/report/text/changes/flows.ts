/** The text of flows of data that are new: what is read where, what is done with it, and the way between. */
import type { Flow, FlowChange, FlowEnd, Report } from "@capdiff/analyzer";
import type { RenderOptions } from "../../render.ts";
import { bold, dim, indent, red, type Span, type TextLine, table, yellow } from "../style.ts";
import { count, functionName, onlyIn, place, sinkWords, sourceWords } from "../words.ts";

/** Flows that are shown unless all are asked for; and steps of one, the first and the last. */
const most = 5;
const shown = { first: 2, last: 2 } as const;

export function* flowLines(report: Report, { verbose }: RenderOptions): Generator<TextLine> {
  const changes = (report.changes ?? []).filter((change) => change.kind === "flow");
  const added = changes.filter(({ change }) => change === "added");
  if (added.length === 0) return;
  yield [];
  yield [red("+ "), bold("Data flows"), "  what is read now gets to where something is done with it"];
  const told = verbose ? added : added.slice(0, most);
  for (const change of told) yield* indent([...oneFlow(change, verbose)]);
  if (told.length < added.length)
    yield* indent([[dim(`and ${count(added.length - told.length, "more flow")} (--verbose lists them)`)]]);
}

function* oneFlow({ flow, existing }: FlowChange, verbose: boolean): Generator<TextLine> {
  yield [bold(`${sourceWords[flow.source.kind]} → ${sinkWords[flow.sink.kind]}`), ...marks(flow, existing)];
  yield* indent(table(wayCells(flow, verbose)), 4);
}

function marks({ certainty, builds }: Flow, existing: boolean): readonly Span[] {
  return [
    ...(existing ? ["  ", yellow("in a function that was there before")] : []),
    ...onlyIn(builds),
    ...(certainty === "dynamic"
      ? ["  ", yellow("possible: through a field, a variable or a call of a value")]
      : []),
  ];
}

/** The source, the steps, the sink: where, what, the source line. */
function wayCells({ source, sink, steps }: Flow, verbose: boolean): readonly TextLine[] {
  const home = sink.package;
  const cells = steps.map(
    ({ how, name, site }): TextLine => [
      dim(place(site.position)),
      dim(`${how} ${functionName(name, home)}`),
      site.source,
    ],
  );
  const left = cells.length - shown.first - shown.last;
  const kept =
    verbose || left <= 1
      ? cells
      : [...cells.slice(0, shown.first), [dim(`… ${left} more steps`)], ...cells.slice(-shown.last)];
  return [endCells(source, home), ...kept, endCells(sink, home)];
}

function endCells({ name, site }: FlowEnd, home: string): TextLine {
  return [dim(place(site.position)), functionName(name, home), site.source];
}

/**
 * Flows between versions: the same where kinds and names of both ends are, and the function with the sink, as
 * functions match; then where all but the function is, which moved. So neither a rename nor a move gives a change.
 */
import type { Flow } from "../model/flow.ts";
import type { FlowChange } from "../model/report.ts";
import type { Matching } from "./matching.ts";
import { pairByKeys } from "./pairing.ts";
import { relativeName, type Side } from "./side.ts";

interface Sides {
  readonly old: Side;
  readonly new: Side;
  readonly matching: Matching;
}

/** Linear in the flows. */
export function flowChanges({ old, new: fresh, matching }: Sides): FlowChange[] {
  const sides = { old, new: fresh };
  const names = (flow: Flow, side: "old" | "new") => endNames(flow, sides[side]);
  const owner = ({ sink }: Flow, side: "old" | "new"): number | undefined => {
    const [number] = sides[side].program.byId.get(sink.function) ?? [];
    if (sink.module !== undefined || number === undefined) return undefined;
    return matching.toNew.get(side === "new" ? (matching.toOld.get(number) ?? -1) : number);
  };
  const dependency = ({ sink: { module, function: fn } }: Flow) => (module === undefined ? undefined : fn);
  const argument = ({ sink }: Flow) => sink.argument ?? "";
  const inside = (flow: Flow, side: "old" | "new") => dependency(flow) ?? owner(flow, side);
  const { removed, added } = pairByKeys(old.flows, fresh.flows, [
    (flow, side) => joined([inside(flow, side), names(flow, side), argument(flow)]),
    (flow, side) => joined([inside(flow, side), names(flow, side)]),
    names,
  ]);
  const change = (flow: Flow, sort: FlowChange["change"]): FlowChange => ({
    kind: "flow",
    change: sort,
    flow,
    existing: owner(flow, sort === "added" ? "new" : "old") !== undefined,
  });
  return [...added.map((flow) => change(flow, "added")), ...removed.map((flow) => change(flow, "removed"))];
}

function endNames({ source, sink }: Flow, side: Side): string {
  return [source.kind, relativeName(side, source.name), sink.kind, relativeName(side, sink.name)].join(" ");
}

function joined(parts: readonly (string | number | undefined)[]): string | undefined {
  return parts.includes(undefined) ? undefined : parts.join(" ");
}

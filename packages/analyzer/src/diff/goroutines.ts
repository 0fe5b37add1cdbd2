/** Goroutines that are started, by (function that starts them, what runs in them). */
import type { Edge, LinkedFunction } from "../link/edge.ts";
import { goUses } from "../link/go-statements.ts";
import type { Capability } from "../model/capability.ts";
import { compareText } from "../model/position.ts";
import type { GoroutineChange } from "../model/report.ts";
import { reportBuilds } from "../reach/entry-points.ts";
import { siteIn } from "../reach/witness.ts";
import type { Matching } from "./matching.ts";
import { pairByKeys } from "./pairing.ts";
import { relativeName, type Side } from "./side.ts";

interface Sides {
  readonly old: Side;
  readonly new: Side;
  readonly matching: Matching;
}

/** One that only moved to another function is no change. Linear in the program. */
export function goroutineChanges(sides: Sides): GoroutineChange[] {
  const { old, new: fresh, matching } = sides;
  /** One number for all functions of both sides that are counterparts of each other: variants share one. */
  const counterpart = (fn: number, side: "old" | "new"): number | undefined => {
    const ofOld = side === "old" ? fn : matching.toOld.get(fn);
    const ofNew = ofOld === undefined ? undefined : matching.toNew.get(ofOld);
    return (ofNew === undefined ? undefined : matching.toOld.get(ofNew)) ?? ofOld;
  };
  const callee = ({ to }: Edge, side: "old" | "new") => {
    const id = sides[side].program.functions[to]?.facts.id ?? "";
    return counterpart(to, side)?.toString() ?? relativeName(sides[side], id);
  };
  const within = ({ from }: Edge, side: "old" | "new") => counterpart(from, side)?.toString();
  const place = (edge: Edge, side: "old" | "new") => {
    const owner = within(edge, side);
    return owner === undefined ? undefined : `${owner} ${callee(edge, side)}`;
  };
  const { removed, added } = pairByKeys(goroutines(old), goroutines(fresh), [place, callee, within]);
  return [
    ...added.map((edge) => describe(fresh, { edge, change: "added", counterparts: matching.toOld })),
    ...removed.map((edge) => describe(old, { edge, change: "removed", counterparts: matching.toNew })),
  ];
}

/** The edges of `go` statements in the module's own functions. */
function goroutines({ program }: Side): Edge[] {
  const started = goUses(program.functions.filter(isOwn));
  return program.edges.filter(({ use, to }) => started.has(use) && isOwn(program.functions[to]));
}

function isOwn(fn: LinkedFunction | undefined): boolean {
  return fn !== undefined && fn.pkg.module === undefined;
}

interface Described {
  readonly edge: Edge;
  readonly change: "added" | "removed";
  readonly counterparts: ReadonlyMap<number, number>;
}

function describe(side: Side, { edge, change, counterparts }: Described): GoroutineChange {
  const { program } = side;
  // Edges carry numbers of their own program's functions.
  const [from, to] = [program.functions[edge.from], program.functions[edge.to]] as [
    LinkedFunction,
    LinkedFunction,
  ];
  return {
    kind: "goroutine",
    change,
    package: from.pkg.path,
    function: from.facts.id,
    callee: to.facts.id,
    capabilities: surely(side, edge.to),
    waits: waits(side, edge.to),
    existing: counterparts.has(edge.from),
    builds: reportBuilds(program.builds, edge.builds),
    site: { position: siteIn(from, edge.use), source: "" },
  };
}

/** What a function reaches along names alone, sorted. */
function surely({ reach }: Side, fn: number): Capability[] {
  return [...(reach[fn] ?? [])]
    .filter(([, { paths }]) => paths.some(({ doubt }) => doubt === 0))
    .map(([capability]) => capability)
    .sort(compareText);
}

const waiting: ReadonlySet<string> = new Set([
  "Sleep",
  "After",
  "AfterFunc",
  "NewTicker",
  "NewTimer",
  "Tick",
]);

/** Whether it, or a function of the module that it calls by name, waits for time to pass. */
function waits({ program }: Side, start: number): boolean {
  const seen = new Set([start]);
  const open = [start];
  for (let fn = open.pop(); fn !== undefined; fn = open.pop()) {
    const found = program.functions[fn];
    if (found === undefined || found.pkg.module !== undefined) continue;
    for (const { target, use } of found.facts.uses) {
      if (
        use === "call" &&
        target.kind === "qualified" &&
        target.package === "time" &&
        waiting.has(target.name)
      )
        return true;
      if (target.kind !== "function" && target.kind !== "qualified") continue;
      const id = target.kind === "function" ? target.id : `${target.package}.${target.name}`;
      for (const callee of program.byId.get(id) ?? []) {
        if (seen.has(callee)) continue;
        seen.add(callee);
        open.push(callee);
      }
    }
  }
  return false;
}

/**
 * Diff: two programs in, the changes between them out, most telling first. Comparing a
 * module with itself gives none; swapping the sides swaps added and removed. Both sides
 * must share one set of builds. Costs about as much as reach.
 */
import type { Capability } from "../model/capability.ts";
import { comparePositions, compareText, type Position } from "../model/position.ts";
import type { Change, EntryPointChange, FunctionChange } from "../model/report.ts";
import { callSiteChanges } from "./call-sites.ts";
import { capabilityChanges } from "./capabilities.ts";
import { directiveChanges } from "./directives.ts";
import { entryPointChanges } from "./entry-points.ts";
import { fileChanges } from "./files.ts";
import { flowChanges } from "./flows.ts";
import { goModChanges } from "./go-mod.ts";
import { goroutineChanges } from "./goroutines.ts";
import { type Matching, matchFunctions } from "./matching.ts";
import { relativePath, type Side } from "./side.ts";

/** The changes, and which functions are the same ones. */
export interface Difference {
  readonly changes: readonly Change[];
  readonly matching: Matching;
}

export function diffSides(old: Side, fresh: Side): Difference {
  const matching = matchFunctions(old, fresh);
  const sides = { old, new: fresh, matching };
  const changes: Change[] = [
    ...capabilityChanges(sides),
    ...entryPointChanges(sides),
    ...callSiteChanges(sides),
    ...goroutineChanges(sides),
    ...flowChanges(sides),
    ...directiveChanges(old, fresh),
    ...fileChanges(old, fresh),
    ...goModChanges(old, fresh),
    ...movedFunctions(sides),
  ];
  return { changes: sortChanges(changes, (capability) => fresh.capabilityMap.weight(capability)), matching };
}

/** The most telling first; `weight` says how telling capabilities are. */
export function sortChanges(
  changes: readonly Change[],
  weight: (capability: Capability) => number,
): Change[] {
  return changes
    .map((change) => ({ change, key: sortKey(change, weight) }))
    .sort(compareKeyed)
    .map((one) => one.change);
}

interface SortKey {
  /** Compared one after the other; smaller first. */
  readonly ranks: readonly number[];
  readonly position: Position;
  readonly text: string;
}

/** The parts of a report, in its order: what code can do now, with what else, what surrounds it; then what is gone. */
const sections = ["gain", "other-arguments", "surroundings", "go-mod", "loss", "move"] as const;

function section({ change, kind }: Change): (typeof sections)[number] {
  if (change === "removed") return "loss";
  if (change === "moved") return "move";
  if (kind === "directive" || kind === "file") return "surroundings";
  if (kind === "go-mod") return "go-mod";
  return change === "added" ? "gain" : "other-arguments";
}

const kindOrder: readonly Change["kind"][] = [
  "call-site",
  "entry-point",
  "capability",
  "flow",
  "goroutine",
  "signal",
  "directive",
  "file",
  "go-mod",
  "function",
];

/** Telling capabilities before others; of one the use itself, then who reaches it; existing functions before new ones. */
function sortKey(change: Change, weight: (capability: Capability) => number): SortKey {
  const part = sections.indexOf(section(change));
  const kind = kindOrder.indexOf(change.kind);
  const sort = change.change === "added" ? 0 : 1;
  switch (change.kind) {
    case "capability":
      return key(
        change.witness.steps[0]?.site,
        [part, -weight(change.capability), kind, change.newToModule ? 0 : 1],
        [change.capability, change.package],
      );
    case "entry-point":
      return key(
        change.entryPoint.position,
        [part, -weight(change.capability), kind, fear(change)],
        [change.capability, change.entryPoint.function],
      );
    case "call-site": {
      const heaviest = Math.max(0, ...change.capabilities.map(weight));
      const words = [change.terminal.name, change.function];
      return key(change.site.position, [part, -heaviest, kind, change.existing ? 0 : 1], words);
    }
    case "directive":
      return key(change.position, [part, 0, kind, sort], [change.directive, change.text]);
    case "file":
      return key({ file: change.name, line: 0, column: 0 }, [part, 0, kind, sort], [change.sha256]);
    case "go-mod":
      return key(undefined, [part, 0, kind, sort], [change.directive, change.subject, change.value ?? ""]);
    case "function":
      return key(change.position, [part, 0, kind, sort], [change.function]);
    case "flow": {
      const { source, sink } = change.flow;
      return key(sink.site.position, [part, 0, kind, sort], [source.kind, source.name, sink.name]);
    }
    case "goroutine": {
      const heaviest = Math.max(0, ...change.capabilities.map(weight));
      return key(change.site.position, [part, -heaviest, kind, sort], [change.function, change.callee]);
    }
    case "signal":
      return key(change.position, [part, 0, kind, sort], [change.signal, change.text]);
    default:
      return change satisfies never;
  }
}

/** What runs unasked is feared most, then what existing callers run into. */
function fear({ entryPoint: { kind }, existing }: EntryPointChange): number {
  if (kind === "init" || kind === "initializer") return 0;
  return existing === false ? 2 : 1;
}

function key(position: Position | undefined, ranks: readonly number[], words: readonly string[]): SortKey {
  return { ranks, position: position ?? { file: "", line: 0, column: 0 }, text: words.join("\n") };
}

function compareKeyed(a: { readonly key: SortKey }, b: { readonly key: SortKey }): number {
  for (let i = 0; i < a.key.ranks.length; i++) {
    const difference = (a.key.ranks[i] ?? 0) - (b.key.ranks[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return comparePositions(a.key.position, b.key.position) || compareText(a.key.text, b.key.text);
}

interface Sides {
  readonly old: Side;
  readonly new: Side;
  readonly matching: Matching;
}

/** Functions and methods that go by another name, receiver or package. */
function movedFunctions({ old, new: fresh, matching }: Sides): FunctionChange[] {
  return matching.pairs.flatMap(([from, to]): FunctionChange[] => {
    const [before, now] = [old.program.functions[from], fresh.program.functions[to]];
    if (before === undefined || now === undefined) return [];
    if (before.facts.kind !== "function" && before.facts.kind !== "method") return [];
    const relative = (side: Side, fn: typeof now) =>
      fn.facts.id.replace(fn.pkg.path, relativePath(side, fn.pkg.path));
    if (relative(old, before) === relative(fresh, now)) return [];
    return [
      {
        kind: "function",
        change: "moved",
        function: now.facts.id,
        oldFunction: before.facts.id,
        position: { file: now.file.name, line: now.facts.line, column: now.facts.column },
        oldPosition: { file: before.file.name, line: before.facts.line, column: before.facts.column },
      },
    ];
  });
}

import type { TerminalUse } from "../classify/terminals.ts";
import { type Difference, diffSides } from "../diff/compare.ts";
import type { Side } from "../diff/side.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Change, Site, Witness } from "../model/report.ts";
import { worstOf } from "../trace/worst.ts";
import { shownSite } from "./flows.ts";
import type { ModuleAnalysis } from "./module-analysis.ts";
import { fillSourceLines, type ShownLine } from "./source-lines.ts";

/**
 * What changed from one module to another, most telling first; empty for equal modules.
 * The analyses must have been made with the same builds. Reads the files of the sites
 * again, for their source lines.
 */
export async function compareModules(old: ModuleAnalysis, fresh: ModuleAnalysis): Promise<Change[]> {
  return [...(await differences(old, fresh)).changes];
}

/** A difference with the sides that it is between. */
export interface Differences extends Difference {
  readonly before: Side;
  readonly side: Side;
  /** What is left out. */
  readonly diagnostics: readonly Diagnostic[];
}

/** As `compareModules`, with what was compared; without an old module all of the new one is an addition. */
export async function differences(
  old: ModuleAnalysis | undefined,
  fresh: ModuleAnalysis,
): Promise<Differences> {
  const side = sideOf(fresh);
  const before = old === undefined ? emptySide(side) : sideOf(old);
  const { changes: all, matching } = diffSides(before, side);
  const { changes, diagnostics } = withWorstFlows(all);
  const lines = changes.map(shownLines);
  await fillSourceLines(
    old?.shownFiles ?? [],
    lines.flatMap((one) => one.old),
  );
  await fillSourceLines(
    fresh.shownFiles,
    lines.flatMap((one) => one.new),
  );
  return { before, side, changes, matching, diagnostics };
}

/** New flows that are told, and others. */
const flowLimit = 500;

function withWorstFlows(all: readonly Change[]): Pick<Differences, "changes" | "diagnostics"> {
  const flows = all.filter((change) => change.kind === "flow");
  const sorts = [
    flows.filter(({ change }) => change === "added"),
    flows.filter(({ change }) => change !== "added"),
  ];
  const told = new Set(sorts.flatMap((one) => worstOf(one, ({ flow }) => flow, flowLimit)));
  const changes = all.filter((change) => change.kind !== "flow" || told.has(change));
  const added = sorts[0]?.length ?? 0;
  return { changes, diagnostics: added > flowLimit ? [notAllTold(added)] : [] };
}

function notAllTold(count: number): Diagnostic {
  const message = `there are ${count} flows of data, of which the worst ${flowLimit} are told`;
  return { code: "too-many-flows", severity: "warning", message, incomplete: true };
}

/** Nothing, in the same builds. */
function emptySide({ program, capabilityMap, modulePath }: Side): Side {
  return {
    modulePath,
    program: {
      ...program,
      packages: [],
      functions: [],
      byId: new Map(),
      packageByPath: new Map(),
      edges: [],
      callers: [],
      decidedUses: [],
    },
    terminals: [],
    reach: [],
    flows: [],
    capabilityMap,
    otherFiles: [],
    signals: [],
    goMod: [],
  };
}

/** What is compared of a module. */
function sideOf(analysis: ModuleAnalysis): Side {
  const { modulePath, goMod } = analysis.source;
  const { functions } = analysis.program;
  const terminals = analysis.terminals.filter(
    (one) => functions[one.from]?.pkg.module === undefined && isPlace(one),
  );
  return { ...analysis, terminals, modulePath, goMod, flows: analysis.flows().flows };
}

/** A call of a function value that may run hardly anything else. */
const fewCallees = 2;

/**
 * What values bring to a call changes with code elsewhere: that is a path, and no new place. It is one where such a call is
 * given something that is known.
 */
function isPlace({ breadth, made, values = [] }: TerminalUse): boolean {
  if (breadth === 0) return true;
  return made?.target.kind === "dynamic" && breadth <= fewCallees && values.some((known) => known.length > 0);
}

interface ShownLines {
  readonly old: readonly ShownLine[];
  readonly new: readonly ShownLine[];
}

/** The lines that a change shows, by the version that they are in. */
function shownLines(change: Change): ShownLines {
  switch (change.kind) {
    case "capability":
    case "entry-point":
      return change.change === "removed"
        ? { old: ofWitness(change.witness), new: [] }
        : { old: [], new: ofWitness(change.witness) };
    case "call-site": {
      const now = ofSite(change.site);
      if (change.change === "removed") return { old: now, new: [] };
      return { old: change.oldSite === undefined ? [] : ofSite(change.oldSite), new: now };
    }
    case "directive":
    case "file":
    case "go-mod":
    case "function":
    case "signal":
      return { old: [], new: [] };
    case "goroutine":
      return change.change === "removed"
        ? { old: ofSite(change.site), new: [] }
        : { old: [], new: ofSite(change.site) };
    case "flow": {
      const { source, sink, steps } = change.flow;
      const lines = [source.site, ...steps.map((step) => step.site), sink.site].flatMap(ofSite);
      return change.change === "removed" ? { old: lines, new: [] } : { old: [], new: lines };
    }
    default:
      return change satisfies never;
  }
}

/** Steps are made with an empty line that may still be filled in. */
function ofWitness(witness: Witness): ShownLine[] {
  return witness.steps as ShownLine[] & Witness["steps"];
}

function ofSite(site: Site): ShownLine[] {
  return [shownSite(site)];
}

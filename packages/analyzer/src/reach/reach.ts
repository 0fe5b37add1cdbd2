/**
 * Reach: from the terminal uses backwards over the edges, to every function and the
 * capabilities that it reaches, with the builds in which it does and the least doubtful path.
 *
 * A path holds in the builds that all its steps share; one that shares none is no path.
 * A function may need several paths to cover all builds in which it reaches a
 * capability: it gets one more only where that adds builds, so the number of paths is
 * bounded by how finely its builds split, nearly always one. Least doubtful first (Dijkstra
 * 1959): a step whose callee depends on values costs as many as there are, one more where a function is only mentioned,
 * others cost nothing; of those the shortest; ties go to what was found earlier, hence deterministic.
 */
import type { TerminalUse } from "../classify/terminals.ts";
import type { BuildSet } from "../constraints/index.ts";
import type { Edge } from "../link/edge.ts";
import type { Program } from "../link/program.ts";
import type { Capability } from "../model/capability.ts";
import { createPathQueue } from "./queue.ts";

/** A path from a function to a terminal use: the edge to take and the path from there. */
export interface Path {
  readonly from: number;
  readonly capability: Capability;
  readonly builds: BuildSet;
  /** Steps, the terminal use being the last one. */
  readonly length: number;
  /** What all its steps cost together; 0 if names alone tell all of them. */
  readonly doubt: number;
  /** All steps are in the package of the function that it starts from, or in the standard library. */
  readonly staysInPackage: boolean;
  readonly next:
    | { readonly kind: "edge"; readonly edge: Edge; readonly path: Path }
    | { readonly kind: "terminal"; readonly terminal: TerminalUse };
}

export interface Reached {
  /** The union over all paths. */
  readonly builds: BuildSet;
  /** Least doubtful first; together they cover `builds`. */
  readonly paths: readonly Path[];
}

/** By function number, then capability. */
export type Reach = readonly ReadonlyMap<Capability, Reached>[];

interface Growing {
  builds: BuildSet;
  readonly paths: Path[];
}

export function reach(program: Program, terminals: readonly TerminalUse[]): Reach {
  const reached = program.functions.map(() => new Map<Capability, Growing>());
  const queue = createPathQueue<Path>();
  for (const terminal of terminals) {
    for (const capability of terminal.capabilities) {
      const { from, builds, breadth } = terminal;
      const next = { kind: "terminal", terminal } as const;
      queue.add({ from, capability, builds, length: 1, doubt: breadth, staysInPackage: true, next });
    }
  }
  for (let path = queue.take(); path !== undefined; path = queue.take()) {
    if (!addsBuilds(program, reached, path)) continue;
    extend(program, reached, path);
    for (const edge of program.callers[path.from] ?? []) {
      const longer = extended(program, edge, path);
      if (addsBuilds(program, reached, longer)) queue.add(longer);
    }
  }
  return reached;
}

/** The paths of a function to a capability; none if it does not reach it. */
export function pathsOf(reached: Reach, from: number, capability: Capability): readonly Path[] {
  return reached[from]?.get(capability)?.paths ?? [];
}

/** The path with a step in front. */
function extended({ builds, functions, isStandard }: Program, edge: Edge, path: Path): Path {
  const [caller, callee] = [functions[edge.from]?.pkg, functions[path.from]?.pkg];
  const same = caller === callee || (callee !== undefined && isStandard(callee));
  return {
    from: edge.from,
    capability: path.capability,
    builds: builds.and(edge.builds, path.builds),
    length: path.length + 1,
    doubt: path.doubt + doubtOf(edge),
    staysInPackage: path.staysInPackage && same,
    next: { kind: "edge", edge, path },
  };
}

/** A mention calls nothing by itself: a call that runs the same is surer. */
function doubtOf({ breadth, use }: Edge): number {
  return breadth + (use.use === "reference" ? 1 : 0);
}

type GrowingReach = readonly Map<Capability, Growing>[];

/** Whether the path holds in a build in which none so far does. */
function addsBuilds({ builds }: Program, reached: GrowingReach, path: Path): boolean {
  if (builds.isEmpty(path.builds)) return false;
  const known = reached[path.from]?.get(path.capability);
  return known === undefined || !builds.subsetOf(path.builds, known.builds);
}

function extend({ builds }: Program, reached: GrowingReach, path: Path): void {
  const known = reached[path.from]?.get(path.capability);
  if (known === undefined) {
    reached[path.from]?.set(path.capability, { builds: path.builds, paths: [path] });
    return;
  }
  known.builds = builds.or(known.builds, path.builds);
  known.paths.push(path);
}

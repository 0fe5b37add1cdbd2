/**
 * Reach: from the terminal uses backwards over the edges, to every function and the
 * capabilities that it reaches, with the builds in which it does and a shortest path.
 *
 * A path holds in the builds that all its steps share; one that shares none is no path.
 * A function may need several paths to cover all builds in which it reaches a
 * capability: it gets one more only where that adds builds, so the number of paths is
 * bounded by how finely its builds split, nearly always one. Breadth first, hence
 * shortest; ties go to the smaller function number, hence deterministic.
 */
import type { TerminalUse } from "../classify/terminals.ts";
import type { BuildSet } from "../constraints/index.ts";
import type { Edge, Program } from "../link/program.ts";
import type { Capability } from "../model/capability.ts";

/** A path from a function to a terminal use: the edge to take and the path from there. */
export interface Path {
  readonly from: number;
  readonly capability: Capability;
  readonly builds: BuildSet;
  /** Steps, the terminal use being the last one. */
  readonly length: number;
  /** All steps are in the package of the function that it starts from. */
  readonly staysInPackage: boolean;
  readonly next:
    | { readonly kind: "edge"; readonly edge: Edge; readonly path: Path }
    | { readonly kind: "terminal"; readonly terminal: TerminalUse };
}

export interface Reached {
  /** The union over all paths. */
  readonly builds: BuildSet;
  /** Shortest first; together they cover `builds`. */
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
  const queue: Path[] = [];
  const add = (path: Path) => {
    if (extend(program, reached[path.from], path)) queue.push(path);
  };
  for (const terminal of terminals) {
    for (const capability of terminal.capabilities) {
      const { from, builds } = terminal;
      add({
        from,
        capability,
        builds,
        length: 1,
        staysInPackage: true,
        next: { kind: "terminal", terminal },
      });
    }
  }
  for (let head = 0; head < queue.length; head++) {
    const path = queue[head] as Path;
    for (const edge of program.callers[path.from] ?? []) {
      const builds = program.builds.and(edge.builds, path.builds);
      const { capability } = path;
      add({
        from: edge.from,
        capability,
        builds,
        length: path.length + 1,
        staysInPackage:
          path.staysInPackage && program.functions[edge.from]?.pkg === program.functions[path.from]?.pkg,
        next: { kind: "edge", edge, path },
      });
    }
  }
  return reached;
}

/** Adds the path if it holds in a build in which none so far does. */
function extend({ builds }: Program, reached: Map<Capability, Growing> | undefined, path: Path): boolean {
  if (reached === undefined || builds.isEmpty(path.builds)) return false;
  const known = reached.get(path.capability);
  if (known === undefined) {
    reached.set(path.capability, { builds: path.builds, paths: [path] });
    return true;
  }
  const union = builds.or(known.builds, path.builds);
  if (builds.equal(union, known.builds)) return false;
  known.builds = union;
  known.paths.push(path);
  return true;
}

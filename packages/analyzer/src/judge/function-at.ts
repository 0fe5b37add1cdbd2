/** Which function a position of a file is in. */
import type { LinkedFunction } from "../link/edge.ts";
import type { Program } from "../link/program.ts";
import type { Position } from "../model/position.ts";

interface Extent {
  readonly id: string;
  readonly first: number;
  /** Of the last use in it, closures included: it may end later. */
  last: number;
}

/**
 * The function of the module that has something at or behind a position, and begins at or before it: functions do not
 * overlap. Undefined where that is not known: behind the last use in a function. Linear in the program, once.
 */
export function functionsAt({ functions }: Pick<Program, "functions">): (at: Position) => string | undefined {
  const byFile = new Map<string, Map<number, Extent>>();
  for (const one of functions) {
    const { facts, file, pkg, root } = one;
    const outer = functions[root] ?? one;
    if (pkg.module !== undefined || !isNamed(outer)) continue;
    let extents = byFile.get(file.name);
    if (extents === undefined) byFile.set(file.name, (extents = new Map()));
    let extent = extents.get(outer.facts.line);
    if (extent === undefined) {
      extent = { id: outer.facts.id, first: outer.facts.line, last: outer.facts.line };
      extents.set(extent.first, extent);
    }
    for (const { line, file: elsewhere } of facts.uses)
      if (elsewhere === undefined && line > extent.last) extent.last = line;
  }
  return ({ file, line }) => {
    for (const { id, first, last } of byFile.get(file)?.values() ?? [])
      if (first <= line && line <= last) return id;
    return undefined;
  };
}

function isNamed({ facts: { kind } }: LinkedFunction): boolean {
  return kind === "function" || kind === "method" || kind === "init";
}

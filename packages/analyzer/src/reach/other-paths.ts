/** More than one path to a capability: through other terminals first. */
import type { TerminalUse } from "../classify/terminals.ts";
import { append } from "../link/declarations.ts";
import type { Capability } from "../model/capability.ts";
import { compareText } from "../model/position.ts";
import {
  comparePaths,
  type PackageCapability,
  packageCapabilityKey,
  type Reachable,
  representativePath,
} from "./package-capabilities.ts";
import { type Path, pathsOf, reach } from "./reach.ts";

interface Reached extends Reachable {
  readonly terminals: readonly TerminalUse[];
}

/**
 * For each of those found, by `packageCapabilityKey`, at most so many paths besides the one that stands for all:
 * the least doubtful path through each other terminal, then those from other functions. None is told twice.
 * Reaches once for each name of a terminal.
 */
export function otherPaths(
  analysis: Reached,
  all: readonly PackageCapability[],
  limit: number,
): ReadonlyMap<string, readonly Path[]> {
  const others = new Map<string, Path[]>();
  const byCapability = new Map<Capability, PackageCapability[]>();
  for (const found of all) append(byCapability, found.capability, found);
  for (const [capability, wanted] of byCapability) {
    for (const terminals of groups(analysis.terminals, capability)) {
      const part = { ...analysis, reach: reach(analysis.program, terminals) };
      for (const found of wanted) {
        if (found.functions.some((index) => part.reach[index]?.has(capability) === true))
          append(others, packageCapabilityKey(found), representativePath(part, found));
      }
    }
  }
  return new Map(
    all.map((found) => {
      const key = packageCapabilityKey(found);
      return [key, chosen(analysis, found, { others: others.get(key) ?? [], limit })];
    }),
  );
}

interface Choice {
  readonly others: readonly Path[];
  readonly limit: number;
}

function chosen(analysis: Reached, found: PackageCapability, { others, limit }: Choice): Path[] {
  const { builds } = analysis.program;
  const first = representativePath(analysis, found);
  const sorted = others
    .filter((path) => terminalOf(path) !== terminalOf(first))
    .sort((a, b) => comparePaths(builds, a, b) || compareText(terminalOf(a), terminalOf(b)));
  const isAlike = (a: Path, b: Path) =>
    a.from === b.from && builds.equal(a.builds, b.builds) && terminalOf(a) === terminalOf(b);
  const fromOthers = found.functions
    .flatMap((index) => pathsOf(analysis.reach, index, found.capability))
    .filter((path) => path.from !== first.from && !sorted.some((told) => isAlike(told, path)))
    .sort((a, b) => comparePaths(builds, a, b) || a.from - b.from);
  return [...sorted, ...fromOthers].slice(0, limit);
}

/** The uses that carry the capability, by the name of what they use. */
function groups(terminals: readonly TerminalUse[], capability: Capability): TerminalUse[][] {
  const byName = new Map<string, TerminalUse[]>();
  for (const one of terminals) {
    if (one.capabilities.includes(capability))
      append(byName, one.terminal.name, { ...one, capabilities: [capability] });
  }
  return [...byName.values()];
}

function terminalOf(path: Path): string {
  let at = path;
  while (at.next.kind === "edge") at = at.next.path;
  return at.next.terminal.terminal.name;
}

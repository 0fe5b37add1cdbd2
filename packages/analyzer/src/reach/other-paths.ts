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
import { type Path, reach } from "./reach.ts";

interface Reached extends Reachable {
  readonly terminals: readonly TerminalUse[];
}

/**
 * For each of those found, by `packageCapabilityKey`, at most so many paths besides the one that stands for all:
 * the least doubtful path through each other terminal, then those from other functions.
 * Reaches once for each name of a terminal.
 */
export function otherPaths(
  analysis: Reached,
  all: readonly PackageCapability[],
  limit: number,
): ReadonlyMap<string, readonly Path[]> {
  const paths = new Map<string, Path[]>(all.map((found) => [packageCapabilityKey(found), []]));
  const byCapability = new Map<Capability, PackageCapability[]>();
  for (const found of all) append(byCapability, found.capability, found);
  for (const [capability, wanted] of byCapability) {
    for (const terminals of groups(analysis.terminals, capability)) {
      const part = { ...analysis, reach: reach(analysis.program, terminals) };
      for (const found of wanted) {
        const reaching = found.functions.filter((index) => part.reach[index]?.has(capability) === true);
        if (reaching.length === 0) continue;
        paths
          .get(packageCapabilityKey(found))
          ?.push(representativePath(part, { ...found, functions: reaching }));
      }
    }
  }
  for (const found of all) {
    const key = packageCapabilityKey(found);
    paths.set(key, chosen(analysis, found, { others: paths.get(key) ?? [], limit }));
  }
  return paths;
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
  const fromOthers = found.functions
    .flatMap((index) => analysis.reach[index]?.get(found.capability)?.paths ?? [])
    .filter((path) => path.from !== first.from)
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

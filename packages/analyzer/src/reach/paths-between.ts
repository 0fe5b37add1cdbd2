/**
 * Paths between two functions, in the order of reach: the uses of the one are where a search ends that
 * starts from the other, so a path is found as it is to a capability.
 */
import { decisionOf } from "../classify/decided.ts";
import { type TerminalUse, terminalUse } from "../classify/terminals.ts";
import { type Edge, type LinkedFunction, useBuilds } from "../link/edge.ts";
import type { Program } from "../link/program.ts";
import type { CapabilityMap } from "../model/capability-map.ts";
import type { Target } from "../model/facts.ts";
import { functionId } from "../model/function-id.ts";
import { comparePaths } from "./package-capabilities.ts";
import { type Path, pathsOf, reach } from "./reach.ts";

/** What names are looked for in. */
export interface Searched {
  readonly program: Program;
  readonly terminals: readonly TerminalUse[];
  readonly capabilityMap: CapabilityMap;
}

/** Stands for a capability: reaching it is to get to the function that is looked for. */
const wanted = "there";

/**
 * All uses of a function, by source order of their functions, each once for its builds: what calls of it by
 * values and names are known, whether it is a function of the program or a name that ends a search.
 */
export function usesOf({ program, terminals, capabilityMap }: Searched, id: string): TerminalUse[] {
  const numbers = new Set(functionsNamed(program, id));
  const called = program.edges.filter(({ to }) => numbers.has(to));
  const decided = program.decidedUses.filter(({ callee }) => callee.id === id);
  const named = program.functions.flatMap((fn, from) =>
    namingUses({ program, capabilityMap }, { fn, from, id }),
  );
  const declared = terminals.filter(({ terminal, use }) => use === "declaration" && terminal.name === id);
  const ending = { terminal: { kind: "function", name: id }, capabilities: [wanted] } as const;
  return distinct(program, [
    ...[...called, ...decided, ...named].map((use) => terminalUse(use, ending)),
    ...declared.filter(({ from }) => !numbers.has(from)).map((one) => ({ ...one, capabilities: [wanted] })),
  ]);
}

/** Numbers of the functions with that id; `pkg.init` is all that initialises a package, as in SSA form. */
export function functionsNamed({ byId, functions }: Program, id: string): readonly number[] {
  const suffix = ".init";
  if (!id.endsWith(suffix)) return byId.get(id) ?? [];
  const path = id.slice(0, -suffix.length);
  return functions.flatMap(({ pkg, facts }, index) =>
    pkg.path === path && ["imports", "init", "initializer"].includes(facts.kind) ? [index] : [],
  );
}

interface Naming {
  readonly fn: LinkedFunction;
  readonly from: number;
  readonly id: string;
}

type Used = Omit<Edge, "to">;

/** Uses by name of what is not in the program. */
function namingUses(
  { program, capabilityMap }: Pick<Searched, "program" | "capabilityMap">,
  { fn, from, id }: Naming,
): Used[] {
  if (decisionOf(capabilityMap, fn.pkg, { id: fn.facts.id, numbered: fn.numbered }) !== undefined) return [];
  return fn.facts.uses.flatMap((use) => {
    if (targetName(use.target) !== id || capabilityMap.ignoresEdge(fn.facts.id, id)) return [];
    return [{ from, use, builds: useBuilds(program.builds, fn, use), breadth: 0 }];
  });
}

/** What a use names, as reports write it; undefined for what edges tell. */
export function targetName(target: Target): string | undefined {
  switch (target.kind) {
    case "qualified":
    case "interface-method":
    case "variable":
      return target.package === "" ? undefined : functionId(target.package, target.name);
    case "cgo":
      return `C.${target.name}`;
    case "function":
    case "package":
    case "dynamic":
    case "unsafe-conversion":
    case "reflect-store":
    case "unresolved":
      return undefined;
    default:
      return target satisfies never;
  }
}

/** A use may be known as an edge and by its name: each place once, in all builds in which it is one. */
function distinct({ builds }: Program, uses: readonly TerminalUse[]): TerminalUse[] {
  const known = new Map<string, TerminalUse>();
  for (const use of uses) {
    const { from, file, line, column } = use;
    const key = `${from} ${file ?? ""} ${line} ${column}`;
    const before = known.get(key);
    // A use whose arguments differ between builds is several to compile.
    known.set(key, before === undefined ? use : { ...before, builds: builds.or(before.builds, use.builds) });
  }
  return [...known.values()];
}

export interface Between {
  /** Numbers of the functions to start from. */
  readonly from: readonly number[];
  /** Where to end. */
  readonly uses: readonly TerminalUse[];
  /** Paths wanted. */
  readonly limit: number;
}

/**
 * At most so many paths, the least doubtful first, then the shortest: each through a use of its own, or in builds
 * in which those before it do not hold. Reaches once for each.
 */
export function pathsBetween(program: Program, { from, uses, limit }: Between): Path[] {
  const found: Path[] = [];
  let left = uses;
  while (found.length < limit) {
    const reached = reach(program, left);
    const paths = from
      .flatMap((index) => pathsOf(reached, index, wanted))
      .sort((a, b) => comparePaths(program.builds, a, b) || a.from - b.from);
    if (paths.length === 0) break;
    found.push(...paths);
    const used = new Set(paths.map(lastUse));
    left = left.filter((use) => !used.has(use));
  }
  return found.slice(0, limit);
}

function lastUse(path: Path): TerminalUse {
  let at = path;
  while (at.next.kind === "edge") at = at.next.path;
  return at.next.terminal;
}

/**
 * Functions of a program that the map decides. Such a function is where the search stops:
 * what its body does, and whom it calls, counts for nothing.
 */
import type { Edge, LinkedFunction, Program } from "../link/program.ts";
import type { Capability } from "../model/capability.ts";
import type { CapabilityMap } from "../model/capability-map.ts";
import type { PackageFacts } from "../model/facts.ts";
import { nameInPackage } from "../model/function-id.ts";

/** What the map decides of a function of a package of the program; undefined if its body tells. */
export function decisionOf(
  map: CapabilityMap,
  { path, module }: Pick<PackageFacts, "path" | "module">,
  id: string,
): readonly Capability[] | undefined {
  const ask = module === undefined ? map.statedDecision : map.decision;
  return ask(path, nameInPackage(path, id));
}

/**
 * The program with only those edges along which capabilities spread: none out of functions
 * that are decided, none that a map leaves out. Linear in the edges; the same program
 * without users' maps.
 */
export function spreadingProgram(program: Program, map: CapabilityMap): Program {
  if (map.lines.length === 0) return program;
  const { functions } = program;
  const stops = functions.map(({ pkg, facts }) => decisionOf(map, pkg, facts.id) !== undefined);
  const id = (index: number) => (functions[index] as LinkedFunction).facts.id;
  const spreads = ({ from, to }: Edge) => stops[from] !== true && !map.ignoresEdge(id(from), id(to));
  return {
    ...program,
    edges: program.edges.filter(spreads),
    callers: program.callers.map((edges) => edges.filter(spreads)),
  };
}

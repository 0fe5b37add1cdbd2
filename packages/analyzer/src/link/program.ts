/**
 * Link: the facts of all packages of a module and its dependencies in, one program out. Function variants of
 * one name are kept apart; an edge holds in the builds of both its ends, and one that
 * holds in none is left out. Edges are the calls and references of names, what calls through interfaces and of
 * function values may run (see `dispatch`), and the initialisation of imported packages.
 * Functions that are decided have none of their own; those of the standard library that are not are followed.
 */
import type { BuildSet, BuildSets } from "../constraints/index.ts";
import type { PackageFacts, UseFacts } from "../model/facts.ts";
import { append, type DeclaredFunction, declarations, type StandardFacts } from "./declarations.ts";
import { followFunctions } from "./edges.ts";
import { dispatch, resolve } from "./flow-graph/dispatch.ts";

/** A function declaration of the program, numbered by its place in `Program.functions`. */
export type LinkedFunction = DeclaredFunction;

export interface Edge {
  readonly from: number;
  readonly to: number;
  readonly use: UseFacts;
  readonly builds: BuildSet;
  /** How many functions there are that the call may run instead, this one included; 0 where the name alone tells. */
  readonly breadth: number;
}

/** A function by its package and id. */
export interface FunctionName extends Pick<PackageFacts, "path" | "module"> {
  readonly id: string;
}

/** A use of a function that is decided: where a search ends. */
export interface DecidedUse extends Omit<Edge, "to"> {
  readonly callee: FunctionName;
  /** It is of a package of the program. */
  readonly ofProgram: boolean;
}

export interface Program {
  readonly builds: BuildSets;
  /** Those that were given. */
  readonly packages: readonly PackageFacts[];
  /** Those of `packages`, then those of the standard library that are followed. */
  readonly functions: readonly LinkedFunction[];
  /** Function numbers by id: one for each declaration. */
  readonly byId: ReadonlyMap<string, readonly number[]>;
  readonly packageByPath: ReadonlyMap<string, PackageFacts>;
  /** By caller, then in source order. */
  readonly edges: readonly Edge[];
  /** For each function number the edges that lead to it, in the order of `edges`. */
  readonly callers: readonly (readonly Edge[])[];
  /** As `edges`. */
  readonly decidedUses: readonly DecidedUse[];
  readonly isStandard: (pkg: PackageFacts) => boolean;
}

export interface LinkOptions {
  readonly builds: BuildSets;
  readonly standard?: StandardFacts | undefined;
  /** Packages of the standard library to follow as a whole: what they call back is found by flows, so that to mention is not to call. */
  readonly roots?: readonly string[] | undefined;
  /** Whether it is known without its body what a function does; `init` is the initialisation of a package. */
  readonly isDecided: (name: FunctionName) => boolean;
  /** Whether the use of the one by the other, both by their ids, counts for nothing. */
  readonly isIgnored: (caller: string, callee: string) => boolean;
}

/** Links packages: those of the module sorted by path, then those that it is built with. */
export function linkProgram(
  packages: readonly PackageFacts[],
  { builds, standard, roots, ...decisions }: LinkOptions,
): Program {
  const declared = declarations(packages, { builds, standard, roots });
  const { functions, edges, decidedUses } = followFunctions({
    declared,
    dispatch: dispatch(resolve(declared)),
    ...decisions,
    mentionsCall: roots === undefined,
  });
  const byId = new Map<string, number[]>();
  functions.forEach(({ facts }, index) => append(byId, facts.id, index));
  const callers: Edge[][] = functions.map(() => []);
  for (const edge of edges) callers[edge.to]?.push(edge);
  return {
    builds,
    packages,
    functions,
    byId,
    packageByPath: new Map(packages.map((pkg) => [pkg.path, pkg])),
    edges,
    callers,
    decidedUses,
    isStandard: declared.isStandard,
  };
}

/** The builds in which a function uses something. */
export function useBuilds(builds: BuildSets, fn: LinkedFunction, use: UseFacts): BuildSet {
  return use.builds === undefined ? fn.builds : builds.and(fn.builds, builds.narrow(builds.parse(use.builds)));
}

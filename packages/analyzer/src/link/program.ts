/**
 * Link: the facts of all packages of a module and its dependencies in, one program out. Function variants of
 * one name are kept apart; an edge holds in the builds of both its ends, and one that
 * holds in none is left out. Edges are the calls and references of names, what calls through interfaces and of
 * function values may run (see `dispatch`), and the initialisation of imported packages.
 * Functions that are decided have none of their own; those of the standard library that are not are followed.
 */
import type { BuildSets } from "../constraints/index.ts";
import type { PackageFacts } from "../model/facts.ts";
import { append, declarations } from "./declarations.ts";
import type { DecidedUse, Edge, LinkedFunction, LinkOptions } from "./edge.ts";
import { followFunctions } from "./edges.ts";
import { dispatch, resolve } from "./flow-graph/dispatch.ts";

export interface Program {
  readonly builds: BuildSets;
  /** Those that were given. */
  readonly packages: readonly PackageFacts[];
  /** Those that were given or only, unless all are wanted, those that are led to; then those of the standard library that are followed. */
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
  /** Calls of which edges were left out: beyond a bound, of those that may run very many functions. */
  readonly unfollowed: number;
  readonly isStandard: (pkg: PackageFacts) => boolean;
  /** Packages of which bodies were not compiled that the program needs: without them it is not whole. */
  readonly lacking: ReadonlySet<PackageFacts>;
  /** Whether who mentions a function may hand it to who calls it unseen: not where the standard library is followed. */
  readonly mentionsCall: boolean;
}

/** Links packages: those of the module sorted by path, then those that it is built with. */
export function linkProgram(
  packages: readonly PackageFacts[],
  { builds, standard, roots, whole, ...decisions }: LinkOptions,
): Program {
  const declared = declarations(packages, { builds, standard, roots, whole });
  const mentionsCall = roots === undefined;
  const { functions, edges, decidedUses, unfollowed } = followFunctions({
    declared,
    dispatch: dispatch(resolve(declared)),
    ...decisions,
    mentionsCall,
  });
  return {
    builds,
    ...indexed({ packages, functions, edges }),
    decidedUses,
    unfollowed,
    isStandard: declared.isStandard,
    lacking: declared.lacking,
    mentionsCall,
  };
}

/** What a program consists of, so that things in it are found. Linear. */
export function indexed({
  packages,
  functions,
  edges,
}: Pick<Program, "packages" | "functions" | "edges">): Pick<
  Program,
  "packages" | "functions" | "byId" | "packageByPath" | "edges" | "callers"
> {
  const byId = new Map<string, number[]>();
  functions.forEach(({ facts }, index) => append(byId, facts.id, index));
  const callers: Edge[][] = functions.map(() => []);
  for (const edge of edges) callers[edge.to]?.push(edge);
  const packageByPath = new Map(packages.map((pkg) => [pkg.path, pkg]));
  return { packages, functions, byId, packageByPath, edges, callers };
}

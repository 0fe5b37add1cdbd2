/** What a program's edges are, and what link is told. */
import type { BuildSet, BuildSets } from "../constraints/index.ts";
import type { PackageFacts, UseFacts } from "../model/facts.ts";
import type { DeclarationsOptions, DeclaredFunction } from "./declarations.ts";

/** A function declaration of the program, numbered by its place in `Program.functions`, as is its root. */
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
  /** As in `DeclaredFunction`. */
  readonly numbered?: string;
}

/** A use of a function that is decided: where a search ends. */
export interface DecidedUse extends Omit<Edge, "to"> {
  readonly callee: FunctionName;
  /** It is of a package of the program. */
  readonly ofProgram: boolean;
}

export interface LinkOptions extends DeclarationsOptions {
  /** Packages of the standard library to follow as a whole: what they call back is found by flows, so that to mention is not to call. */
  readonly roots?: readonly string[] | undefined;
  /** Whether it is known without its body what a function does; `init` is the initialisation of a package. */
  readonly isDecided: (name: FunctionName) => boolean;
  /** Whether it counts that a decided function may call what it is given: not where the decision says that of it nothing is known. */
  readonly callsBack: (name: FunctionName) => boolean;
  /** Edges of calls that may run more than 50 functions, at most; two million unless given. */
  readonly wideEdges?: number | undefined;
  /** Whether the use of the one by the other, both by their ids, counts for nothing. */
  readonly isIgnored: (caller: string, callee: string) => boolean;
}

/** The builds in which a function uses something. */
export function useBuilds(builds: BuildSets, fn: LinkedFunction, use: UseFacts): BuildSet {
  return use.builds === undefined
    ? fn.builds
    : builds.and(fn.builds, builds.narrow(builds.parse(use.builds)));
}

/**
 * Link: the facts of all packages of a module and its dependencies in, one program out. Function variants of
 * one name are kept apart; an edge holds in the builds of both its ends, and one that
 * holds in none is left out. Edges are the static calls and references of names; calls
 * through interfaces and of function values have none yet. Linear in the uses.
 */
import type { BuildSet, BuildSets } from "../constraints/index.ts";
import type { FileFacts, FunctionFacts, PackageFacts, UseFacts } from "../model/facts.ts";
import { functionId } from "../model/function-id.ts";
import { indexLinknames, type Linkname, linknameUse } from "./linknames.ts";

/** A function declaration of the program, numbered by its place in `Program.functions`. */
export interface LinkedFunction {
  readonly facts: FunctionFacts;
  readonly pkg: PackageFacts;
  readonly file: FileFacts;
  readonly builds: BuildSet;
  /** The `//go:linkname` directives about it, in some of its builds at least. */
  readonly linknames: readonly Linkname[];
}

export interface Edge {
  readonly from: number;
  readonly to: number;
  readonly use: UseFacts;
  readonly builds: BuildSet;
}

export interface Program {
  readonly builds: BuildSets;
  readonly packages: readonly PackageFacts[];
  readonly functions: readonly LinkedFunction[];
  /** Function numbers by id: one for each declaration. */
  readonly byId: ReadonlyMap<string, readonly number[]>;
  readonly packageByPath: ReadonlyMap<string, PackageFacts>;
  /** By caller, then in source order. */
  readonly edges: readonly Edge[];
  /** For each function number the edges that lead to it, in the order of `edges`. */
  readonly callers: readonly (readonly Edge[])[];
}

/** Links packages: those of the module sorted by path, then those that it is built with. */
export function linkProgram(packages: readonly PackageFacts[], builds: BuildSets): Program {
  const functions = packages.flatMap((pkg) => linkedFunctions(pkg, builds));
  const byId = new Map<string, number[]>();
  functions.forEach(({ facts }, index) => {
    const variants = byId.get(facts.id);
    if (variants === undefined) byId.set(facts.id, [index]);
    else variants.push(index);
  });
  const packageByPath = new Map(packages.map((pkg) => [pkg.path, pkg]));
  const program = { builds, packages, functions, byId, packageByPath };
  const edges = functions.flatMap((_, index) => edgesFrom(program, index));
  const callers: Edge[][] = functions.map(() => []);
  for (const edge of edges) callers[edge.to]?.push(edge);
  return { ...program, edges, callers };
}

function linkedFunctions(pkg: PackageFacts, builds: BuildSets): LinkedFunction[] {
  const sets = pkg.files.map((file) => builds.parse(file.builds));
  const linknames = indexLinknames(pkg);
  return pkg.functions.map((facts) => {
    const own = facts.builds === undefined ? (sets[facts.file] ?? builds.all) : builds.parse(facts.builds);
    return {
      facts,
      linknames: (linknames.get(facts.id) ?? []).filter((one) => builds.meets(own, builds.parse(one.builds))),
      pkg,
      // Facts number the files of their own package.
      file: pkg.files[facts.file] as FileFacts,
      builds: own,
    };
  });
}

type Unlinked = Omit<Program, "edges" | "callers">;

function edgesFrom(program: Unlinked, from: number): Edge[] {
  const caller = program.functions[from];
  if (caller === undefined) return [];
  const linked = caller.linknames.flatMap((linkname) => linknameUse(caller.facts, linkname) ?? []);
  return [...caller.facts.uses, ...linked].flatMap((use) => edgesOf(program, { from, caller, use }));
}

interface Origin {
  readonly from: number;
  readonly caller: LinkedFunction;
  readonly use: UseFacts;
}

function edgesOf(program: Unlinked, { from, caller, use }: Origin): Edge[] {
  const id = targetId(use);
  if (id === undefined) return [];
  return (program.byId.get(id) ?? []).flatMap((to) => {
    const builds = program.builds.and(
      useBuilds(program.builds, caller, use),
      program.functions[to]?.builds ?? program.builds.none,
    );
    return program.builds.isEmpty(builds) ? [] : [{ from, to, use, builds }];
  });
}

/** The builds in which a function uses something. */
export function useBuilds(builds: BuildSets, fn: LinkedFunction, use: UseFacts): BuildSet {
  return use.builds === undefined ? fn.builds : builds.and(fn.builds, builds.parse(use.builds));
}

function targetId({ target }: UseFacts): string | undefined {
  if (target.kind === "function") return target.id;
  return target.kind === "qualified" ? functionId(target.package, target.name) : undefined;
}

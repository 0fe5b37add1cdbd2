/**
 * Link: which functions each call may run. Facts of all packages in, call sites with their
 * callees out, by propagating types and functions along flows (VTA: Sundaresan et al. 2000).
 * Over-approximates as the flows do, and: generic functions beyond a bound, and those
 * that nobody calls, are analysed with their type parameters as types of their own; what builds a
 * value flows in is not kept on the way. Misses what flows miss, and what comes from, or
 * goes to, places that are not known.
 */
import type { BuildSets } from "../../constraints/index.ts";
import type { FunctionFacts, PackageFacts } from "../../model/facts.ts";
import { buildFlowGraph } from "./build.ts";
import { type DeclaredFunction, declarations } from "./declarations.ts";
import { type FlowGraph, type Site, tokenFunction, tokenType } from "./graph.ts";
import { namedType } from "./method-sets.ts";
import { type Propagated, propagate } from "./propagate.ts";
import type { TypeId } from "./type-table.ts";

export interface CallEdge {
  readonly caller: FunctionFacts;
  readonly pkg: PackageFacts;
  /** Of the opening parenthesis. */
  readonly line: number;
  readonly column: number;
  readonly dynamic: boolean;
  /** As go/types writes its full name; of a closure the function's name, `$` and its number. */
  readonly callee: string;
}

/** The calls in some of the packages; callees may be in all of them. Without order; several times for instances. */
export function resolveCalls(
  packages: readonly PackageFacts[],
  builds: BuildSets,
  isWanted: (pkg: PackageFacts) => boolean,
): CallEdge[] {
  const declared = declarations(packages, builds);
  const graph = buildFlowGraph(declared);
  const propagated = propagate({ ...graph, passes });
  const resolution: Resolution = { graph, propagated, nameOf: calleeNames(declared.functions) };
  return graph.sites.flatMap((site): CallEdge[] => {
    const fn = declared.functions[site.fn];
    if (fn === undefined || !isWanted(fn.pkg)) return [];
    const [, line, column] = site.call;
    const edge = (callee: string, dynamic: boolean): CallEdge => ({
      caller: fn.facts,
      pkg: fn.pkg,
      line,
      column,
      dynamic,
      callee,
    });
    return [
      ...site.statics.map((callee) => edge(resolution.nameOf(callee), false)),
      ...dynamicCallees(site, resolution).map((callee) => edge(callee, true)),
    ];
  });
}

/** What gets through where only one type does: functions, which have no types here, in any case. */
function passes(token: number, filter: TypeId): boolean {
  const type = tokenType(token);
  return type === undefined || type === filter;
}

interface Resolution {
  readonly graph: FlowGraph;
  readonly propagated: Propagated;
  readonly nameOf: (fn: number) => string;
}

function dynamicCallees({ hub, callee }: Site, { graph, propagated, nameOf }: Resolution): string[] {
  if (hub === undefined || callee < 0) return [];
  const tokens = [...propagated.tokens(callee)];
  if (hub.kind === "interface") {
    return tokens.flatMap((token) => {
      const type = tokenType(token);
      if (type === undefined || !graph.methods.implements(type, hub.type)) return [];
      const found = graph.methods.find(type, hub.name);
      if (found?.kind === "functions") return found.methods.map(({ fn }) => nameOf(fn));
      return found === undefined ? [] : [methodText(graph, found.type, hub.name)];
    });
  }
  return tokens.flatMap((token) => {
    const value = graph.functionTokens[tokenFunction(token) ?? -1];
    if (value?.kind === "function") return [nameOf(value.fn)];
    return value?.kind === "method" ? [methodText(graph, value.hub.type, value.hub.name)] : [];
  });
}

/** `(pkg.I).M`; of an interface without a name `(interface).M`. */
function methodText({ types, methods }: FlowGraph, type: TypeId, name: string): string {
  const owner = methods.owner(type, name);
  return `(${namedType(types.term(owner))?.name ?? "interface"}).${name.slice(name.lastIndexOf(".") + 1)}`;
}

/** Names as go/types has them: with type parameters, and without the numbers of init functions. */
function calleeNames(functions: readonly DeclaredFunction[]): (fn: number) => string {
  const initializers = new Map<number, string>();
  const counts = new Map<PackageFacts, number>();
  functions.forEach(({ facts, pkg, root }, fn) => {
    if (facts.kind !== "closure" || functions[root]?.facts.kind !== "initializer") return;
    const inner = facts.id.slice((functions[root]?.facts.id ?? "").length).replace(/^\$\d+/, "");
    const count = (counts.get(pkg) ?? 0) + (inner === "" ? 1 : 0);
    counts.set(pkg, count);
    initializers.set(fn, `${pkg.path}.init$${count}${inner}`);
  });
  return (fn) => {
    const { facts, root } = functions[fn] as DeclaredFunction;
    const known = initializers.get(fn);
    if (known !== undefined) return known;
    const names = functions[root]?.facts.typeParameters ?? [];
    const id = facts.id.replace(/\.init#\d+/, ".init");
    return names.length > 0 && id.startsWith("(") ? id.replace(/\)/, `[${names.join(", ")}])`) : id;
  };
}

/** The calls of packages as go/types names what they run: what `capdiff inspect calls` shows. */
import type { FunctionFacts, PackageFacts } from "../../model/facts.ts";
import type { DeclaredFunction } from "../declarations.ts";
import { fits, type Resolution } from "./dispatch.ts";
import { type FlowGraph, functionOf, type Site, tokenType } from "./graph.ts";
import { namedType } from "./method-sets.ts";
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
export function resolvedCalls(resolution: Resolution, isWanted: (pkg: PackageFacts) => boolean): CallEdge[] {
  const { declared, graph } = resolution;
  const nameOf = calleeNames(declared.functions);
  return graph.sites.flatMap((site): CallEdge[] => {
    // Sites are in functions that are declared.
    const fn = declared.functions[site.fn] as DeclaredFunction;
    if (!isWanted(fn.pkg)) return [];
    const [, line, column] = site.call;
    // What is ranged over is called by no parenthesis.
    if (line === 0) return [];
    const edge = (callee: string, dynamic: boolean): CallEdge => ({
      caller: fn.facts,
      pkg: fn.pkg,
      line,
      column,
      dynamic,
      callee,
    });
    return [
      ...site.statics.map((callee) => edge(nameOf(callee.fn), false)),
      ...dynamicCallees(site, { ...resolution, nameOf }).map((callee) => edge(callee, true)),
    ];
  });
}

interface Named extends Resolution {
  readonly nameOf: (fn: number) => string;
}

function dynamicCallees({ hub, callee }: Site, { graph, propagated, nameOf }: Named): string[] {
  if (hub === undefined) return [];
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
    const value = functionOf(graph, token);
    if (value !== undefined && !fits(graph, value, hub.signature)) return [];
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
    const around = functions[root]?.facts;
    if (facts.kind !== "closure" || around?.kind !== "initializer") return;
    const inner = facts.id.slice(around.id.length).replace(/^\$\d+/, "");
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

/**
 * The graph along which types and functions are propagated (VTA: Sundaresan et al. 2000).
 * Generic functions are there once for each list of type arguments, and once with type
 * parameters that stand for themselves; methods of the module's generic types for what it names, and
 * for what gets into interfaces. Calls whose callee depends on a value meet what they may call in a hub: one for each interface and method, and for each signature. Behind it
 * are all methods of types that implement the interface, and all functions with the
 * signature, whether or not the module makes values of them: whoever imports it may. Functions and types
 * of other modules are there once something leads to them: a name, a value, a hub, the initialisation of their package.
 */
import { formed } from "../../model/type-parts.ts";
import type { Declarations } from "../declarations.ts";
import { createAliases } from "./aliases.ts";
import { addInstance, type GraphMakers, tokenOf } from "./function-flows.ts";
import type { FlowGraph, GraphParts } from "./graph.ts";
import { createHubs } from "./hubs.ts";
import { createInstances } from "./instances.ts";
import { createMethodSets } from "./method-sets.ts";
import { createNodes } from "./nodes.ts";
import { createTypeTable } from "./type-table.ts";

export type FlowGraphOptions = Pick<GraphParts, "allCalls">;

/** Linear in the flows of the instances that are led to, and in the methods behind each hub. */
export function buildFlowGraph(declared: Declarations, { allCalls }: FlowGraphOptions): FlowGraph {
  const types = createTypeTable();
  const methods = createMethodSets(types, declared);
  const nodes = createNodes(types);
  const parts: GraphParts = {
    declared,
    types,
    methods,
    aliases: createAliases(types, methods, declared),
    nodes,
    edges: [],
    open: [],
    sources: [],
    sourceBuilds: new Map(),
    sites: [],
    allCalls,
    functionTokens: [],
  };
  const instances = createInstances(parts);
  const makers: GraphMakers = { parts, instances, hubs: createHubs(parts, instances) };
  addFunctions(makers);
  addTypes(makers);
  addNamedInstances(makers);
  for (let more = true; more; ) {
    const instance = instances.pending.pop();
    if (instance !== undefined) addInstance(makers, instance);
    else more = makers.hubs.connectNext();
  }
  const { builds } = declared;
  return {
    ...parts,
    nodes: nodes.count(),
    tokenBuilds: (token) => parts.sourceBuilds.get(token) ?? builds.all,
    hubOf: makers.hubs.ofMethod,
    instanceOf: (fn, typeArguments) => instances.of(declared.functions[fn]?.root ?? fn, typeArguments),
    fieldOf: nodes.field,
  };
}

function addFunctions(makers: GraphMakers): void {
  const { functions, roots } = makers.parts.declared;
  for (const fn of roots) {
    // Closures come with what they are in.
    if (functions[fn]?.root !== fn) continue;
    const { facts } = functions[fn];
    const instance = makers.instances.generic(fn);
    if (facts.kind === "function" && facts.typeParameters === undefined)
      tokenOf(makers, { instance, fn, bound: false });
  }
}

/** Types that may have methods, and pointers to them; generic ones enter where they are instantiated. */
function addTypes({ parts: { declared, types }, hubs }: GraphMakers): void {
  for (const name of declared.rootTypes) {
    const declarations = declared.types(name);
    const embeds = declarations.some(
      ({ pkg, facts }) => formed(pkg.types[facts.underlying], "struct") !== undefined,
    );
    const generic = declarations.some(({ facts }) => facts.typeParameters !== undefined);
    if (generic || (!embeds && declared.methods(name) === undefined)) continue;
    const type = types.intern(name);
    hubs.enter(type);
    hubs.enter(types.intern(["pointer", type]));
  }
}

/** Whoever imports the module may have values of the types that it names. */
function addNamedInstances({ parts: { declared, types }, hubs }: GraphMakers): void {
  for (const pkg of declared.rootPackages)
    pkg.types.forEach((term, number) => {
      if (typeof term !== "string" && term[0] === "instance" && types.isPlain(pkg, number))
        hubs.callMethods(types.typeIn(pkg, number, []));
    });
}

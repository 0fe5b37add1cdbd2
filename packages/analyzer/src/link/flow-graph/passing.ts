/** What a call passes, and what becomes of its results. */
import { addEdge, type GraphParts, type Hub, type Instance, isAlias, signatureTerm } from "./graph.ts";
import type { Instances } from "./instances.ts";
import type { TypeId } from "./type-table.ts";

/** The nodes of a call; -1 for what is of no interest. */
export interface Passed {
  /** The receiver, or the function value. */
  readonly callee: number;
  readonly arguments: readonly number[];
  readonly results: readonly number[];
  /** The last argument is the slice of the variadic parameter. */
  readonly spread: boolean;
}

/** To a function that is known. */
export function passToFunction(
  parts: GraphParts,
  instances: Instances,
  { instance, fn, passed }: { readonly instance: Instance; readonly fn: number; readonly passed: Passed },
): void {
  const all = instances.parameters(instance, fn);
  const isMethod = parts.declared.functions[fn]?.facts.kind === "method";
  if (isMethod) addEdge(parts, passed.callee, all[0] ?? -1);
  const parameters = isMethod ? all.slice(1) : all;
  passArguments(parts, passed, { parameters, signature: instances.signature(instance, fn) });
  returnResults(parts, passed, instances.results(instance, fn));
}

/** To a hub, and so to whatever is behind it. */
export function passToHub(parts: GraphParts, hub: Hub, passed: Passed): void {
  addEdge(parts, passed.callee, hub.receiver);
  passArguments(parts, passed, hub);
  returnResults(parts, passed, hub.results);
}

function returnResults(parts: GraphParts, { results }: Passed, from: readonly number[]): void {
  results.forEach((to, index) => addEdge(parts, from[index] ?? -1, to));
}

interface Wanted {
  readonly parameters: readonly number[];
  readonly signature: TypeId | undefined;
}

/** Arguments of a variadic parameter are elements of its slice, unless they are that. */
function passArguments(parts: GraphParts, passed: Passed, { parameters, signature }: Wanted): void {
  const { types, nodes } = parts;
  const term = signatureTerm(types, signature);
  const wanted = term?.[1] ?? [];
  const rest = term?.[0] === "variadic" && !passed.spread ? wanted.length - 1 : Number.POSITIVE_INFINITY;
  passed.arguments.forEach((from, index) => {
    if (index < rest) {
      const to = parameters[index] ?? -1;
      addEdge(parts, from, to);
      if (isAlias(parts, wanted[index])) addEdge(parts, to, from);
      return;
    }
    const list = types.term(wanted[rest] ?? -1);
    if (typeof list !== "string" && list[0] === "slice") addEdge(parts, from, nodes.element(list[1]));
  });
}
